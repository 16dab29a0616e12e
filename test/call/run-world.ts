import type { Engine } from '../../src/engine/engine.ts';
import { CallflowError } from '../../src/errors.ts';
import type { Handler } from '../../src/handler/handler.ts';
import type { Transport } from '../../src/http/transport.ts';
import type { Act } from '../../src/journal/act.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import type { CallOptions } from '../../src/records/call.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { talking } from '../../src/telephony/bridge.ts';
import type { Program } from '../../src/verbs/verb.ts';
import { numbers, type Written } from './random-program.ts';
import type { Deed, RandomWorld, Reply } from './random-world.ts';
import { options, url, type World, world } from './world.ts';

/** When everybody outside has done what they do; whoever is still there is hung up. */
const quietMs = 240_000;

export interface Ran extends World {
  store: Store;
  /** What had been journalled when everybody was hung up. */
  quietAt: number;
}

/** Lets a world run to its end, in which some numbers are ours instead of phones. */
export async function run(random: RandomWorld, ours: readonly string[] = []): Promise<Ran> {
  const tags = tagging();
  const store = memoryStore();
  const of: World = world({}, phonesOf(random, ours), {
    ours,
    store: random.groups ? grouping(store, () => of.clock) : store,
    limits: { steps: 200, requests: 30 },
    handler: handlerOf(random, () => of, tags),
    callbacks: receiverOf(random, () => of),
    route: ({ callerName }) => route(random.calls[Number(callerName ?? 0)]!),
  });
  random.calls.forEach((call, index) => {
    of.clock.setTimeout(() => begin(of, call, index), call.ms);
  });
  const due = random.deeds.map(({ when, call, deed }) => ({
    when,
    done: false,
    act: () => does(of, call, deed, tags),
  }));
  for (const one of due) if ('ms' in one.when) of.clock.setTimeout(one.act, one.when.ms);
  let heard = 0;
  of.engine.onEntry(() => {
    heard++;
    for (const one of due)
      if (!one.done && 'entry' in one.when && one.when.entry < heard) {
        one.done = true;
        one.act();
      }
  });
  const journal: JournalEntry[] = [];
  of.engine.onEntry((entry) => journal.push(entry));
  if (random.fails !== undefined) of.clock.setTimeout(() => of.network.fail(), random.fails);
  await of.clock.advance(quietMs);
  const quietAt = journal.length;
  for (const call of of.engine.live()) of.engine.act(call, { type: 'act.hangUp' });
  await of.clock.run();
  return { ...of, journal, store, quietAt };
}

const phonesOf = ({ phones }: RandomWorld, ours: readonly string[]): RandomWorld['phones'] =>
  Object.fromEntries(Object.entries(phones).filter(([number]) => !ours.includes(number)));

/** A store that takes a while for each batch, and gathers what happens meanwhile. */
const grouping = (store: Store, clock: () => World['clock']): Store => ({
  ...store,
  commit: (take, committed) => {
    clock().setTimeout(() => store.commit(take, committed), 20);
  },
});

const tagging = () => {
  let tag = 0;
  return () => `#${++tag}`;
};

const optionsOf = ({ whenIdle, records, mode }: RandomWorld['calls'][number]): CallOptions => ({
  ...options(...(mode === 'api' ? [] : ['/voice', '/a'])),
  ringMs: 5_000,
  whenIdle,
  stateCallback: url('/state'),
  ...(records && {
    sendDigits: '1w',
    maxMs: 20_000,
    machineDetection: {
      until: 'greeting',
      when: whenIdle === 'stay' ? 'beside' : 'before',
      timeoutMs: 3_000,
      speechMs: 1_000,
      speechEndMs: 500,
      silenceMs: 2_000,
      partialResults: true,
    },
    recording: { trigger: 'answer', channels: 2, trim: false, transcribe: true, recordingReady: url('/hook') },
  }),
});

const route = (call: RandomWorld['calls'][number]) =>
  ({ project: 'demo', dialect: 'voiceml', mode: call.mode, options: optionsOf(call) }) as const;

