import { startPart } from './part.ts';
import type { ReplayTasks } from './parts/replay.ts';
const replay = startPart<ReplayTasks>('replay');
for (let i = 0; i < 4; i++) { const r = await replay.ask('replay', { ms: 2500 }); console.log(r.flows / r.cpuMs * 1000, r.flows/r.ms*1000); }
await replay.close();
