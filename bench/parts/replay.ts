/** The menu call as a flow, in virtual time, with a scripted application: one process, one core. */
import { prepare } from '../../src/replay/replay.ts';
import { callbacksPerCall, type Dialect, documentsPerCall, menuFlows } from '../menu-call.ts';
import { servePart } from '../part.ts';

export interface Flows {
  /** For how long flows are run, in milliseconds. */
  ms: number;
  dialect: Dialect;
}

export interface Replayed {
  flows: number;
  ms: number;
  cpuMs: number;
}

async function replay({ ms, dialect }: Flows): Promise<Replayed> {
  const flow = prepare(menuFlows[dialect]);
  const begin = performance.now();
  const cpu = process.cpuUsage();
  let flows = 0;
  while (performance.now() - begin < ms) {
    const { requests, callbacks, calls } = await flow.run();
    const whole = requests.length === documentsPerCall && callbacks.length === callbacksPerCall;
    if (!whole || calls.some(({ state }) => state !== 'completed'))
      throw new Error('the flow did not run as it should');
    flows++;
  }
  const used = process.cpuUsage(cpu);
  return { flows, ms: performance.now() - begin, cpuMs: (used.user + used.system) / 1000 };
}

const tasks = { replay };
export type ReplayTasks = typeof tasks;

servePart(tasks);
