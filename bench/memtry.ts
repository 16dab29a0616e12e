import v8 from 'node:v8';
import { realClock, VirtualClock } from '../src/clock.ts';
import { dialects } from '../src/dialects/index.ts';
import { createEngine } from '../src/engine.ts';
import { createHandler } from '../src/handler/client.ts';
import type { Transport } from '../src/http/transport.ts';
import { createIds, seededRandom } from '../src/ids.ts';
import { memoryStore } from '../src/store/memory/memory-store.ts';
import { everyAudioLasts } from '../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../src/telephony/simulated/network.ts';
import { documents, menuCall } from './menu-call.ts';
const mode = process.argv[2] ?? '';
const calls = 2000;
const headers = { 'content-type': 'text/xml; charset=utf-8', date: 'Thu, 01 Jan 2026 00:00:00 GMT' };
const application: Transport = {
  send: ({ url }, done) => {
    const document = documents[new URL(url).pathname] ?? '';
    const body = Buffer.from(document);
    const answer = setImmediate(() => done({ ok: true, status: 200, headers: { ...headers }, setCookies: [], body, ms: 1 }));
    return { abort: () => clearImmediate(answer) };
  },
};
const key = new Uint8Array(64).fill(7);
const signingKey = () => key;
const clock = realClock;
const base = menuCall('http://127.0.0.1:1');
const { stateCallback: _, ...opts } = base.options;
const call = mode.includes('callbacks') ? base : { ...base, options: opts };
const none = new Map();
const store = mode.includes('nostore') ? { ...memoryStore(), commit: (take: any, c: any) => { take(); c(); }, delivery: () => undefined, deliveries: () => [] } as never : memoryStore();
const telephones = new VirtualClock();
const network = createSimulatedNetwork({ clock: telephones, phones: { [base.to]: { answers: 0 } }, audio: everyAudioLasts(2000) });
const engine = createEngine({ clock, ids: createIds(clock.now, seededRandom(1)), network,
  handler: createHandler({ transport: application, clock, dialects, signingKey }), store, callbacks: application, signingKey, route: () => undefined });
let gathering = 0;
engine.onEntry(({ output }) => { if (output?.type === 'verb.began' && output.verb === 'gather') gathering++; });
const make = async (count: number) => {
  const wanted = gathering + count;
  for (let n = 0; n < count; n++) engine.create(call);
  await telephones.advance(0);
  while (gathering < wanted || !engine.deliveries.settled()) await new Promise((done) => setImmediate(done));
};
const used = async () => { for (let i = 0; i < 3; i++) { await new Promise((d) => setImmediate(d)); (globalThis as any).gc(); } const m = process.memoryUsage(); return m.heapUsed + m.external; };
await make(500);
const before = await used();
if (mode.includes('snap')) v8.writeHeapSnapshot('/tmp/before.heapsnapshot');
for (let i = 0; i < calls; i += 500) await make(500);
const after = await used();
console.log(mode, (after - before) / calls);
if (mode.includes('snap')) v8.writeHeapSnapshot('/tmp/after.heapsnapshot');
process.exit();
