import type { Found } from './finding.ts';
import type { Doing, Followed } from './following.ts';
import type { Step } from './walk.ts';

/** So long nobody stays on a line that has gone dead. */
const patienceMs = 20_000;
/** So long somebody thinks about what they were asked. */
const thinkingMs = 60_000;

/** Whoever is in one of these is not waiting for the application: they speak, think, or know that they wait. */
const busyWith = new Set([
  'record',
  'dial',
  'conference',
  'enqueue',
  'dequeue',
  'connect',
  'echo',
  'receiveFax',
  'refer',
]);

type Span = readonly [from: number, to: number];

/** The times in a step in which the caller hears nothing and is asked nothing. */
export function leftInSilence(step: Step, caller: Followed, asked: readonly Doing[]): Found[] {
  const { answerTime, endTime, createTime } = caller.record;
  if (answerTime === undefined) return [];
  const from = Math.max(step.began, answerTime - createTime);
  const to = Math.min(step.ended, endTime === undefined ? step.ended : endTime - createTime);
  const sounds = (step.heard.get('caller') ?? []).map(({ at, ms }): Span => [at, at + ms]);
  const [busy, asking] = spansOf(step, caller, asked);
  const silence = longest([...sounds, ...busy, ...asking], from, to);
  if (silence > patienceMs) return [left(`the caller hears nothing for ${Math.round(silence / 1000)} s`)];
  const thinking = longest([...sounds, ...busy], from, to);
  if (thinking > thinkingMs && asking.length > 0)
    return [left(`the caller is asked for something, and then nothing is heard for ${Math.round(thinking / 1000)} s`)];
  return [];
}

const left = (message: string): Found => ({ kind: 'leftInSilence', message });

/** When the caller was busy, and when they were being asked. */
function spansOf({ entries, began, ended }: Step, { id, record }: Followed, asked: readonly Doing[]): [Span[], Span[]] {
  const busy: Span[] = [];
  const asking: Span[] = [];
  const open = asked.map(({ verb }) => ({ verb: verb as string, from: began }));
  const close = (one: { verb: string; from: number } | undefined, to: number) => {
    if (!one) return;
    if (busyWith.has(one.verb)) busy.push([one.from, to]);
    if (one.verb === 'gather') asking.push([one.from, to]);
  };
  for (const { output, at, subject } of entries) {
    if (subject !== id) continue;
    const now = at - record.createTime;
    if (output?.type === 'verb.began' && output.activity === undefined) open.push({ verb: output.verb, from: now });
    if (output?.type === 'verb.ended' && output.activity === undefined) close(open.pop(), now);
  }
  for (const one of open) close(one, ended);
  return [busy, asking];
}

/** The longest time between `from` and `to` that no span covers. */
function longest(spans: readonly Span[], from: number, to: number): number {
  let most = 0;
  let at = from;
  for (const [begin, end] of [...spans].sort((one, other) => one[0] - other[0])) {
    most = Math.max(most, Math.min(begin, to) - at);
    at = Math.max(at, end);
  }
  return Math.max(most, to - at);
}
