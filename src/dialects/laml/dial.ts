import type { Conference } from '../../verbs/conference.ts';
import type { Dequeue } from '../../verbs/dequeue.ts';
import type { Dial } from '../../verbs/dial.ts';
import type { Unsupported } from '../../verbs/unsupported.ts';
import type { HandlerUrl, Place, RecordingOptions } from '../../verbs/verb.ts';
import { type Around, element } from '../grammar.ts';
import { boolean, integer, oneOf, text } from '../kinds.ts';
import { client, verto } from './client.ts';
import { type ConferenceNoun, conference } from './conference.ts';
import { number, numberOf, numberText } from './number.ts';
import { toE164 } from './phone-number.ts';
import { type QueueNoun, queue } from './queue.ts';
import { recordingStatus, storageMethod, told, track, trackMeanings, trim } from './recordings.ts';
import { sip } from './sip.ts';
import type { TargetNoun } from './target.ts';
import { application, sim, whatsApp } from './unsupported-nouns.ts';
import { address, allIgnored, method, next, nextAddress } from './values.ts';

/** How many of a kind may ring. */
const mostTargets = 10;

const ringTones =
  'at au bg br be ch cl cn cz de dk ee es fi fr gr hu il in it lt jp mx my nl no nz ph pl pt ru se sg th uk us us-old tw ve za'.split(
    ' ',
  );

const recordModes = {
  'do-not-record': undefined,
  'record-from-answer': { from: 'answer', channels: 1 },
  'record-from-ringing': { from: 'ringing', channels: 1 },
  'record-from-answer-dual': { from: 'answer', channels: 2 },
  'record-from-ringing-dual': { from: 'ringing', channels: 2 },
  true: { from: 'answer', channels: 1 },
  false: undefined,
} as const;

export const dial = element('Dial', {
  about:
    'Calls one or more parties and joins the call with the first that accepts, or with a conference, or with the call at the front of a queue.',
  attributes: {
    action: nextAddress('Who is asked next, however it ended. The next verb is executed unless given.'),
    answerOnBridge: boolean({
      about: 'Whether an incoming call that nobody has answered goes on ringing until somebody accepts.',
      default: false,
    }),
    callerId: text({ about: "What the called party sees as the caller. The call's own caller unless given." }),
    callerName: text({ about: 'The name that a called SIP party sees.', maxLength: 70 }),
    hangupOnStar: boolean({ about: 'Whether the caller ends the conversation by *, and goes on.', default: false }),
    method: method(),
    record: oneOf(Object.keys(recordModes) as (keyof typeof recordModes)[], {
      about: 'What is recorded, and from when; dual: each side in a channel of its own.',
      default: 'do-not-record',
    }),
    ...recordingStatus(),
    recordingStorageUrl: address('Where the audio is sent instead of being kept.'),
    recordingStorageUrlMethod: storageMethod('How it is sent there.'),
    recordingTrack: track(),
    ringTone: oneOf(ringTones, { about: 'The ringing of which country the caller hears.' }),
    sequential: boolean({ about: 'Whether the parties are called one after the other.', default: false }),
    timeLimit: integer({
      about: 'How many seconds the two may talk; then the called party is hung up.',
      min: 1,
      max: 86_400,
      default: 14_400,
    }),
    timeout: integer({ about: 'How many seconds a party may ring.', min: 5, max: 600, default: 30 }),
    trim: trim('do-not-trim'),
    ...allIgnored(
      ['callReason', 'events', 'passports', 'recordingConfigurationId', 'referMethod', 'referUrl'],
      "The other vendor's setting.",
    ),
  },
  content: [application, client, conference, number, queue, sim, sip, verto, whatsApp],
  strangerCode: 'DIAL_NOUNS_NOT_VALID',
  text: numberText,
  means: (attributes, { text: written, children, strangers, at, warn }): Meaning[] => {
    const skipped = children.filter((child) => 'verb' in child);
    const nouns = children.filter((child) => 'noun' in child);
    const all = written === undefined || nouns.length > 0 ? nouns : [numberNoun(written, at, warn)];
    if (written !== undefined && nouns.length > 0)
      warn('ATTRIBUTE_CONFLICT', '<Dial> has elements in it, so that its text is not called');

    const fits = strangers === 0 && (all.length > 0 || skipped.length === 0) && isCallable(all, warn);
    return [...skipped, meaningOf(attributes, fits ? all : [], at)];
  },
});

type Meaning = Conference | Dequeue | Dial | Unsupported;
type Noun = ConferenceNoun | QueueNoun | TargetNoun;