function begin({ engine, network }: World, call: RandomWorld['calls'][number], index: number): void {
  const [to, from] = [numbers[index % numbers.length]!, '+61255501234'];
  if (!call.incoming) engine.create({ ...route(call), to, from });
  else
    network.callIn(
      { to, from, transport: call.records ? 'SIP' : 'PSTN', callerName: String(index) },
      { script: call.script },
    );
}

function handlerOf({ application }: RandomWorld, of: () => World, tags: () => string): Handler {
  const asked: Record<string, number> = {};
  return {
    forget: () => {},
    ask: ({ urls }, { answered }) => {
      const path = new URL(urls[0]!.url).pathname as '/voice';
      const replies = application[path];
      const count = asked[path] ?? 0;
      asked[path] = count + 1;
      const reply: Reply = replies[Math.min(count, replies.length - 1)]!;
      const tag = tags();
      const timer = of().clock.setTimeout(
        () =>
          answered(
            'program' in reply
              ? { type: 'program', program: reply.program(tag) }
              : { type: 'refused', code: 'HANDLER_UNAVAILABLE', reason: 'no' },
          ),
        reply.ms,
      );
      return { cancel: () => of().clock.clearTimeout(timer) };
    },
  };
}

function receiverOf({ receiver }: RandomWorld, of: () => World): Transport {
  let sent = 0;
  return {
    send: (_request, done) => {
      const { ok, ms } = receiver[sent++ % receiver.length]!;
      const timer = of().clock.setTimeout(
        () =>
          done(
            ok
              ? { ok, status: 200, headers: {}, setCookies: [], body: new Uint8Array(), ms }
              : { ok, code: 'HANDLER_REFUSED', reason: 'no', bytes: 0, ms },
          ),
        ms,
      );
      return { abort: () => of().clock.clearTimeout(timer) };
    },
  };
}

function does({ engine }: World, index: number, deed: Deed, tags: () => string): void {
  const live = engine.live();
  const call = live[index % Math.max(1, live.length)];
  if (call === undefined) return;
  if (deed.does === 'bridge') {
    const other = live[deed.other % live.length]!;
    engine.bridge([{ call }, { call: other, role: deed.role }]);
  } else if (deed.does === 'conference') {
    for (const { id } of engine.conferences.find({ project: 'demo', limit: 9, state: 'inProgress' }))
      attempt(() => engine.conferences.act('demo', id, deed.act));
  } else engine.act(call, actOf(deed, engine, tags));
}

/** The store may not have heard that it has ended. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof CallflowError) || error.code !== 'CONFERENCE_OVER') throw error;
  }
}

function actOf(deed: Exclude<Deed, { does: 'bridge' | 'conference' }>, engine: Engine, tags: () => string): Act {
  switch (deed.does) {
    case 'replace':
      return { type: 'act.replace', program: replacing(deed.program, tags()) };
    case 'redirect':
      return { type: 'act.redirect', urls: [url(`${deed.path}${tags()}`)] };
    case 'start':
    case 'transfer':
      return { type: `act.${deed.does}`, activity: deed.activity, instruction: deed.instruction(`beside ${tags()}`) };
    case 'stop':
      return { type: 'act.stop', activity: deed.activity };
    case 'participant':
      return { type: 'act.participant', change: deed.change };
    case 'role':
      return { type: 'act.role', role: deed.role };
    case 'dequeue':
      return { type: 'act.dequeue', reason: engine.live().length > 1 ? 'bridged' : 'left' };
    case 'bridgeAlone':
      return { type: 'act.bridge', bridge: 'alone', role: talking };
    default:
      return { type: `act.${deed.does}` };
  }
}

const replacing = (written: Written<Program>, tag: string): Program => ({ ...written(tag), url: tag });

export type Fact = NonNullable<JournalEntry['input'] | JournalEntry['output']>;

/** What one call has heard and done. */
export const factsOf = (journal: readonly JournalEntry[], subject: string): Fact[] =>
  journal.filter((entry) => entry.subject === subject).map(({ input, output }) => (input ?? output)!);
