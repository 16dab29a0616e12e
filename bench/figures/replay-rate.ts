import { type Figure, median, rounded } from '../figure.ts';
import type { Dialect } from '../menu-call.ts';
import { startPart } from '../part.ts';
import type { ReplayTasks } from '../parts/replay.ts';

const replayRateOf = (name: string, dialect: Dialect): Figure => ({
  name,
  about: 'menu flows in virtual time, for each second of CPU, the application scripted',
  unit: 'flows/s',
  is: 'at least',
  budget: 2000,
  aim: 5000,
  measure: async ({ quick }) => {
    const part = startPart<ReplayTasks>('replay');
    try {
      const ms = quick ? 400 : 1200;
      await part.ask('replay', { ms: quick ? ms : 3000, dialect });
      const perCpu: number[] = [];
      const perSecond: number[] = [];
      for (let round = 0; round < (quick ? 1 : 5); round++) {
        const { flows, ms: took, cpuMs } = await part.ask('replay', { ms, dialect });
        perCpu.push((flows * 1000) / cpuMs);
        perSecond.push((flows * 1000) / took);
      }
      const value = median(perCpu);
      return {
        value,
        raw: { 'µs/flow': rounded(1e6 / value), 'flows/s by the wall clock': rounded(median(perSecond)) },
      };
    } finally {
      await part.close();
    }
  },
});

export const replayRate = replayRateOf('replay rate', 'voiceml');
export const lamlReplayRate = replayRateOf('LaML replay rate', 'laml');
