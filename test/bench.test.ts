import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);

test('the bench prints the machine and its rows as JSON', async () => {
  const { stdout } = await run(process.execPath, ['bench/index.ts', '--quick', '--only', 'check rate', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    machine: {
      cpu: expect.any(String),
      cores: expect.any(Number),
      memoryGB: expect.any(Number),
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      load: expect.any(Number),
    },
    rows: [
      {
        figure: 'check rate',
        value: expect.any(Number),
        unit: '×',
        budget: 0.5,
        met: expect.any(Boolean),
        raw: {
          documents: expect.any(Number),
          'bytes each': expect.any(Number),
          'documents/s': expect.any(Number),
          'fast-xml-parser documents/s': expect.any(Number),
        },
      },
    ],
  });
});

test('a figure that there is not is wrong usage', async () => {
  await expect(run(process.execPath, ['bench/index.ts', '--only', 'beauty'])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining('there is no figure "beauty"'),
  });
});
