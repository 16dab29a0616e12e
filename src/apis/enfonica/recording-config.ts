/** CallRecordingConfig: what is recorded of a whole call (VoiceML 4.4). */
import type { Static } from '@sinclair/typebox';
import type { RecordingConfig } from '../../records/call.ts';
import type { HandlerUrl } from '../../verbs/verb.ts';
import { list, message, oneOf, optional, uri, web } from './kinds.ts';
import type { Violation } from './refusal.ts';

const recordingTrigger = (about: string) =>
  oneOf(about, 'CALL_RECORDING_TRIGGER_UNSPECIFIED', { DISABLED: 1, ANSWER: 2, BRIDGE: 3 });

export const recordingConfig = message(
  {
    trigger: optional(
      recordingTrigger('From when the call is recorded: its answer, or when it is joined with another.'),
    ),
    postProcessing: optional(
      list(oneOf('TRIM_SILENCE removes silence at both ends.', 'POST_PROCESSING_UNSPECIFIED', { TRIM_SILENCE: 1 })),
    ),
    recordingReadyUri: optional(uri('Who hears that the recording is ready.', web)),
    transcribe: optional(
      oneOf('DEFAULT has it written down.', 'TRANSCRIBE_OPTION_UNSPECIFIED', { DISABLED: 1, DEFAULT: 2 }),
    ),
    transcriptionReadyUri: optional(uri('Who hears that the transcription is ready.', web)),
  },
  { description: 'What is recorded of the whole call; absent: nothing.' },
);

export type SpelledRecordingConfig = Static<typeof recordingConfig>;

const isOff = ({ trigger = 'DISABLED' }: SpelledRecordingConfig) => trigger === 'DISABLED';

/** What its fields are together and may not be. */
export function wrongWithRecording(config: SpelledRecordingConfig | undefined, path: string): Violation[] {
  return config?.transcribe === 'DEFAULT' && isOff(config)
    ? [{ field: `${path}.transcribe`, description: 'needs recording: the trigger is DISABLED' }]
    : [];
}

/** The configuration in the words of the core; undefined when nothing is recorded. */
export function toRecordingConfig(config: SpelledRecordingConfig | undefined): RecordingConfig | undefined {
  if (!config || isOff(config)) return undefined;
  const { postProcessing = [], recordingReadyUri, transcriptionReadyUri } = config;
  return {
    trigger: config.trigger === 'ANSWER' ? 'answer' : 'bridge',
    channels: 2,
    trim: postProcessing.includes('TRIM_SILENCE'),
    transcribe: config.transcribe === 'DEFAULT',
    ...(recordingReadyUri !== undefined && { recordingReady: post(recordingReadyUri) }),
    ...(transcriptionReadyUri !== undefined && { transcriptionReady: post(transcriptionReadyUri) }),
  };
}

/** Enfonica asks and tells by POST, always. */
export const post = (url: string): HandlerUrl => ({ url, method: 'POST' });
