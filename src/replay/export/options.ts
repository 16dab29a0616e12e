import type { CallOptions } from '../../records/call.ts';
import type { MachineDetection } from '../../verbs/verb.ts';
import type { FlowDetection, FlowOptions } from '../flow.ts';

/** What a number, or an API, has said about a call, as a flow says it. */
export function writtenOptions(options: CallOptions): FlowOptions {
  const { ringMs, maxMs, handlerUrls, fallback, stateCallback, sendDigits, recording, machineDetection } = options;
  return {
    timeoutSeconds: ringMs / 1000,
    ...(maxMs !== undefined && { maxSeconds: maxMs / 1000 }),
    ...(handlerUrls[0]?.method === 'GET' && { method: 'GET' as const }),
    ...(fallback && { fallbackUrl: fallback.url, fallbackMethod: fallback.method }),
    ...(stateCallback && {
      statusCallback: stateCallback.url,
      statusCallbackMethod: stateCallback.method,
      ...(stateCallback.events && { statusCallbackEvent: stateCallback.events }),
    }),
    ...(sendDigits !== undefined && { sendDigits }),
    ...(recording && { recording: writtenRecording(recording) }),
    ...(machineDetection && { machineDetection: writtenDetection(machineDetection) }),
  };
}

function writtenRecording(recording: NonNullable<CallOptions['recording']>): NonNullable<FlowOptions['recording']> {
  const { trigger, channels, trim, transcribe, maxMs, track, events, recordingReady, transcriptionReady } = recording;
  return {
    trigger,
    channels,
    trimSilence: trim,
    transcribe,
    ...(track && { track }),
    ...(events && { events }),
    ...(recordingReady && { recordingReadyUri: recordingReady.url, recordingReadyMethod: recordingReady.method }),
    ...(transcriptionReady && { transcriptionReadyUri: transcriptionReady.url }),
    ...(maxMs !== undefined && { maxSeconds: maxMs / 1000 }),
  };
}

function writtenDetection(detection: MachineDetection): FlowDetection {
  const { until, timeoutMs, speechMs, speechEndMs, silenceMs, callback, partialResults } = detection;
  return {
    until,
    timeoutSeconds: timeoutMs / 1000,
    speechSeconds: speechMs / 1000,
    speechEndSeconds: speechEndMs / 1000,
    silenceSeconds: silenceMs / 1000,
    ...(callback && { callback: callback.url, callbackMethod: callback.method }),
    ...(partialResults && { partialResults }),
  };
}
