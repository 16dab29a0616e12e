import type { CallOptions } from '../records.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Script } from '../telephony/simulated/script.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Flow, FlowOptions, TimedCall } from './flow.ts';

/** A call of a flow, ready to be made. */
export interface PlannedCall {
  atMs: number;
  direction: 'incoming' | 'outgoing';
  /** Who calls whom. */
  incoming: Incoming;
  options: CallOptions;
  labels: Readonly<Record<string, string>>;
  caller: Script | undefined;
}

/** Numbers that nobody has: one for each side. */
const ours = '+61255501234';
const theirs = '+61491570006';

/** Fills in what a flow leaves out. */
export function planCall(call: TimedCall, flow: Flow, base: string): PlannedCall {
  const { at = 0, direction = 'incoming', labels = {}, caller } = call;
  const handlerUrls = urlsOf(call, flow).map((url) => post(url, base));
  return {
    atMs: at * 1000,
    direction,
    incoming: partiesOf(call, direction),
    options: optionsOf(call.options ?? {}, handlerUrls, base),
    labels,
    caller,
  };
}

function urlsOf(call: TimedCall, flow: Flow): readonly string[] {
  if (call.urls) return call.urls;
  if (call.url !== undefined) return [call.url];
  return flow.urls ?? [flow.url ?? '/voice'];
}

function partiesOf(call: TimedCall, direction: PlannedCall['direction']): Incoming {
  const [to, from] = direction === 'incoming' ? [ours, theirs] : [theirs, ours];
  const { private: isPrivate, callerName, forwardedFrom, sipCallId, sipHeaders } = call;
  const parties = { to: call.to ?? to, from: call.from ?? from };
  const farSide = direction === 'incoming' ? parties.from : parties.to;
  return {
    ...parties,
    transport: call.transport ?? (/^sips?:/.test(farSide) ? 'SIP' : 'PSTN'),
    ...(isPrivate !== undefined && { isPrivate }),
    ...(callerName !== undefined && { callerName }),
    ...(forwardedFrom !== undefined && { forwardedFrom }),
    ...(sipCallId !== undefined && { sipCallId }),
    ...(sipHeaders && { sipHeaders }),
  };
}

/** A URL as the engine wants it: absolute. */
const post = (url: string, base: string): HandlerUrl => ({
  url: /^[a-z][a-z0-9+.-]*:/i.test(url) ? url : new URL(url, base).href,
  method: 'POST',
});

/** 30 s unless given, as in the vendors' APIs. */
const ringSeconds = 30;

function optionsOf(options: FlowOptions, handlerUrls: readonly HandlerUrl[], base: string): CallOptions {
  const { timeoutSeconds = ringSeconds, stateUpdateUri, sendDigits, recording } = options;
  return {
    handlerUrls,
    ringMs: timeoutSeconds * 1000,
    ...(stateUpdateUri !== undefined && { stateCallback: post(stateUpdateUri, base) }),
    ...(sendDigits !== undefined && { sendDigits }),
    ...(recording && { recording: recordingOf(recording, base) }),
  };
}

function recordingOf(
  recording: NonNullable<FlowOptions['recording']>,
  base: string,
): NonNullable<CallOptions['recording']> {
  const { trigger = 'answer', channels = 2, trimSilence = false, transcribe = false, maxSeconds } = recording;
  const { recordingReadyUri, transcriptionReadyUri } = recording;
  return {
    trigger,
    channels,
    trim: trimSilence,
    transcribe,
    ...(recordingReadyUri !== undefined && { recordingReady: post(recordingReadyUri, base) }),
    ...(transcriptionReadyUri !== undefined && { transcriptionReady: post(transcriptionReadyUri, base) }),
    ...(maxSeconds !== undefined && { maxMs: maxSeconds * 1000 }),
  };
}
