import type { CallChange } from '../journal/act.ts';
import type { CallOptions } from '../records/call.ts';
import type { HandlerUrl, MachineDetection } from '../verbs/verb.ts';
import type { FlowAct, FlowDetection, FlowOptions } from './flow.ts';

type Method = HandlerUrl['method'];

/** A URL as the engine wants it: absolute. */
const ask = (url: string, base: string, method: Method = 'POST'): HandlerUrl => ({
  url: /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : new URL(url, base).href,
  method,
});

/** 30 s unless given, as in the vendors' APIs. */
const ringSeconds = 30;

/** What a number, or an API, says about a call whose handler has these URLs. */
export function optionsOf(options: FlowOptions, urls: readonly string[], base: string): CallOptions {
  const { timeoutSeconds = ringSeconds, sendDigits, recording, fallbackUrl, machineDetection, maxSeconds } = options;
  return {
    handlerUrls: urls.map((url) => ask(url, base, options.method)),
    ringMs: timeoutSeconds * 1000,
    ...stateCallbackOf(options, base),
    ...(fallbackUrl !== undefined && { fallback: ask(fallbackUrl, base, options.fallbackMethod) }),
    ...(sendDigits !== undefined && { sendDigits }),
    ...(recording && { recording: recordingOf(recording, base) }),
    ...(machineDetection && { machineDetection: detectionOf(machineDetection, base) }),
    ...(maxSeconds !== undefined && { maxMs: maxSeconds * 1000 }),
  };
}

/** What an API says about a call that goes on. */
export function changeOf(change: NonNullable<FlowAct['change']>, base: string): CallChange {
  const { fallbackUrl, fallbackMethod, maxSeconds } = change;
  return {
    ...stateCallbackOf(change, base),
    ...(fallbackUrl !== undefined && { fallback: ask(fallbackUrl, base, fallbackMethod) }),
    ...(maxSeconds !== undefined && { maxMs: maxSeconds * 1000 }),
  };
}

function stateCallbackOf(options: FlowOptions, base: string): Pick<CallOptions, 'stateCallback'> {
  const {
    stateUpdateUri,
    statusCallback = stateUpdateUri,
    statusCallbackMethod,
    statusCallbackEvent: events,
  } = options;
  if (statusCallback === undefined) return {};
  return { stateCallback: { ...ask(statusCallback, base, statusCallbackMethod), ...(events && { events }) } };
}

function recordingOf(
  recording: NonNullable<FlowOptions['recording']>,
  base: string,
): NonNullable<CallOptions['recording']> {
  const {
    trigger = 'answer',
    channels = 2,
    trimSilence = false,
    transcribe = false,
    maxSeconds,
    track,
    events,
  } = recording;
  const { recordingReadyUri, recordingReadyMethod, transcriptionReadyUri } = recording;
  return {
    trigger,
    channels,
    trim: trimSilence,
    transcribe,
    ...(track && { track }),
    ...(events && { events }),
    ...(recordingReadyUri !== undefined && { recordingReady: ask(recordingReadyUri, base, recordingReadyMethod) }),
    ...(transcriptionReadyUri !== undefined && { transcriptionReady: ask(transcriptionReadyUri, base) }),
    ...(maxSeconds !== undefined && { maxMs: maxSeconds * 1000 }),
  };
}

/** The times that LaML 6.3 gives when nothing is said. */
function detectionOf(detection: FlowDetection, base: string): MachineDetection {
  const { until = 'answer', callback, callbackMethod, partialResults } = detection;
  const { timeoutSeconds = 30, speechSeconds = 2.4, speechEndSeconds = 1.2, silenceSeconds = 5 } = detection;
  return {
    until,
    when: callback === undefined ? 'before' : 'beside',
    timeoutMs: timeoutSeconds * 1000,
    speechMs: speechSeconds * 1000,
    speechEndMs: speechEndSeconds * 1000,
    silenceMs: silenceSeconds * 1000,
    ...(callback !== undefined && { callback: ask(callback, base, callbackMethod) }),
    ...(partialResults && { partialResults }),
  };
}
