/** Recordings and what was said in them, as the API shows them (LaML 6.4). */
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import { dateOrNull } from './call-json.ts';
import { audioSeconds, rfc2822 } from './dates.ts';
import { apiVersion } from './parameters.ts';
import { recordingSourceOf, recordingStatus, transcriptionText } from './recording-callbacks.ts';
import type { Spelling } from './spelling.ts';

export function toRecordingJson(recording: RecordingRecord, sids: Spelling): object {
  const { id, call, conference, channels, state, ms, startTime, endTime, createTime, updateTime, trim } = recording;
  const sid = sids.sid('recording', id);
  return {
    sid,
    account_sid: sids.account,
    api_version: apiVersion,
    call_sid: conference === undefined ? sids.sid('call', call) : null,
    conference_sid: conference === undefined ? null : sids.sid('conference', conference),
    channel: String(channels),
    channels: String(channels),
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime ?? createTime),
    start_time: rfc2822(startTime),
    // Of records of old versions only the length is known.
    end_time: dateOrNull(endTime ?? (ms === undefined ? undefined : startTime + ms)),
    duration: Number(audioSeconds(ms ?? 0)),
    price: null,
    price_unit: 'USD',
    source: recordingSourceOf(recording),
    status: shownStatus(recording),
    error_code: state === 'failed' ? 20001 : null,
    uri: sids.uri(`/Recordings/${sid}.json`),
    subresource_uris: { transcriptions: sids.uri(`/Recordings/${sid}/Transcriptions.json`) },
    encryption_details: null,
    trim: trim ? 'trim-silence' : 'do-not-trim',
  };
}

function shownStatus({ state, paused, endTime }: RecordingRecord): string {
  if (state === 'pending' && endTime !== undefined) return 'stopped';
  return paused ? 'paused' : recordingStatus[state];
}

const transcriptionStatus = { pending: 'in-progress', completed: 'completed', failed: 'failed' } as const;

export function toTranscriptionJson(transcription: TranscriptionRecord, sids: Spelling): object {
  const { id, recording, createTime, updateTime, ms, state } = transcription;
  const sid = sids.sid('transcription', id);
  return {
    sid,
    account_sid: sids.account,
    api_version: apiVersion,
    recording_sid: sids.sid('recording', recording),
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime),
    duration: Number(audioSeconds(ms)),
    price: null,
    price_unit: 'USD',
    status: transcriptionStatus[state],
    transcription_text: state === 'completed' ? transcriptionText(transcription) : '',
    type: '',
    uri: sids.uri(`/Transcriptions/${sid}.json`),
  };
}
