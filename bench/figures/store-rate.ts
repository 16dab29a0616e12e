import { type Figure, median, rounded } from '../figure.ts';
import { startPart } from '../part.ts';
import type { Filled, StoreTasks } from '../parts/store.ts';

export const storeRate: Figure = {
  name: 'store',
  about: 'journal events of menu calls each second, with their records and callbacks, in SQLite with synchronous=FULL',
  unit: 'events/s',
  is: 'at least',
  budget: 50_000,
  aim: 150_000,
  measure: async ({ quick }) => {
    const part = startPart<StoreTasks>('store');
    try {
      const calls = quick ? 1000 : 4000;
      const fills: Filled[] = [];
      for (let round = 0; round < (quick ? 1 : 5); round++) fills.push(await part.ask('fill', { calls, together: 50 }));
      const alone = await part.ask('fill', { calls: quick ? 20 : 100, together: 1 });
      const value = median(fills.map(({ entries, ms }) => (entries * 1000) / ms));
      return {
        value,
        raw: {
          'µs CPU/event': rounded(median(fills.map(({ entries, cpuMs }) => (cpuMs * 1000) / entries))),
          'batches/s': rounded(median(fills.map(({ batches, ms }) => (batches * 1000) / ms))),
          'longest turn ms': rounded(Math.max(...fills.map(({ longestMs }) => longestMs))),
          'events/s, one call a turn': rounded((alone.entries * 1000) / alone.ms),
        },
      };
    } finally {
      await part.close();
    }
  },
};
