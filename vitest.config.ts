import { fileURLToPath } from 'node:url';
import { configDefaults, defineConfig } from 'vitest/config';
import { slow } from './vitest.long.config.ts';

export default defineConfig({
  // What the package is called by, also before it is built.
  resolve: { alias: { 'callflow/vitest': fileURLToPath(import.meta.resolve('./src/testkit/vitest.ts')) } },
  test: {
    include: ['{test,examples}/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...slow],
    setupFiles: ['test/frozen-programs.ts'],
    testTimeout: 30_000,
    // Nothing of the project is kept in modules, so that files may share them: loading them anew took as long as the tests.
    isolate: false,
    // Several tests only wait, for real time or for processes of their own: more workers than processors fill the gaps.
    maxWorkers: 4,
  },
});
