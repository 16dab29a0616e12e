import { startPart } from './part.ts';
import type { ApplicationTasks } from './parts/application.ts';
import type { EngineTasks } from './parts/engine.ts';
const app = startPart<ApplicationTasks>('application');
const engine = startPart<EngineTasks>('engine');
const origin = await app.ask('listen', undefined as never);
for (let i = 0; i < 3; i++) {
const f = await engine.ask('load', { origin, calls: 2500, pace: { atOnce: 128 }});
console.log(2500 / f.ms * 1000, f.completed, f.cpuMs / 2500, await app.ask('counts', undefined as never));
}
await Promise.all([app.close(), engine.close()]);
