import { type Figure, median, rounded } from '../figure.ts';
import { type Dialect, requestsPerCall } from '../menu-call.ts';
import { startPart } from '../part.ts';
import type { BareTasks } from '../parts/bare.ts';
import type { EngineTasks } from '../parts/engine.ts';
import { withApplication } from '../with-application.ts';

/** A fifth of what the engine must be able to take: both sides have time to be idle between requests. */
const perSecond = 100;

const engineCostOf = (name: string, dialect: Dialect): Figure => ({
  name,
  about:
    'CPU of the engine’s process for a menu call, divided by that of bare undici for the same requests at the same times; memory store',
  unit: '×',
  is: 'at most',
  budget: 3,
  aim: 1.5,
  measure: ({ quick }) =>
    withApplication(async (origin, counted) => {
      const engine = startPart<EngineTasks>('engine');
      const bare = startPart<BareTasks>('bare');
      const calls = quick ? 100 : 400;
      const rounds = quick ? { warm: 1, measured: 1, first: 250 } : { warm: 7, measured: 4, first: 3000 };
      const load = { origin, calls, dialect, pace: { perSecond } };
      try {
        await engine.ask('load', { origin, calls: rounds.first, dialect, pace: { atOnce: 100 } });
        const { requests } = await engine.ask('load', { ...load, note: 'requests' });
        // As warm as the engine, and as fast as it can.
        const hurried = requests.map((request) => ({ ...request, at: request.at / 10 }));
        for (let round = 0; round < rounds.warm; round++) await bare.ask('send', { requests: hurried });
        await counted(undefined);
        const ours: number[] = [];
        const theirs: number[] = [];
        for (let round = 0; round < rounds.measured; round++) {
          ours.push((await engine.ask('load', load)).cpuMs / calls);
          await counted(calls);
          theirs.push((await bare.ask('send', { requests })).cpuMs / calls);
          await counted(calls);
        }
        const ratios = ours.map((cpu, round) => cpu / theirs[round]!);
        const raw = {
          'engine µs/call': rounded(median(ours) * 1000),
          'undici µs/call': rounded(median(theirs) * 1000),
          'undici µs/request': rounded((median(theirs) * 1000) / requestsPerCall),
          'calls/s': perSecond,
        };
        return { value: median(ratios), raw };
      } finally {
        await Promise.all([engine.close(), bare.close()]);
      }
    }),
});

export const engineCost = engineCostOf('engine cost', 'voiceml');
export const lamlEngineCost = engineCostOf('LaML engine cost', 'laml');
