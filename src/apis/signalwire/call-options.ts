/** What a new call is to do, as the form says it (LaML 6.3). */
import type { CallOptions, RecordingConfig } from '../../records/call.ts';
import { Secret } from '../../telephony/secret.ts';
import type { MachineDetection, RecordingOptions, StateCallback, StateEvent } from '../../verbs/verb.ts';
import type { Form } from './form.ts';
import { Refusal } from './refusal.ts';

const stateEvents = ['initiated', 'ringing', 'answered', 'completed'] as const satisfies StateEvent[];
/** Known to the vendor, and never told. */
const otherEvents = ['ringing_forwarded', 'ringing_queued'];

export function stateCallbackOf(form: Form, name = 'StatusCallback'): StateCallback | undefined {
  const words = form.words(`${name}Event`);
  for (const word of words)
    if (![...stateEvents, ...otherEvents].includes(word as StateEvent))
      throw new Refusal(
        21626,
        `${name}Event ${JSON.stringify(word.slice(0, 40))} is none of ${stateEvents.join(', ')}`,
      );
  const callback = form.asked(name, { code: 21456 });
  const events = stateEvents.filter((event) => words.includes(event));
  return callback && { ...callback, events: words.length > 0 ? events : ['completed'] };
}

const detectionCode = 21234;

/** How machines are told from people. */
function thresholdsOf(form: Form) {
  const number = (name: string, range: readonly [number, number], otherwise: number) =>
    form.integer(name, range, detectionCode) ?? otherwise;
  return {
    timeoutMs: number('MachineDetectionTimeout', [1, 120], 30) * 1000,
    speechMs: number('MachineDetectionSpeechThreshold', [1000, 6000], 2400),
    speechEndMs: number('MachineDetectionSpeechEndThreshold', [500, 5000], 1200),
    silenceMs: number('MachineDetectionSilenceTimeout', [2000, 10_000], 5000),
    words: number('MachineWordsThreshold', [1, 100], 6),
  };
}

/** Who hears of it beside the call: what is said of that does not count when nobody is to. */
function machineDetectionOf(form: Form): MachineDetection | undefined {
  const thresholds = thresholdsOf(form);
  const kind = form.choice('MachineDetection', ['none', 'Enable', 'DetectMessageEnd'], detectionCode) ?? 'none';
  // As the participants of a conference call it.
  const told = form.asked('AmdStatusCallback', { code: 21456 });
  const beside = form.flag('AsyncAmd') ?? told !== undefined;
  const partial = beside && (form.flag('AsyncAmdPartialResults') ?? false);
  const callback = beside ? (form.asked('AsyncAmdStatusCallback', { code: 21456 }) ?? told) : undefined;
  if (kind === 'none') return undefined;
  if (beside && !callback) throw new Refusal(21262, 'AsyncAmdStatusCallback is needed with AsyncAmd');
  return {
    until: kind === 'Enable' ? 'answer' : 'greeting',
    when: beside ? 'beside' : 'before',
    ...thresholds,
    ...(callback && { callback }),
    ...(partial && { partialResults: true }),
  };
}

const tracks = { inbound: 'received', outbound: 'sent', both: 'both' } as const;
const recordingEvents = { 'in-progress': 'began', completed: 'completed', absent: 'empty' } as const;
const badEvent = 13621;

/** How a recording is made that a form asks for. */
export function recordingOptionsOf(form: Form, source: RecordingOptions['source'], trims: boolean): RecordingOptions {
  const words = form.words('RecordingStatusCallbackEvent');
  const known = Object.keys(recordingEvents) as (keyof typeof recordingEvents)[];
  for (const word of words)
    if (!known.includes(word as 'absent'))
      throw new Refusal(badEvent, `RecordingStatusCallbackEvent must be some of ${known.join(', ')}`);
  const recordingReady = form.asked('RecordingStatusCallback', { code: 21456 });
  const track = form.choice('RecordingTrack', ['inbound', 'outbound', 'both'], 10000) ?? 'both';
  const trim = form.choice('Trim', ['trim-silence', 'do-not-trim'], 13699);
  return {
    source,
    channels: form.choice('RecordingChannels', ['mono', 'dual'], 10000) === 'dual' ? 2 : 1,
    track: tracks[track],
    trim: trim === undefined ? trims : trim === 'trim-silence',
    transcribe: false,
    ...(words.length > 0 && {
      events: known.filter((word) => words.includes(word)).map((word) => recordingEvents[word]),
    }),
    ...(recordingReady && { recordingReady }),
  };
}

function recordingOf(form: Form): RecordingConfig | undefined {
  const { source: _, silenceMs: __, ...options } = recordingOptionsOf(form, 'call', true);
  return form.flag('Record') ? { ...options, trigger: 'answer' } : undefined;
}

/** Pauses of half a second; a capital one is twice as long. */
function digitsOf(form: Form): string | undefined {
  const digits = form.text('SendDigits', 13222);
  if (digits === undefined) return undefined;
  if (!/^[0-9#*wWA-Da-d]{1,32}$/.test(digits)) throw new Refusal(13222, 'SendDigits must be 1 to 32 of 0-9 # * w W');
  return digits.replaceAll('W', 'ww');
}

/**
 * Everything but where the document comes from.
 *
 * @param seal encrypts a password, so that it can be kept
 */
export function callOptionsOf(
  form: Form,
  seal?: (text: string) => string,
): Omit<CallOptions, 'handlerUrls' | 'fallback' | 'stateCallback'> {
  const ringSeconds = form.integer('Timeout', [1, 600], 21208) ?? 60;
  const seconds = form.integer('TimeLimit', [1, 86_400], 10000);
  const sendDigits = digitsOf(form);
  const machineDetection = machineDetectionOf(form);
  const recording = recordingOf(form);
  const username = form.text('SipAuthUsername');
  const password = form.text('SipAuthPassword');
  return {
    ringMs: ringSeconds * 1000,
    ...(seconds !== undefined && { maxMs: seconds * 1000 }),
    ...(sendDigits !== undefined && { sendDigits }),
    ...(machineDetection && { machineDetection }),
    ...(recording && { recording }),
    ...(username !== undefined && {
      sip: {
        username,
        ...(password !== undefined && { password: new Secret(password), ...(seal && { sealed: seal(password) }) }),
      },
    }),
  };
}
