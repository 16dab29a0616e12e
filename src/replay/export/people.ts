/** What people did at their telephones, read out of a journal, as a script that does it again. */
import type { JournalEntry } from '../../journal/journal.ts';
import type { Phone, Script, Step } from '../../telephony/simulated/script.ts';
import { concealed, speechMs, timing } from '../../telephony/simulated/timing.ts';

/** One thing that somebody did: when it began and when it was over. */
interface Deed {
  at: number;
  over: number;
  act: Pick<Step & Record<string, unknown>, never> & Record<string, unknown>;
}

const aMoment = 10;

/** Keys closer than this were pressed in one go. */
const inOneGo = timing.key + timing.gap + 60;

/** @param begin from when the first step counts */
export function scriptOf(entries: readonly JournalEntry[], begin: number): Script {
  let before = begin;
  return deedsIn(entries).map(({ at, over, act }) => {
    const after = Math.max(0, at - before);
    before = over;
    return { ...(after > 0 && { after: after / 1000 }), ...act } as Step;
  });
}

function deedsIn(entries: readonly JournalEntry[]): Deed[] {
  const deeds: Deed[] = [];
  let heard = Number.NaN;
  for (const { at, input } of entries) {
    if (input?.type === 'leg.done') heard = at;
    // What was heard to its end is over before somebody presses a key.
    // What was keyed into a till, nobody knows any more.
    if (input?.type === 'leg.pressed' && input.digit !== concealed)
      press(deeds, at === heard ? at + aMoment : at, input.digit);
    if (input?.type === 'leg.spoke')
      deeds.push({ at: at - input.ms, over: at - input.ms + speechMs(input.text), act: { say: input.text } });
    if (input?.type === 'leg.held') deeds.push({ at, over: at, act: { hold: true } });
    if (input?.type === 'leg.resumed') deeds.push({ at, over: at, act: { resume: true } });
    if (input?.type === 'leg.hungUp' && input.by === 'farSide') deeds.push({ at, over: at, act: { hangUp: true } });
  }
  return deeds.sort((one, other) => one.at - other.at);
}

function press(deeds: Deed[], at: number, digit: string): void {
  const last = deeds.at(-1);
  const over = at + timing.key + timing.gap;
  if (last && typeof last.act.press === 'string' && at - last.over <= inOneGo - timing.key - timing.gap) {
    last.act = { press: last.act.press + digit };
    last.over = over;
  } else deeds.push({ at, over, act: { press: digit } });
}

/** How somebody took a call: from the moment it was made. */
export const phoneOf = (entries: readonly JournalEntry[], made: number): Phone => ({
  ...behaviourOf(entries, made),
  ...headersIn(entries),
  ...measuredIn(entries),
});

function measuredIn(entries: readonly JournalEntry[]): Pick<Phone, 'statistics'> {
  const over = entries.map(({ input }) => input).find((input) => input?.type === 'leg.hungUp');
  return over?.type === 'leg.hungUp' && over.statistics ? { statistics: over.statistics } : {};
}

function headersIn(entries: readonly JournalEntry[]): Pick<Phone, 'headers'> {
  const told = entries.map(({ input }) => input).find((input) => input && 'headers' in input);
  return told?.type === 'leg.answered' || told?.type === 'leg.hungUp' ? { headers: told.headers ?? {} } : {};
}

function behaviourOf(entries: readonly JournalEntry[], made: number): Phone {
  const inputs = entries.flatMap(({ at, input }) => (input ? [{ at, input }] : []));
  const find = (type: string) => inputs.find(({ input }) => input.type === type);
  const ringing = find('leg.ringing');
  const answered = find('leg.answered');
  const ended = inputs.find(({ input }) => input.type === 'leg.hungUp');
  const seconds = (from: number, to: number) => Math.max(0, to - from) / 1000;
  const rang = ringing?.at ?? made;
  const after = ringing && ringing.at > made ? { after: seconds(made, ringing.at) } : {};
  const silent = ringing ? {} : { rings: false };
  if (answered) {
    if (ended?.input.type === 'leg.hungUp' && ended.input.by === 'farSide' && ended.at === answered.at)
      return { ...after, ...silent, answers: seconds(rang, answered.at), drops: true };
    const talk = entries.slice(entries.findIndex(({ input }) => input?.type === 'leg.answered'));
    const script = scriptOf(talk, answered.at);
    return { ...after, ...silent, answers: seconds(rang, answered.at), ...(script.length > 0 && { script }) };
  }
  if (ended?.input.type !== 'leg.hungUp' || ended.input.by === 'us') return { ...after, ...silent, answers: false };
  switch (ended.input.cause) {
    case 'busy':
      return { after: seconds(made, ended.at), busy: true };
    case 'rejected':
      return { ...after, rejects: seconds(rang, ended.at) || true };
    case 'invalidNumber':
      return { after: seconds(made, ended.at), invalid: true };
    case 'failed':
      return { after: seconds(made, ended.at), fails: true };
    case 'noAnswer':
      return { ...after, ...silent, answers: false };
    default:
      return { after: seconds(made, ended.at), unreachable: true };
  }
}
