import type { Sound } from '../telephony/sound.ts';
import type { Sound as HeardSound } from '../testkit/speaker.ts';
import type { Dial } from '../verbs/dial.ts';
import type { Gather } from '../verbs/gather.ts';
import type { RecordAudio } from '../verbs/record.ts';
import type { DialStatus } from '../verbs/verb.ts';
import { type ExploreAct, message } from './acts.ts';
import { type Announced, announcedIn } from './announced.ts';
import type { Followed, Following } from './following.ts';

/** One thing that can happen next. */
export interface Choice {
  act: ExploreAct;
  /** Of a key: whether the prompt offers it. */
  announced?: boolean;
}

/** What was heard before somebody was asked for something, by the asking. */
type Prompts = ReadonlyMap<number, readonly HeardSound[]>;

const wait: Choice = { act: { does: 'wait' } };

/** Everything that can happen where a call waits; whoever calls can always hang up beside. */
export function choicesAt(following: Following, prompts: Prompts, keys = ''): Choice[] {
  const { live } = following;
  const ringing = live.find(isRinging);
  const dialing = live.find(({ doing }) => doing.at(-1)?.verb === 'dial');
  const asked = live.flatMap((call) => askedOf(call, prompts, keys));
  // Somebody who has answered, and is asked whether they take the call, is quicker than the telephones that still ring.
  if (ringing && asked.length === 0) return whenRinging(ringing, dialing?.tried ?? []);
  const joined = live.flatMap((call) => whenJoined(call, following));
  if (asked.length > 0 || joined.length > 0) return [...asked, ...joined, ...(asked.length > 0 ? [wait] : [])];
  return live.some(({ doing }) => doing.some(({ verb }) => staysFor.has(verb))) ? [] : [wait];
}

/** Whoever is in one of these stays until somebody else does something. */
export const staysFor: ReadonlySet<string> = new Set(['conference', 'enqueue', 'dequeue', 'connect', 'echo', 'dial']);

const isRinging = ({ name, record }: Followed) =>
  name !== 'caller' && record.direction === 'outgoing' && record.answerTime === undefined;

const likewise: Partial<Record<DialStatus, 'busy' | 'decline' | 'ringOut' | 'unreachable'>> = {
  busy: 'busy',
  rejected: 'decline',
  notAnswered: 'ringOut',
  failed: 'unreachable',
  completed: 'decline',
  canceled: 'decline',
};

/** Of several phones each may be the one that answers; those that are not reached are not reached for one reason. */
function whenRinging({ name: who }: Followed, tried: readonly DialStatus[]): Choice[] {
  const before = tried[0] && likewise[tried[0]];
  const failures = before ? [before] : (['busy', 'decline', 'ringOut', 'unreachable', 'invalid'] as const);
  const answers = before ? (['answer'] as const) : (['answer', 'machine'] as const);
  return [...answers, ...failures].map((does): Choice => ({ act: { does, who } }));
}

/** Of the two of a conversation: whoever was called hangs up, or the caller presses the key that ends it. */
function whenJoined(call: Followed, following: Following): Choice[] {
  if (following.joinedWith(call).length === 0) return [];
  if (call.name !== 'caller') return [{ act: { does: 'hangUp', who: call.name } }];
  const { instruction } = call.doing.at(-1) ?? {};
  const key = isA<Dial>('dial', instruction) ? instruction.hangUpKey : undefined;
  return key === undefined ? [] : [{ act: { does: 'press', who: 'caller', keys: key } }];
}

function isA<I extends { verb: string }>(verb: I['verb'], found: { verb: string } | undefined): found is I {
  return found?.verb === verb;
}

