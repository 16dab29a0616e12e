import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder } from '../store/data-file.ts';
import { openApplication } from './application.ts';
import { runProcess } from './process.ts';
import { documents } from './telephones.ts';

test('while one process serves calls no other can open its data file; once it has been killed the next one can', async () => {
  using folder = dataFolder();
  await using application = await openApplication(documents);
  const file = folder.file();
  let refusal: unknown;
  const { signal } = await runProcess(
    { file, recordings: join(dirname(file), 'recordings'), origin: application.origin, again: [], first: 0 },
    {
      application,
      happenings: 20,
      onSaid: ({ type }) => {
        if (type !== 'recovered') return;
        try {
          folder.open();
        } catch (error) {
          refusal = error;
        }
      },
    },
  );
  expect(signal).toBe('SIGKILL');
  expect(refusal).toMatchObject({ code: 'STORE_IN_USE' });
  expect([...folder.open().calls()].length).toBeGreaterThan(0);
});
