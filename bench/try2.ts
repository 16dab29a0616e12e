import { startPart } from './part.ts';
import type { ReplayTasks } from './parts/replay.ts';
import type { MemoryTasks } from './parts/memory.ts';
const replay = startPart<ReplayTasks>('replay');
for (let i = 0; i < 3; i++) { const r = await replay.ask('replay', { ms: 1500 }); console.log(r.flows / r.cpuMs * 1000, r.flows/r.ms*1000); }
await replay.close();
for (const calls of [2000, 10000, 50000]) {
const m = startPart<MemoryTasks>('memory', ['--expose-gc']);
const t = Date.now();
const r = await m.ask('hold', { calls }); console.log(calls, (r.after - r.before) / calls, r.before, Date.now() - t);
await m.close();
}
