import { type Figure, median, rounded } from '../figure.ts';
import { requestsPerCall } from '../menu-call.ts';
import { startPart } from '../part.ts';
import type { EngineTasks } from '../parts/engine.ts';
import { withApplication } from '../with-application.ts';

/** How many calls are under way at any time. */
const atOnce = 200;

export const flowRate: Figure = {
  name: 'flow rate',
  about: 'menu calls a second, the application on the same cores, every document and callback counted',
  unit: 'calls/s',
  is: 'at least',
  budget: 500,
  aim: 1000,
  measure: ({ quick }) =>
    withApplication(async (origin, counted) => {
      const engine = startPart<EngineTasks>('engine');
      const rates: number[] = [];
      const cpu: number[] = [];
      try {
        for (let round = 0; round < (quick ? 2 : 5); round++) {
          const calls = quick ? 300 : 2000;
          const { ms, cpuMs, completed } = await engine.ask('load', { origin, calls, pace: { atOnce } });
          await counted(calls);
          if (completed !== calls) throw new Error(`${completed} of ${calls} calls came to a normal end`);
          if (round === 0) continue;
          rates.push((calls * 1000) / ms);
          cpu.push((cpuMs * 1000) / calls);
        }
      } finally {
        await engine.close();
      }
      const value = median(rates);
      const raw = {
        'requests/s': rounded(value * requestsPerCall),
        'engine µs/call': rounded(median(cpu)),
        'calls at once': atOnce,
      };
      return { value, raw };
    }),
};
