import { expect } from 'vitest';
import type { CallRecord } from '../../src/records/call.ts';
import { expectCallbacksInOrder, expectCommandsToEnd, expectOneEnd } from './invariants.ts';
import { type Fact, factsOf, type Ran } from './run-world.ts';

/** What holds for every engine and its calls, whatever programs, people, applications and APIs did. */
export function expectWorldInvariants(ran: Ran): void {
  const { engine, clock, network, journal, store } = ran;
  expect(journal.findIndex(({ seq }, index) => seq !== index)).toBe(-1);
  const kept = [...store.journal()];
  expect(kept.length).toBe(journal.length);
  expect(kept.findIndex((entry, index) => entry !== journal[index])).toBe(-1);
  expect(problems(journal.map(({ input, output }) => (input ?? output)!))).not.toContain('CALL_INTERNAL');
  const all = Map.groupBy(journal, ({ subject }) => subject);
  const early = Map.groupBy(journal.slice(0, ran.quietAt), ({ subject }) => subject);
  for (const record of store.calls())
    expectCallInvariants(
      ran,
      record,
      factsOf(all.get(record.id) ?? [], record.id),
      factsOf(early.get(record.id) ?? [], record.id),
    );
  expectRecords(ran);
  expectConferencesToEnd(ran);
  expectForksToEnd(ran);
  expect(engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
  expect({ timers: clock.pending, legs: network.live, owed: engine.deliveries.owed }).toEqual({
    timers: 0,
    legs: 0,
    owed: 0,
  });
}

const problems = (facts: readonly Fact[]) => facts.flatMap((fact) => (fact.type === 'problem' ? [fact.code] : []));

function expectCallInvariants(
  { store }: Ran,
  record: CallRecord,
  facts: readonly Fact[],
  quiet: readonly Fact[],
): void {
  expectOneEnd(facts);
  expectCommandsToEnd(facts);
  expectCallbacksInOrder(facts);
  expectPairs(facts);
  expectNothingStale(facts);
  expectNothingForgotten(quiet);
  expectReasonToStay(quiet, record);
  expectReasonToWait(quiet);
  const [last] = facts.flatMap((fact) => (fact.type === 'call.changed' ? [fact.record] : [])).slice(-1);
  expect(store.call(record.id)).toEqual(last);
}

/** What begins ends, once, before it begins again. */
function expectPairs(facts: readonly Fact[]): void {
  const count = (type: Fact['type']) => facts.filter((fact) => fact.type === type).length;
  expect(count('verb.ended')).toBe(count('verb.began'));
  expect(count('program.ended')).toBe(count('program.began'));
  for (const where of ['queue', 'bridge'] as const) {
    let within: string | undefined;
    for (const fact of facts) {
      const place = where in fact ? (fact as Record<string, unknown>)[where] : undefined;
      if (fact.type === `${where}.entered`) {
        if (where === 'queue') expect(within).toBeUndefined();
        within = String(place);
      }
      if (fact.type === `${where}.left`) {
        expect(place).toBe(within);
        within = undefined;
      }
    }
    expect(within).toBeUndefined();
  }
}

/** A program that was replaced says nothing more; what was begun beside it, or by a call that whispers here, does. */
function expectNothingStale(facts: readonly Fact[]): void {
  let replacedBy = 0;
  for (const fact of facts) {
    if (fact.type === 'act.replace') replacedBy = tagIn(fact.program.url);
    if (fact.type === 'act.redirect') replacedBy = tagIn(fact.urls[0]!.url);
    if (fact.type !== 'commanded' || fact.command.type !== 'play') continue;
    for (const sound of fact.command.sounds)
      if (sound.type === 'speech' && /^#.*(hello|line|moment)$/.test(sound.text))
        expect(tagIn(sound.text)).toBeGreaterThanOrEqual(replacedBy);
  }
}

const tagIn = (text: string) => Number(/#(\d+)/.exec(text)?.[1]);

/** What goes on for the call itself, and not for a verb: its recordings, what goes elsewhere, who has answered. */
function ofTheCall(fact: Fact): string | undefined {
  if (fact.type === 'fork.changed' && !fact.record.bothWays) return fact.record.id;
  if (fact.type === 'recording.began' && /^(call|api)$/.test(fact.record.source)) return fact.record.id;
  if (fact.type !== 'commanded') return undefined;
  const { command } = fact;
  return command.type === 'detectMachine' || command.type === 'sendDigits' ? command.id : undefined;
}

/** Whatever was begun by a verb that is over has ended. */
function expectNothingForgotten(facts: readonly Fact[]): void {
  if (facts.some(({ type }) => type === 'leg.hungUp')) return;
  const verbs = facts.filter(({ type }) => type === 'verb.began').length;
  if (facts.filter(({ type }) => type === 'verb.ended').length < verbs) return;
  const open = new Set<string>();
  const goesOn = new Set<string>();
  for (const fact of facts) {
    const lasting = ofTheCall(fact);
    if (lasting !== undefined) goesOn.add(lasting);
    if (fact.type === 'commanded' && 'id' in fact.command && fact.command.type !== 'stop') open.add(fact.command.id);
    if (fact.type === 'leg.done' || fact.type === 'leg.stopped' || fact.type === 'leg.failed') open.delete(fact.id);
  }
  expect([...open].filter((id) => !goesOn.has(id))).toEqual([]);
}

/** Nobody is kept on the line for nothing: a child may be, until somebody says what becomes of it. */
function expectReasonToStay(facts: readonly Fact[], { createMethod, options }: CallRecord): void {
  const count = (...types: Fact['type'][]) => facts.filter(({ type }) => types.includes(type)).length;
  if (facts.length === 0 || count('leg.hungUp') > 0 || createMethod === 'parentCall' || options?.whenIdle === 'stay')
    return;
  const ended = facts.some((fact) => fact.type === 'call.changed' && fact.record.endTime !== undefined);
  const busy = count('verb.began') > count('verb.ended') || count('bridge.entered') > count('bridge.left');
  const waits = facts.every(({ type }) => type !== 'leg.answered');
  const asks = facts.findLast(({ type }) => type.startsWith('handler.'))?.type === 'handler.asked';
  expect(ended || busy || waits || asks).toBe(true);
}

/** A call is in a queue for as long as a verb waits there. */
function expectReasonToWait(facts: readonly Fact[]): void {
  const waiting = facts.findLast(({ type }) => type === 'queue.entered' || type === 'queue.left');
  const verbs = facts.flatMap((fact) =>
    fact.type === 'verb.began' || fact.type === 'verb.ended' ? [fact.verb === 'enqueue' && fact.type] : [],
  );
  const count = (type: Fact['type']) => verbs.filter((verb) => verb === type).length;
  const waits = waiting?.type === 'queue.entered';
  const works = count('verb.began') > count('verb.ended');
  if (waits) expect(works).toBe(true);
  if (works && !waits) expect(facts.findLast(({ type }) => type.startsWith('bridge.'))?.type).toBe('bridge.entered');
}

/** Every conference ends, its events are counted without a gap, and nobody is in it any more. */
function expectConferencesToEnd({ journal, store }: Ran): void {
  expect([...store.unendedConferences()]).toEqual([]);
  const of = Map.groupBy(
    journal.flatMap(({ output }) => (output?.type === 'conference.event' ? [output] : [])),
    ({ record }) => record.id,
  );
  for (const [conference, events] of of) {
    expect(events.map(({ number }) => number)).toEqual(events.map((_, index) => index + 1));
    const types = events.map(({ event }) => event.type);
    expect([types[0], types.at(-1), types.filter((type) => type === 'end').length]).toEqual(['join', 'end', 1]);
    const count = (type: string) => types.filter((other) => other === type).length;
    expect([count('leave'), count('speechStop')]).toEqual([count('join'), count('speechStart')]);
    expect(store.conference(conference)).toEqual(events.at(-1)!.record);
    const query = { project: 'demo', conference, limit: 10_000 };
    expect(store.findParticipants({ ...query, state: 'inProgress' })).toEqual([]);
    expect(store.findParticipants(query)).toHaveLength(count('join'));
  }
}

/** What goes elsewhere ends once, in one way, and nothing of it is owed any more. */
function expectForksToEnd({ journal, store }: Ran): void {
  const changes = journal.flatMap(({ output }) => (output?.type === 'fork.changed' ? [output.record] : []));
  for (const [, records] of Map.groupBy(changes, ({ id }) => id)) {
    const states = records.map(({ state }) => state).join(' ');
    expect(states).toMatch(/^(starting )?(started )?(stopped|failed)$/);
    expect(records.map(({ count }) => count)).toEqual(records.map(({ count }) => count).sort((a, b) => a - b));
  }
  expect([...store.deliveries('owed')].filter(({ debt }) => debt === 'fork')).toEqual([]);
}

/** What is kept is what was last journalled. */
function expectRecords({ journal, store }: Ran): void {
  for (const recording of store.recordings()) {
    const [last] = journal.flatMap(({ output }) =>
      output?.type === 'recording.ended' && output.record.id === recording.id ? [output.record] : [],
    );
    expect(recording).toEqual(last);
  }
}
