import { mp3Bytes } from '../../files/mp3-length.ts';
import type { RecordingRecord } from '../../records/recording.ts';
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
  mimeType: 'audio/x-wav' | 'audio/mpeg';
  encoding: 'AUDIO_ENCODING_PCM_16BIT' | 'AUDIO_ENCODING_MP3';
  sampleRate: 8000;
  sizeBytes: number | undefined;
  uri: string | undefined;
}

const states = { pending: 'PENDING', succeeded: 'SUCCEEDED', empty: 'EMPTY', failed: 'FAILED' } as const;

/** The vendor knows two; whatever else records does so beside the document. */
const sources = {
  record: 'RECORD_ACTION',
  call: 'CALL_RECORDING',
  dial: 'CALL_RECORDING',
  conference: 'CALL_RECORDING',
  api: 'CALL_RECORDING',
} as const;

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
    audio: succeeded ? toAudio(record, view === 'full' ? linkTo : undefined) : undefined,
    startTime: succeeded ? timestamp(record.startTime) : undefined,
    createTime: timestamp(record.createTime),
    readyUri: record.recordingReady?.url,
  };
}

/** Always both; the MP3 is made when it is fetched for the first time, its length is known before. */
function toAudio({ file, bytes, channels, ...record }: RecordingRecord, linkTo: LinkTo | undefined): Audio[] {
  const name = recordingName(record.project, record.call, record.id);
  const link = (form?: 'mp3') => (file === undefined ? undefined : linkTo?.(file, name, form));
  return [
    {
      mimeType: 'audio/x-wav',
      encoding: 'AUDIO_ENCODING_PCM_16BIT',
      sampleRate: 8000,
      sizeBytes: bytes || undefined,
      uri: link(),
    },
    {
      mimeType: 'audio/mpeg',
      encoding: 'AUDIO_ENCODING_MP3',
      sampleRate: 8000,
      sizeBytes: bytes ? mp3Bytes(bytes, channels) : undefined,
      uri: link('mp3'),
    },
  ];
}
