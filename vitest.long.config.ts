import { defineConfig } from 'vitest/config';

/** Thousands of calls, long runs, and whole servers as processes of their own. */
export const slow = ['test/long/**/*.test.ts', 'test/server/**/*.test.ts', 'test/crash/**/*.test.ts'];

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