function askedOf({ name: who, doing }: Followed, prompts: Prompts, keys: string): Choice[] {
  const { verb, instruction, seq = 0 } = doing.at(-1) ?? {};
  const heard = prompts.get(seq) ?? [];
  if (isA<RecordAudio>('record', instruction)) return whenRecording(who, instruction);
  if (verb !== 'gather') return [];
  const gather = isA<Gather>('gather', instruction) ? instruction : screen;
  const announced = announcedIn(promptOf(heard, gather));
  const audio = heard.some(({ kind }) => kind === 'audio') || gather.prompts.some(({ type }) => type === 'audio');
  const pressed = gather.keys === false ? [] : keysFor(gather, { announced, keys, audio, who });
  const said = gather.speech ? phrasesFor(gather.speech.hints, announced) : [];
  const leaves: Choice[] = who === 'caller' ? [] : [{ act: { does: 'hangUp', who } }];
  return [...pressed, ...said.map((text): Choice => ({ act: { does: 'say', who, text } })), ...leaves];
}

/** No document stands behind it: whoever is called is asked to accept. */
const screen: Pick<Gather, 'prompts' | 'maxDigits' | 'stopKey' | 'keys' | 'speech'> = {
  prompts: [],
  maxDigits: 1,
  stopKey: '',
};

/** All that was said, also when somebody has cut it short. */
function promptOf(heard: readonly HeardSound[], { prompts }: Pick<Gather, 'prompts'>): string {
  const said = heard.flatMap(({ kind, text }) => (kind === 'speech' ? [text] : []));
  for (const text of prompts.flatMap(textsOf)) if (!said.includes(text)) said.push(text);
  return said.join('. ');
}

function textsOf(sound: Sound): string[] {
  if (sound.type === 'speech') return [sound.text];
  return sound.type === 'sequence' ? sound.sounds.flatMap(textsOf) : [];
}

interface Around {
  announced: Announced;
  keys: string;
  audio: boolean;
  who: string;
}

const all = '1234567890*#';

/** A menu of one key: those that are offered, those that were asked for, and some that nobody expects. */
function keysFor(gather: Pick<Gather, 'maxDigits' | 'stopKey'>, { announced, keys, audio, who }: Around): Choice[] {
  const { maxDigits, stopKey } = gather;
  const offered = announced.keys.filter((one) => one.length <= maxDigits);
  const press = (one: string): Choice => {
    const finished = one.length < maxDigits && stopKey !== '' && !stopKey.includes(one) ? one + stopKey[0] : one;
    const isOffered = offered.includes(one) || announced.any;
    return { act: { does: 'press', who, keys: finished }, announced: isOffered };
  };
  if (maxDigits > 1) return [...new Set([...offered, ...numbersFor(gather, announced)])].map(press);
  const unknown = offered.length === 0 && audio ? all : `${unannounced(offered)}*#`;
  return [...new Set([...offered, ...keys, ...unknown])].map(press);
}

/** The digit that is furthest from those that are offered: a range may have been spelled in words that we do not read. */
const unannounced = (offered: readonly string[]): string =>
  [...'9876543210'].find((digit) => !offered.includes(digit)) ?? '';

/** As many digits as are wanted, one that is too few, and none where a key says so. */
function numbersFor({ maxDigits, stopKey }: Pick<Gather, 'maxDigits' | 'stopKey'>, { digits }: Announced): string[] {
  const most = Math.min(maxDigits, 32);
  const wanted = Math.min(digits ?? (maxDigits > 12 ? 4 : maxDigits), most);
  const full = '12345678901234567890123456789012'.slice(0, wanted);
  return [full, ...(wanted > 1 ? [full.slice(0, 1)] : []), ...(stopKey === '' ? [] : [stopKey[0]!])];
}

/** Hints that stand for a kind of words, as some recognisers have them, are nothing to say. */
function phrasesFor(hints: readonly string[], { phrases }: Announced): string[] {
  const known = [...hints.filter((hint) => !hint.startsWith('$')).slice(0, 8), ...phrases];
  return [...new Set([...known, 'something else altogether'])];
}

function whenRecording(who: string, { stopKeys }: RecordAudio): Choice[] {
  const say = (then?: string): Choice => ({
    act: { does: 'say', who, text: message, ...(then !== undefined && { then }) },
  });
  const stopKey = stopKeys.includes('#') ? '#' : stopKeys[0];
  return [...(stopKey === undefined ? [] : [say(stopKey)]), say()];
}
