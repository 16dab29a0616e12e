/** What <Record> and <RecordCall> share. */
import type { HandlerUrl } from '../../verbs/verb.ts';
import { oneOf } from '../kinds.ts';
import { post, readyUri } from './uris.ts';

export const recordingAttributes = {
  PostProcessing: oneOf(['trim-silence'], {
    about: 'trim-silence removes silence at the beginning and the end of the recording.',
  }),
  RecordingReadyUri: readyUri('Who hears that the recording is ready.'),
  Transcribe: oneOf(['disabled', 'default'], {
    about: 'default: what is said in the recording is written down.',
    default: 'disabled',
  }),
  TranscriptionReadyUri: readyUri('Who hears that the transcription is ready.'),
};

/** Their meaning. */
export function recordingMeaning(attributes: {
  PostProcessing?: 'trim-silence';
  RecordingReadyUri?: string;
  Transcribe: 'disabled' | 'default';
  TranscriptionReadyUri?: string;
}): { trim: boolean; transcribe: boolean; recordingReady?: HandlerUrl; transcriptionReady?: HandlerUrl } {
  const { PostProcessing, RecordingReadyUri, Transcribe, TranscriptionReadyUri } = attributes;
  return {
    trim: PostProcessing === 'trim-silence',
    transcribe: Transcribe === 'default',
    ...(RecordingReadyUri !== undefined && { recordingReady: post(RecordingReadyUri) }),
    ...(TranscriptionReadyUri !== undefined && { transcriptionReady: post(TranscriptionReadyUri) }),
  };
}
