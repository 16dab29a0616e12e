import type { Utterance } from '../telephony/leg-event.ts';
import type { HandlerUrl, RecordingOptions } from '../verbs/verb.ts';
import type { Instant } from './call.ts';

export interface RecordingRecord {
  id: string;
  /** The call whose document asked for it. */
  call: string;
  /** Of which it is. */
  conference?: string;
  project: string;
  dialect: string;
  state: 'pending' | 'succeeded' | 'empty' | 'failed';
  /** It is pending, and nothing is being recorded at this moment. */
  paused?: true;
  /** When it ended; its audio comes later. */
  endTime?: Instant;
  source: RecordingOptions['source'];
  track?: RecordingOptions['track'];
  events?: RecordingOptions['events'];
  storage?: RecordingOptions['storage'];
  channels: 1 | 2;
  trim: boolean;
  transcribe: boolean;
  /** After trimming; once it has succeeded. */
  ms?: number;
  file?: string;
  bytes?: number;
  createTime: Instant;
  /** Absent as long as it is as it began. */
  updateTime?: Instant;
  startTime: Instant;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
  error?: 'timeout' | 'internal';
}

export interface TranscriptionRecord {
  id: string;
  recording: string;
  call: string;
  project: string;
  dialect: string;
  state: 'pending' | 'completed' | 'failed';
  ms: number;
  channels: 1 | 2;
  createTime: Instant;
  updateTime: Instant;
  ready?: HandlerUrl;
  utterances: readonly Utterance[];
}
