import type { FlowAct, FlowDetection, FlowOptions, FlowRecording } from './flow.ts';
import { listOf, number, oneOf, shape, text, truth, yes } from './shape.ts';

export const seconds = number('seconds', 0, 100_000_000);
export const url = text('an http or https URL, or a path that begins with /', /^(https?:\/\/|\/)/);
const method = oneOf('GET', 'POST');

const recording = shape<FlowRecording>('how the call is recorded', {
  trigger: oneOf('answer', 'bridge'),
  channels: oneOf(1, 2),
  trimSilence: truth,
  transcribe: truth,
  track: oneOf('received', 'sent', 'both'),
  events: listOf(oneOf('began', 'completed', 'empty')),
  recordingReadyUri: url,
  recordingReadyMethod: method,
  transcriptionReadyUri: url,
  maxSeconds: seconds,
});

const detection = shape<FlowDetection>('how machines are found out', {
  until: oneOf('answer', 'greeting'),
  timeoutSeconds: seconds,
  speechSeconds: seconds,
  speechEndSeconds: seconds,
  silenceSeconds: seconds,
  callback: url,
  callbackMethod: method,
  partialResults: yes,
});

/** What an API can say otherwise of a call that goes on. */
const changeable = {
  maxSeconds: seconds,
  fallbackUrl: url,
  fallbackMethod: method,
  statusCallback: url,
  statusCallbackMethod: method,
};

export const changeShape = shape<NonNullable<FlowAct['change']>>(
  'what changes, such as { maxSeconds: 60 }',
  changeable,
);

/** What the number, or the API, says about a call. */
export const optionsShape = shape<FlowOptions>('options of the call', {
  timeoutSeconds: seconds,
  ...changeable,
  method,
  stateUpdateUri: url,
  statusCallbackEvent: listOf(oneOf('initiated', 'ringing', 'answered', 'completed')),
  sendDigits: text('keys', /^[0-9*#A-DwW]+$/),
  recording,
  machineDetection: detection,
});
