import { type Figure, median, rounded } from '../figure.ts';
import { type Dialect, requestsPerCall } from '../menu-call.ts';
import { startPart } from '../part.ts';
import type { BareTasks } from '../parts/bare.ts';
import type { EngineTasks } from '../parts/engine.ts';
import { withApplication } from '../with-application.ts';

/** A fifth of what the engine must be able to take: both sides have time to be idle between requests. */
const perSecond = 100;
/** How much faster calls come while both sides get warm. */
const hurry = 4;

const engineCostOf = (name: string, dialect: Dialect, store: 'memory' | 'sqlite'): Figure => ({
  name,
  about: `CPU of the engine’s process for a menu call, divided by that of bare undici for the same requests at the same times; ${store === 'memory' ? 'memory store' : 'in a data file'}`,
  unit: '×',
  is: 'at most',
  budget: 3,
  aim: 1.5,
  measure: ({ quick }) =>
    withApplication(async (origin, counted) => {
      const engine = startPart<EngineTasks>('engine');
      const bare = startPart<BareTasks>('bare');
      const calls = quick ? 100 : 400;
      const rounds = quick ? { warm: 1, measured: 1 } : { warm: 16, measured: 5 };
      const load = { origin, calls, dialect, store, pace: { perSecond } };
      try {
        const { requests } = await engine.ask('load', { ...load, note: 'requests' });
        const hurried = requests.map((request) => ({ ...request, at: request.at / hurry }));
        const faster = { ...load, calls: calls * rounds.warm, pace: { perSecond: perSecond * hurry } };
        const warmBare = async () => {
          for (let round = 0; round < rounds.warm; round++) await bare.ask('send', { requests: hurried });
        };
        await Promise.all([engine.ask('load', faster), warmBare()]);
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

export const engineCosts: readonly Figure[] = [
  engineCostOf('engine cost', 'voiceml', 'memory'),
  engineCostOf('engine cost, SQLite', 'voiceml', 'sqlite'),
  engineCostOf('LaML engine cost', 'laml', 'memory'),
  engineCostOf('LaML engine cost, SQLite', 'laml', 'sqlite'),
];
