import { type Figure, rounded } from '../figure.ts';
import { startPart } from '../part.ts';
import type { MemoryTasks } from '../parts/memory.ts';

export const memory: Figure = {
  name: 'memory',
  about:
    'kilobytes for each call that is held inside a gather, with its journal: the larger of the two numbers of calls',
  unit: 'kB/call',
  is: 'at most',
  budget: 20,
  aim: 8,
  measure: async ({ quick }) => {
    const raw: Record<string, number> = {};
    const each: number[] = [];
    for (const calls of quick ? [1000, 2000] : [10_000, 50_000]) {
      const part = startPart<MemoryTasks>('memory', ['--expose-gc']);
      try {
        const { before, after } = await part.ask('hold', { calls });
        each.push((after - before) / calls / 1000);
        raw[`at ${calls} calls`] = rounded((after - before) / calls / 1000);
      } finally {
        await part.close();
      }
    }
    return { value: Math.max(...each), raw };
  },
};
