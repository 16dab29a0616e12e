import { defineConfig } from 'vitest/config';

/** What takes longer than a minute: thousands of calls, long runs. `npm run test:long`. */
export default defineConfig({
  test: {
    include: ['test/long/**/*.test.ts'],
    passWithNoTests: true,
    testTimeout: 600_000,
  },
});
