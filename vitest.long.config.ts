import { defineConfig } from 'vitest/config';

/** Thousands of calls, long runs, whole servers as processes of their own, and calls in real time. */
export const slow = ['long', 'server', 'crash', 'apis/simulator'].map((folder) => `test/${folder}/**/*.test.ts`);

/** What takes longer than a minute: `npm run test:long`. */
export default defineConfig({
  test: {
    include: slow,
    testTimeout: 600_000,
    hookTimeout: 60_000,
    isolate: false,
    maxWorkers: '100%',
  },
});
