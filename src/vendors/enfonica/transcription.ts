import type { TranscriptionRecord } from '../../records/recording.ts';
import type { Utterance } from '../../telephony/leg-event.ts';
import { duration, timestamp } from './json.ts';
import { recordingName, transcriptionName } from './names.ts';
import type { View } from './recording.ts';

/** A Transcription as the API shows it (VoiceML 4.8): what is unset is undefined, and so left out of the JSON. */
export interface Transcription {
  name: string;
  recording: string;
  state: 'PENDING' | 'COMPLETED' | 'FAILED';
  duration: string;
  channelCount: number;
  createTime: string;
  updateTime: string;
  readyUri: string | undefined;
  utterances: SpelledUtterance[] | undefined;
}

interface SpelledUtterance {
  channel: 1 | undefined;
  offset: string;
  duration: string;
  text: string | undefined;
}

const states = { pending: 'PENDING', completed: 'COMPLETED', failed: 'FAILED' } as const;

/** The record of a transcription in the words of the API. */
export const toTranscription = (record: TranscriptionRecord, view: View = 'full'): Transcription => ({
  name: transcriptionName(record.project, record.call, record.id),
  recording: recordingName(record.project, record.call, record.recording),
  state: states[record.state],
  duration: duration(record.ms),
  channelCount: record.channels,
  createTime: timestamp(record.createTime),
  updateTime: timestamp(record.updateTime),
  readyUri: record.ready?.url,
  utterances: view === 'full' && record.utterances.length > 0 ? inOrder(record.utterances) : undefined,
});

const inOrder = (utterances: readonly Utterance[]) =>
  utterances
    .toSorted((one, other) => one.offsetMs - other.offsetMs)
    .map(({ channel, offsetMs, ms, text }) => ({
      channel: channel || undefined, // 0 is left out like every zero, and is the parent
      offset: duration(offsetMs),
      duration: duration(ms),
      text: text || undefined,
    }));
