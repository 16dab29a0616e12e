import { configDefaults, defineConfig } from 'vitest/config';
import { slow } from './vitest.long.config.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...slow],
    testTimeout: 30_000,
    // Nothing of the project is kept in modules, so that files may share them: loading them anew took as long as the tests.
    isolate: false,
    // One processor less, as vitest would have it, is half of a small machine; several tests only wait for real time.
    maxWorkers: '100%',
  },
});
