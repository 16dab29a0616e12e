import { type Clock, VirtualClock } from '../../src/clock.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import type { Engine, EngineOptions } from '../../src/engine/engine.ts';
import type { Handler } from '../../src/handler/handler.ts';
import { createTills } from '../../src/handler/till.ts';
import type { Transport } from '../../src/http/transport.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import type { Answer, JournalEntry } from '../../src/journal/journal.ts';
import type { CallOptions } from '../../src/records/call.ts';
import type { FlowStream } from '../../src/replay/flow.ts';
import { scriptedStreams } from '../../src/replay/scripted-streams.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork, type SimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';
import { connectorsOf } from '../../src/vendors/index.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import type { HandlerUrl, Program, Result } from '../../src/verbs/verb.ts';

export const url = (path: string): HandlerUrl => ({ url: `https://app.example${path}`, method: 'POST' });

export const program = (...instructions: readonly Instruction[]): Program => ({
  url: 'https://app.example/voice',
  purpose: 'main',
  instructions,
});

export const say = (text: string): Instruction => ({ verb: 'play', answers: true, sounds: [{ type: 'speech', text }] });

export const options = (...urls: readonly string[]): CallOptions => ({ handlerUrls: urls.map(url), ringMs: 30_000 });

/** What an application answers: by path, a program, or how to make one from what the call has found out. */
export type Application = Readonly<Record<string, Program | ((result: Result) => Program | undefined)>>;

/** Servers of streams: one that stays, one that talks and closes, one that is not there, one that cannot be. */
export const streamUrls = ['wss://ears.example/', 'wss://bot.example/', 'wss://nobody.example/', 'nothing'] as const;

const servers: Readonly<Record<string, FlowStream>> = {
  'wss://ears.example/': { after: 0.5 },
  'wss://bot.example/': {
    script: [
      { play: 3, mark: 'a' },
      { after: 1, clear: true },
      { marked: 'a', closes: true },
    ],
  },
};

/** Everything around an engine, in virtual time, with programs written by hand. */
export interface World {
  clock: VirtualClock;
  network: SimulatedNetwork;
  engine: Engine;
  journal: JournalEntry[];
  asked: { path: string; result: Result }[];
}

export function world(
  application: Application,
  phones: Readonly<Record<string, Phone>> = {},
  {
    clock = new VirtualClock(),
    ours = [],
    ...more
  }: Partial<Omit<EngineOptions, 'clock'>> & { clock?: VirtualClock; ours?: readonly string[] } = {},
): World {
  const random = seededRandom(1);
  const network = createSimulatedNetwork({
    clock,
    phones,
    audio: everyAudioLasts(1000),
    isOurs: (to) => ours.includes(to),
    servers: scriptedStreams(clock, servers),
  });
  const asked: World['asked'] = [];
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, random),
    network,
    handler: handlerOf(application, asked, clock),
    store: memoryStore(),
    tills: createTills({ clock, transport: noCallbacks, connectorsOf }),
    callbacks: noCallbacks,
    signingKey: () => new Uint8Array(64),
    route: () => ({ project: 'demo', dialect: 'voiceml', options: options('/voice') }),
    ...more,
  });
  const journal: JournalEntry[] = [];
  engine.onEntry((entry) => journal.push(entry));
  return { clock, network, engine, journal, asked };
}

const noCallbacks: Transport = {
  send: () => {
    throw new Error('this world owes nobody a callback');
  },
};

function handlerOf(application: Application, asked: World['asked'], clock: Clock): Handler {
  return {
    forget: () => {},
    // A document that is given is the path of a program here.
    programOf: ({ options: given }) => {
      const entry = application[given?.document ?? ''];
      return typeof entry === 'function' ? undefined : entry;
    },
    ask: ({ urls, result }, { answered }) => {
      const path = urls[0] ? new URL(urls[0].url).pathname : '';
      asked.push({ path, result });
      const entry = application[path];
      const found = typeof entry === 'function' ? entry(result) : entry;
      const answer: Answer = found
        ? { type: 'program', program: found }
        : { type: 'refused', code: 'HANDLER_UNAVAILABLE', reason: `nothing at ${path}` };
      const timer = clock.setTimeout(() => answered(answer), 50);
      return { cancel: () => clock.clearTimeout(timer) };
    },
  };
}

/** What happened, a word or two each: for tests that look at order. */
export function told(journal: readonly JournalEntry[], ...types: readonly string[]): string[] {
  return journal
    .filter(({ input, output }) => types.includes((input ?? output)!.type))
    .map(({ input, output }) => {
      const event = (input ?? output)! as { type: string } & Record<string, unknown>;
      return [event.type, event.state ?? event.verb ?? event.digit, event.outcome].filter(Boolean).join(' ');
    });
}
