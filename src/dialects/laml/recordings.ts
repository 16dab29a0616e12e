/** What everything that records shares (LaML 5.3). */
import type { RecordingOptions } from '../../verbs/verb.ts';
import { oneOf } from '../kinds.ts';
import { address, asked, method, ofCode, words } from './values.ts';

const began = ['in-progress', 'completed', 'absent', 'failed'] as const;
type EventName = (typeof began)[number];

const events = { 'in-progress': 'began', completed: 'completed', absent: 'empty', failed: 'empty' } as const;

export const recordingStatus = (otherwise: readonly EventName[] = ['completed']) => ({
  recordingStatusCallback: address('Who hears of the recording.'),
  recordingStatusCallbackMethod: method('How recordingStatusCallback is asked.'),
  recordingStatusCallbackEvent: words(began, {
    about: 'Which of its states are told.',
    default: otherwise,
    code: 'RECORDING_EVENT_NOT_VALID',
  }),
});

export const trim = (otherwise: 'trim-silence' | 'do-not-trim') =>
  ofCode(
    oneOf(['trim-silence', 'do-not-trim'], {
      about: 'Whether silence at the beginning and the end is cut off.',
      default: otherwise,
    }),
    'RECORDING_TRIM_NOT_VALID',
  );

export const storageMethod = (about: string) =>
  ofCode(oneOf(['POST', 'PUT'], { about, default: 'POST' }), 'METHOD_NOT_VALID');

/** Whose voice: as the vendor calls what comes from the party of the call, and what goes to it. */
export const track = (otherwise: 'both' = 'both') =>
  oneOf(['inbound', 'outbound', 'both'], { about: 'Whose voice is recorded.', default: otherwise });

export const trackMeanings = { inbound: 'received', outbound: 'sent', both: 'both' } as const;

/** Who hears of which states. */
export function told(attributes: {
  recordingStatusCallback?: string;
  recordingStatusCallbackMethod: 'GET' | 'POST';
  recordingStatusCallbackEvent?: readonly EventName[];
}): Pick<RecordingOptions, 'recordingReady' | 'events'> {
  const { recordingStatusCallback, recordingStatusCallbackMethod, recordingStatusCallbackEvent = [] } = attributes;
  const recordingReady = asked(recordingStatusCallback, recordingStatusCallbackMethod);
  if (!recordingReady) return {};
  return { recordingReady, events: [...new Set(recordingStatusCallbackEvent.map((event) => events[event]))] };
}
