import { startPart } from './part.ts';
import type { ApplicationTasks } from './parts/application.ts';
import type { EngineTasks } from './parts/engine.ts';
import type { BareTasks } from './parts/bare.ts';
const app = startPart<ApplicationTasks>('application');
const engine = startPart<EngineTasks>('engine');
const bare = startPart<BareTasks>('bare');
const origin = await app.ask('listen', undefined as never);
console.log(origin);
for (const rate of [50, 250, 500]) {
const calls = rate * 2;
let r = await engine.ask('load', { origin, calls, pace: { perSecond: rate }, note: 'requests' });
console.log({ ...r, requests: r.requests.length, delays: 0 }, await app.ask('counts', undefined as never));
const requests = r.requests;
for (let i = 0; i < 3; i++) {
  const e = await engine.ask('load', { origin, calls, pace: { perSecond: rate }});
  await app.ask('counts', undefined as never)
  const b = await bare.ask('send', { requests });
  await app.ask('counts', undefined as never)
  console.log(rate, e.cpuMs / calls, b.cpuMs / calls, e.cpuMs / b.cpuMs);
}
}
const f = await engine.ask('load', { origin, calls: 3000, pace: { atOnce: 128 }});
console.log(3000 / f.ms * 1000, f.completed, f.cpuMs / 3000, await app.ask('counts', undefined as never));
const d = await engine.ask('load', { origin, calls: 1000, pace: { perSecond: 250 }, note: 'delays'});
const p = (xs: number[], q: number) => xs.sort((a, b) => a - b)[Math.floor(xs.length * q)];
console.log(d.delays.received.length, p(d.delays.received, .5), p(d.delays.received, .99), p(d.delays.sent, .5), p(d.delays.sent, .99));
await Promise.all([app.close(), engine.close(), bare.close()]);
