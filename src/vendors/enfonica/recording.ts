import type { RecordingRecord } from '../../records.ts';
import type { LinkTo } from '../vendor.ts';
import { duration, timestamp } from './json.ts';
import { recordingName } from './names.ts';

/** How much of a resource is shown: `basic` leaves out links and texts (VoiceML 4.7 and 4.8). */
export type View = 'basic' | 'full';

/** A Recording as the API shows it (VoiceML 4.7): what is unset is undefined, and so left out of the JSON. */
export interface Recording {
  name: string;
  state: string;
  source: 'RECORD_ACTION' | 'CALL_RECORDING';
  duration: string | undefined;
  channelCount: number;
  postProcessing: ['TRIM_SILENCE'] | undefined;
  errorCode: 'TIMEOUT' | 'INTERNAL_ERROR' | undefined;
  audio: Audio[] | undefined;
  startTime: string | undefined;
  createTime: string;
  readyUri: string | undefined;
}

interface Audio {
  mimeType: 'audio/x-wav';
  encoding: 'AUDIO_ENCODING_PCM_16BIT';
  sampleRate: 8000;
  sizeBytes: number | undefined;
  uri: string | undefined;
}

const states = { pending: 'PENDING', succeeded: 'SUCCEEDED', empty: 'EMPTY', failed: 'FAILED' } as const;

const sources = { record: 'RECORD_ACTION', call: 'CALL_RECORDING' } as const;

/** The record of a recording in the words of the API. */
export function toRecording(record: RecordingRecord, view: View = 'full', linkTo?: LinkTo): Recording {
  const succeeded = record.state === 'succeeded';
  return {
    name: recordingName(record.project, record.call, record.id),
    state: states[record.state],
    source: sources[record.source],
    duration: succeeded ? duration(record.ms ?? 0) : undefined,
    channelCount: record.channels,
    postProcessing: record.trim ? ['TRIM_SILENCE'] : undefined,
    errorCode: record.state === 'failed' ? (record.error === 'timeout' ? 'TIMEOUT' : 'INTERNAL_ERROR') : undefined,
    audio: succeeded ? [toAudio(record, view === 'full' ? linkTo : undefined)] : undefined,
    startTime: succeeded ? timestamp(record.startTime) : undefined,
    createTime: timestamp(record.createTime),
    readyUri: record.recordingReady?.url,
  };
}

/** The vendor lists `audio/mpeg` beside it; we have only the WAV file, and list nothing that cannot be fetched. */
const toAudio = ({ file, bytes, ...record }: RecordingRecord, linkTo: LinkTo | undefined): Audio => ({
  mimeType: 'audio/x-wav',
  encoding: 'AUDIO_ENCODING_PCM_16BIT',
  sampleRate: 8000,
  sizeBytes: bytes || undefined,
  uri: file === undefined ? undefined : linkTo?.(file, recordingName(record.project, record.call, record.id)),
});
