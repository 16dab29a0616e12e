import fc from 'fast-check';
import type { ConferenceAct, ParticipantChange } from '../../src/journal/act.ts';
import { held, muted, type Role, talking } from '../../src/telephony/bridge.ts';
import type { Phone, Script, Step } from '../../src/telephony/simulated/script.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { Program } from '../../src/verbs/verb.ts';
import { roomStream } from './random-details.ts';
import { dial, document_, instruction, meeting, numbers, paths, type Written } from './random-program.ts';
import { url } from './world.ts';

/** Worlds of any kind: programs written by hand, several calls at once, and somebody outside who interferes. */

export type Reply = { program: Written<Program>; ms: number } | { refused: true; ms: number };

/** What somebody outside does to the n-th call that lives, or to two of them. */
export type Deed =
  | { does: 'replace'; program: Written<Program> }
  | { does: 'redirect'; path: string }
  | { does: 'start' | 'transfer'; activity: string; instruction: Written<Instruction> }
  | { does: 'stop'; activity: string }
  | { does: 'bridge'; other: number; role: Role }
  | { does: 'role'; role: Role }
  | { does: 'participant'; change: ParticipantChange }
  | { does: 'conference'; act: ConferenceAct }
  | { does: 'kick' }
  | { does: 'hangUp' | 'answer' | 'unbridge' | 'dequeue' | 'bridgeAlone' };

/** At an instant, or from within the listener that hears the n-th journal entry. */
export type When = { ms: number } | { entry: number };

export interface RandomWorld {
  application: Readonly<Record<(typeof paths)[number], readonly Reply[]>>;
  phones: Readonly<Record<string, Phone>>;
  calls: readonly {
    ms: number;
    incoming: boolean;
    mode: 'document' | 'api';
    whenIdle: number | 'stay' | 'hangUp';
    script: Script;
    records: boolean;
  }[];
  deeds: readonly { when: When; call: number; deed: Deed }[];
  /** When the telephone network dies. */
  fails?: number | undefined;
  /** Whether the store commits late, and much at once. */
  groups: boolean;
  /** What the receiver of callbacks makes of each attempt. */
  receiver: readonly { ok: boolean; ms: number }[];
}

/** Coarse, so that things happen at the same instant. */
const instant = fc.integer({ min: 0, max: 600 }).map((steps) => steps * 50);

const reply: fc.Arbitrary<Reply> = fc.oneof(
  { arbitrary: fc.record({ program: document_, ms: fc.constantFrom(0, 50, 100, 3_000) }), weight: 6 },
  { arbitrary: fc.record({ refused: fc.constant<true>(true), ms: fc.constantFrom(0, 50, 10_000) }), weight: 1 },
);

const role: fc.Arbitrary<Role> = fc.constantFrom(talking, held, muted);
const activity = fc.constantFrom('x', 'y');

const change: fc.Arbitrary<ParticipantChange> = fc.constantFrom<ParticipantChange>(
  { muted: true },
  { muted: false },
  { held: true },
  { held: true, holdFrom: url('/a') },
  { held: false },
  { announce: url('/b') },
  { waitFrom: 'none' },
  { waitFrom: url('/b') },
  { ends: true, beepOnExit: true },
  { coach: null },
);

const conferenceAct: fc.Arbitrary<ConferenceAct> = fc.constantFrom<ConferenceAct>(
  { type: 'end' },
  { type: 'announce', from: url('/b') },
  { type: 'stopFork', name: 'one' },
);

const conferenceDeed: fc.Arbitrary<ConferenceAct> = fc.oneof(
  { arbitrary: conferenceAct, weight: 2 },
  roomStream.map(({ starts: _, ...fork }) => ({ type: 'startFork' as const, fork })),
);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  fc.record({ does: fc.constant('replace' as const), program: document_ }),
  fc.record({ does: fc.constant('redirect' as const), path: fc.constantFrom(...paths) }),
  fc.record({ does: fc.constant('start' as const), activity, instruction }),
  fc.record({ does: fc.constant('transfer' as const), activity, instruction: dial }),
  fc.record({ does: fc.constant('stop' as const), activity }),
  fc.record({ does: fc.constant('bridge' as const), other: fc.nat(4), role }),
  fc.record({ does: fc.constant('role' as const), role }),
  fc.record({ does: fc.constant('participant' as const), change }),
  fc.record({ does: fc.constant('conference' as const), act: conferenceDeed }),
  fc.constant<Deed>({ does: 'kick' }),
  fc.constantFrom<Deed>(
    { does: 'hangUp' },
    { does: 'answer' },
    { does: 'unbridge' },
    { does: 'dequeue' },
    { does: 'bridgeAlone' },
  ),
);