function numberNoun(written: string, at: Place, warn: Around['warn']): TargetNoun {
  const to = numberOf(written, (message, hint) => warn('CALL_NUMBER_NOT_VALID', message, at, hint));
  return { noun: 'number', at, target: { to, transport: 'PSTN' } };
}

/** Which nouns may stand beside each other (LaML 4.4). A <Dial> with others fails, and the call goes on. */
function isCallable(nouns: readonly Noun[], warn: Around['warn']): boolean {
  if (nouns.length === 1) return true;
  const kinds = new Set(nouns.map(({ noun }) => noun));
  const alone = (['conference', 'queue', 'sip'] as const).find((kind) => kinds.has(kind));
  const fails = '<Dial> fails, and the call goes on';
  if (nouns.length === 0) warn('DIAL_NOUNS_NOT_VALID', `there is nobody to call: ${fails}`);
  else if (alone !== undefined && kinds.size > 1) {
    const place = nouns.find(({ noun }) => noun !== nouns[0]!.noun)!.at;
    warn('DIAL_NOUNS_CONFLICT', `<${place.element}> must not stand beside <${nouns[0]!.at.element}>: ${fails}`, place);
  } else {
    const most = alone === 'conference' || alone === 'queue' ? 1 : mostTargets;
    const code = alone === 'conference' ? 'DIAL_NOUNS_CONFLICT' : 'DIAL_NOUNS_NOT_VALID';
    const surplus = nouns.find(
      ({ noun }, index) => nouns.slice(0, index).filter((one) => one.noun === noun).length >= most,
    );
    if (!surplus) return true;
    warn(code, `there may be ${most} <${surplus.at.element}> in <Dial>: ${fails}`, surplus.at);
  }
  return false;
}

interface Shared {
  next?: HandlerUrl;
  hangUpKey?: string;
  maxMs: number;
  tellsEnd: true;
}

type Values = Parameters<typeof recordingOf>[0] & {
  action?: string;
  method: 'GET' | 'POST';
  answerOnBridge: boolean;
  callerId?: string;
  callerName?: string;
  hangupOnStar: boolean;
  ringTone?: string;
  sequential: boolean;
  timeLimit: number;
  timeout: number;
};

function meaningOf(values: Values, nouns: readonly Noun[], at: Place): Meaning {
  const shared: Shared = {
    maxMs: values.timeLimit * 1000,
    tellsEnd: true,
    ...(values.hangupOnStar && { hangUpKey: '*' }),
    ...next(values.action, values.method),
  };
  const [first] = nouns;
  const recording = recordingOf(values);
  const recorded = recording && { recording };
  if (first?.noun === 'conference')
    return {
      verb: 'conference',
      at,
      answers: true,
      ...first.conference,
      ...shared,
      ...(recording && { ownRecording: recording }),
    };
  if (first?.noun === 'queue')
    return {
      verb: 'dequeue',
      at,
      answers: !values.answerOnBridge,
      ...first.dequeue,
      waitMs: values.timeout * 1000,
      ...shared,
      ...recorded,
    };
  const { callerId, callerName, ringTone } = values;
  return {
    verb: 'dial',
    at,
    answers: !values.answerOnBridge,
    targets: nouns.flatMap((noun) => ('target' in noun ? [noun.target] : [])),
    strategy: values.sequential ? 'linear' : 'simultaneous',
    ringMs: values.timeout * 1000,
    ...(callerId && { callerId: toE164(callerId) ?? callerId }),
    ...(callerName && { callerName }),
    ...(ringTone !== undefined && { ringTone }),
    ...shared,
    ...recorded,
  };
}

function recordingOf(values: {
  record: keyof typeof recordModes;
  recordingTrack: keyof typeof trackMeanings;
  recordingStorageUrl?: string;
  recordingStorageUrlMethod: 'POST' | 'PUT';
  recordingStatusCallback?: string;
  recordingStatusCallbackMethod: 'GET' | 'POST';
  recordingStatusCallbackEvent?: Parameters<typeof told>[0]['recordingStatusCallbackEvent'] & {};
  trim: 'trim-silence' | 'do-not-trim';
}): (RecordingOptions & { from: 'ringing' | 'answer' }) | undefined {
  const mode = recordModes[values.record];
  if (!mode) return undefined;
  const { recordingTrack, recordingStorageUrl, recordingStorageUrlMethod } = values;
  const single = recordingTrack !== 'both';
  return {
    source: 'dial',
    from: mode.from,
    channels: single ? 1 : mode.channels,
    ...(single && { track: trackMeanings[recordingTrack] }),
    trim: values.trim === 'trim-silence',
    transcribe: false,
    ...(recordingStorageUrl !== undefined && {
      storage: { url: recordingStorageUrl, method: recordingStorageUrlMethod },
    }),
    ...told(values),
  };
}
