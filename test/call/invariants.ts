import { expect } from 'vitest';
import type { JournalEntry } from '../../src/journal/journal.ts';
import type { Replay } from '../../src/replay/replay.ts';

const final = new Set(['completed', 'failed', 'notAnswered', 'busy', 'rejected', 'canceled']);

const of = (journal: readonly JournalEntry[], subject: string) =>
  journal.filter((entry) => entry.subject === subject).map(({ input, output }) => (input ?? output)!);

/** What holds for every call, whatever the documents, the people and the application did. */
export function expectInvariants({ journal, calls }: Replay): void {
  for (const { id, createTime, endTime } of calls) {
    const events = of(journal, id);
    expectOneEnd(events);

    const asked = events.filter(({ type }) => type === 'handler.asked').length;
    expect(asked).toBeLessThanOrEqual(101 + ((endTime ?? createTime) - createTime) / 1000);

    expectCommandsToEnd(events);
    expectCallbacksInOrder(events);
  }
}

/** What the application may still be told when the call is over. */
const farewells = new Set(['conferred', 'dequeued', 'dialed', 'paid', 'recorded', 'referred']);

/** One final state, and nothing of the leg, and nothing asked but farewells, after its end. */
export function expectOneEnd(
  events: readonly { type: string; state?: string; result?: { type: string } | undefined }[],
): void {
  const states = events.flatMap(({ type, state }) => (type === 'call.changed' ? [state!] : []));
  expect(states.filter((state) => final.has(state))).toHaveLength(1);
  expect(final.has(states.at(-1)!)).toBe(true);

  const hungUp = events.findIndex(({ type }) => type === 'leg.hungUp');
  const isFarewell = ({ type, result }: { type: string; result?: { type: string } | undefined }) =>
    type === 'handler.asked' && farewells.has(result?.type ?? '');
  const after = hungUp < 0 ? [] : events.slice(hungUp + 1).filter((event) => !isFarewell(event));
  const later = after.map(({ type }) => type);
  const ofLeg = (type: string) => type === 'commanded' || type === 'handler.asked' || type.startsWith('leg.');
  expect(later.filter(ofLeg)).toEqual([]);
  const end = events.findIndex(({ type, state }) => type === 'call.changed' && final.has(state!));
  expect(events.slice(end + 1).filter(({ type }) => type === 'timer')).toEqual([]);
}

/** Every command with an id ends once, or its leg does. */
export function expectCommandsToEnd(events: readonly { type: string }[]): void {
  const ends = events.flatMap((event) =>
    ['leg.done', 'leg.stopped', 'leg.failed'].includes(event.type) && 'id' in event ? [event.id] : [],
  );
  expect(new Set(ends).size).toBe(ends.length);
}

/** None is missing, and first attempts start in the order in which they were owed, receiver by receiver. */
export function expectCallbacksInOrder(events: readonly { type: string }[]): void {
  const owed = (events as { type: string; url?: string; delivery?: string; number?: number }[]).filter(
    ({ type }) => type === 'callback.owed',
  );
  const tried = (events as { type: string; delivery?: string; number?: number }[]).filter(
    ({ type, number }) => type === 'callback.attempted' && number === 1,
  );
  for (const url of new Set(owed.map((one) => one.url))) {
    const expected = owed.filter((one) => one.url === url).map(({ delivery }) => delivery);
    const found = tried.filter(({ delivery }) => expected.includes(delivery)).map(({ delivery }) => delivery);
    expect([...new Set(found)]).toEqual(expected);
  }
  const owedStates = owed.filter(({ url }) => url?.endsWith('/state')).length;
  const changes = (events as { type: string; state?: string; record?: { createMethod: string } }[]).filter(
    ({ type, state, record }) =>
      (type === 'call.changed' && state !== 'queued') ||
      (type === 'call.created' && record?.createMethod === 'incomingCall'),
  ).length;
  if (owedStates > 0) expect(owedStates).toBe(changes);
}