const step: fc.Arbitrary<Step> = fc
  .tuple(
    fc.constantFrom<Step>(
      { press: '1' },
      { press: '12#' },
      { say: 'Yes please.' },
      { hangUp: true },
      { hold: true },
      { resume: true },
      { fax: { pages: 1 } },
    ),
    instant,
  )
  .map(([does, ms]) => ({ ...does, after: ms / 3_000 }));

const script = fc.array(step, { maxLength: 4 });

const phone: fc.Arbitrary<Phone> = fc.oneof(
  {
    arbitrary: fc.record({ answers: fc.integer({ min: 0, max: 90 }).map((tenths) => tenths / 10), script }),
    weight: 4,
  },
  {
    arbitrary: fc.constantFrom<Phone>(
      { answers: false },
      { busy: true },
      { rejects: true },
      { fails: true },
      { drops: true },
      { answers: 1, hangsUp: 5 },
      { answers: 1, fax: { pages: 1 } },
    ),
    weight: 2,
  },
);

const when: fc.Arbitrary<When> = fc.oneof(
  { arbitrary: fc.record({ ms: instant }), weight: 3 },
  { arbitrary: fc.record({ entry: fc.nat(80) }), weight: 1 },
);

export const randomWorld: fc.Arbitrary<RandomWorld> = fc.record({
  application: fc
    .tuple(...paths.map(() => fc.array(reply, { minLength: 1, maxLength: 3 })))
    .map((lists) => Object.fromEntries(paths.map((path, index) => [path, lists[index]!])) as never),
  phones: fc
    .tuple(...numbers.map(() => phone))
    .map((all) => Object.fromEntries(numbers.map((number, index) => [number, all[index]!]))),
  calls: fc.array(
    fc.record({
      ms: fc.constantFrom(0, 0, 50, 1_000),
      incoming: fc.boolean(),
      mode: fc.constantFrom('document', 'document', 'api'),
      whenIdle: fc.constantFrom<number | 'stay' | 'hangUp'>('hangUp', 'stay', 3_000),
      script,
      records: fc.boolean(),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  deeds: fc.array(fc.record({ when, call: fc.nat(4), deed }), { maxLength: 6 }),
  fails: fc.option(instant, { nil: undefined, freq: 9 }),
  groups: fc.boolean(),
  receiver: fc.array(fc.record({ ok: fc.boolean(), ms: fc.constantFrom(10, 5_000) }), { minLength: 1, maxLength: 3 }),
});

const inRooms: fc.Arbitrary<Deed> = fc.oneof(
  { arbitrary: fc.record({ does: fc.constant('participant' as const), change }), weight: 4 },
  { arbitrary: fc.record({ does: fc.constant('conference' as const), act: conferenceDeed }), weight: 1 },
  { arbitrary: fc.constantFrom<Deed>({ does: 'kick' }, { does: 'dequeue' }, { does: 'hangUp' }), weight: 2 },
  { arbitrary: deed, weight: 1 },
);

/** Worlds in which everybody meets somebody. */
export const randomMeeting: fc.Arbitrary<RandomWorld> = fc
  .record({
    world: randomWorld,
    documents: fc.array(fc.record({ program: meeting, ms: fc.constantFrom(0, 50, 100) }), {
      minLength: 3,
      maxLength: 6,
    }),
    scripts: fc.array(script, { minLength: 3, maxLength: 6 }),
    deeds: fc.array(fc.record({ when, call: fc.nat(4), deed: inRooms }), { maxLength: 8 }),
    fails: fc.option(instant, { nil: undefined, freq: 20 }),
  })
  .map(({ world, documents, scripts, deeds, fails }) => ({
    ...world,
    application: { ...world.application, '/voice': documents },
    calls: scripts.map((steps, index) => ({
      ms: 50 * index,
      incoming: true,
      mode: 'document' as const,
      whenIdle: 'hangUp' as const,
      script: steps,
      records: false,
    })),
    deeds,
    fails,
  }));
