/** Menu calls that are held where most calls are most of the time: answered, inside a gather. Needs `--expose-gc`. */
import { realClock, VirtualClock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { createHandler } from '../../src/handler/client.ts';
import type { Transport } from '../../src/http/transport.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { documents, menuCall } from '../menu-call.ts';
import { servePart } from '../part.ts';

export interface Hold {
  calls: number;
}

export interface Held {
  /** Of the heap and beside it, before the calls and with them. */
  before: number;
  after: number;
}

const headers = { 'content-type': 'text/xml; charset=utf-8', date: 'Thu, 01 Jan 2026 00:00:00 GMT' };

/** Answers as an application would, without a socket: fifty thousand calls are to be there within seconds. */
const application: Transport = {
  send: ({ url }, done) => {
    const document = documents[new URL(url).pathname] ?? '';
    const body = Buffer.from(document);
    const answer = setImmediate(() =>
      done({ ok: true, status: 200, headers: { ...headers }, setCookies: [], body, ms: 1 }),
    );
    return { abort: () => clearImmediate(answer) };
  },
};

const key = new Uint8Array(64).fill(7);
const signingKey = () => key;
const clock = realClock;
const callAtOnce = 500;
/** Everybody answers at once; then the telephones' time stands still, and the first prompt goes on for ever. */
const answersAtOnce = { [menuCall('').to]: { answers: 0 } };

async function hold({ calls }: Hold): Promise<Held> {
  const telephones = new VirtualClock();
  const network = createSimulatedNetwork({ clock: telephones, phones: answersAtOnce, audio: everyAudioLasts(2000) });
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, seededRandom(1)),
    network,
    handler: createHandler({ transport: application, clock, dialects, signingKey }),
    store: memoryStore(),
    callbacks: application,
    signingKey,
    route: () => undefined,
  });
  let gathering = 0;
  engine.onEntry(({ output }) => {
    if (output?.type === 'verb.began' && output.verb === 'gather') gathering++;
  });
  const call = menuCall('http://127.0.0.1:1');
  const make = async (count: number) => {
    const wanted = gathering + count;
    for (let n = 0; n < count; n++) engine.create(call);
    await telephones.advance(0);
    while (gathering < wanted || !engine.deliveries.settled()) await new Promise((done) => setImmediate(done));
  };
  await make(callAtOnce);
  const before = await used();
  for (let left = calls; left > 0; left -= callAtOnce) await make(Math.min(callAtOnce, left));
  const after = await used();
  if (engine.live().length !== calls + callAtOnce) throw new Error(`${engine.live().length} calls are held`);
  return { before, after };
}

async function used(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await new Promise((done) => setImmediate(done));
    globalThis.gc?.();
  }
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const tasks = { hold };
export type MemoryTasks = typeof tasks;

servePart(tasks);
