import type { Output } from '../../journal/journal.ts';
import type { RecordingRecord, TranscriptionRecord } from '../../records/recording.ts';
import type { RecordingOptions } from '../../verbs/verb.ts';
import type { Owed } from '../vendor.ts';
import { audioSeconds, rfc2822 } from './dates.ts';
import { resourceUrl } from './links.ts';
import { toOwed } from './owed.ts';
import { accountSid, sidOf } from './sids.ts';

export type RecordingStatus = 'in-progress' | 'completed' | 'absent' | 'failed';

export const recordingStatus: Readonly<Record<RecordingRecord['state'], RecordingStatus>> = {
  pending: 'in-progress',
  succeeded: 'completed',
  empty: 'absent',
  failed: 'failed',
};

/** What has begun it. */
export const recordingSourceOf = ({ source, conference }: RecordingRecord): string =>
  source === 'api' && conference !== undefined ? 'StartConferenceRecording' : recordingSource[source];

const recordingSource: Readonly<Record<RecordingRecord['source'], string>> = {
  record: 'RecordVerb',
  call: 'OutBoundApi',
  dial: 'DialVerb',
  conference: 'Conference',
  api: 'StartCallRecordingApi',
};

/** What becomes of a recording, told to whoever asked for it (LaML 5.3). */
export function recordingCallback(output: Output, publicUrl: string | undefined): Owed | undefined {
  if (output.type !== 'recording.began' && output.type !== 'recording.ended') return undefined;
  const { record } = output;
  const { recordingReady, events = onlyCompleted, project, id } = record;
  if (!recordingReady || !eventsOf[record.state].some((event) => events.includes(event))) return undefined;
  const status = recordingStatus[record.state];
  const kept = status === 'completed' || status === 'in-progress';
  const ms = status === 'completed' ? (record.ms ?? 0) : 0;
  return toOwed('recording', project, recordingReady, {
    AccountSid: accountSid(project),
    ...(record.conference === undefined
      ? { CallSid: sidOf(record.call) }
      : { ConferenceSid: sidOf(record.conference) }),
    RecordingSid: sidOf(id),
    RecordingUrl: kept ? resourceUrl(publicUrl, project, 'Recordings', id) : undefined,
    RecordingStatus: status,
    RecordingDuration: status === 'in-progress' ? undefined : audioSeconds(ms),
    RecordingChannels: String(record.channels),
    RecordingSource: recordingSourceOf(record),
    RecordingStartTime: rfc2822(record.startTime),
    RecordingTrack: tracks[record.track ?? 'both'],
  });
}

const tracks = { received: 'inbound', sent: 'outbound', both: 'both' } as const;

const onlyCompleted: NonNullable<RecordingOptions['events']> = ['completed'];

/** A failure is told to whoever waits for the recording, or to hear that there is none. */
const eventsOf: Readonly<Record<RecordingRecord['state'], NonNullable<RecordingOptions['events']>>> = {
  pending: ['began'],
  succeeded: ['completed'],
  empty: ['empty'],
  failed: ['completed', 'empty'],
};

/** What was said in a recording (LaML 5.4). */
export function transcriptionCallback(output: Output, publicUrl: string | undefined): Owed | undefined {
  if (output.type !== 'transcription.ended') return undefined;
  const { record } = output;
  const { ready, project, id, recording } = record;
  if (!ready || record.state === 'pending') return undefined;
  return toOwed('transcription', project, ready, {
    AccountSid: accountSid(project),
    CallSid: sidOf(record.call),
    TranscriptionSid: sidOf(id),
    TranscriptionText: transcriptionText(record),
    TranscriptionStatus: record.state,
    TranscriptionUrl: resourceUrl(publicUrl, project, 'Transcriptions', id),
    RecordingSid: sidOf(recording),
    RecordingUrl: resourceUrl(publicUrl, project, 'Recordings', recording),
  });
}

/** What everybody has said, in the order in which they began. */
export const transcriptionText = ({ utterances }: Pick<TranscriptionRecord, 'utterances'>): string =>
  [...utterances]
    .sort((one, other) => one.offsetMs - other.offsetMs)
    .map(({ text }) => text)
    .join(' ');
