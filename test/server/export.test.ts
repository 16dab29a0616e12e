import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callflow } from '../cli/callflow.ts';
import { app, becomes, fine, stateOf } from './asking.ts';
import { folder, placeCall, serve } from './serving.ts';

test('a call of a running server becomes a test that passes', async () => {
  const { origin } = await app({
    '/call': (_, response) =>
      response.end('<Response><Say>Hi.</Say><Record MaxDurationSeconds="1" RecordingReadyUri="/ready"/></Response>'),
    '/ready': fine,
    '/state': fine,
  });
  const data = folder();
  const server = await serve(['--data', data]);
  const call = await placeCall(server, `${origin}/call`);
  await becomes(
    () => stateOf(server, call),
    (state) => state === 'COMPLETED',
  );
  await becomes(
    async () => (await server.api('GET', `calls/${call}/recordings`)).body as { recordings?: { state: string }[] },
    ({ recordings }) => recordings?.[0]?.state !== undefined && recordings[0].state !== 'PENDING',
  );

  const to = join(folder(), 'call');
  const name = `projects/${server.apis.enfonica.project}/calls/${call}`;
  const exported = await callflow(['export', name, '--data', data, '--to', to]);
  expect(exported).toMatchObject({ status: 0, stderr: '' });
  expect(exported.stdout).toContain(`callflow replay ${to}`);
  expect(readFileSync(join(to, 'flow.yaml'), 'utf8')).toContain(`POST ${origin}/call`);
  const replayed = await callflow(['replay', to]);
  expect(replayed.stdout).toContain('1 as recorded');
  const live = await callflow(['replay', to, '--live', origin]);
  expect(live.stdout).toContain('1 as recorded');
});

test.for([
  [['export', 'morse'], 'USAGE morse is no name of a call'],
  [['export', '0'.repeat(28), '--data', '/nowhere'], 'STORE_NOT_READABLE there is no /nowhere/callflow.sqlite'],
] as const)('callflow %j is refused', async ([words, said]) => {
  const { status, stderr } = await callflow(words);
  expect(stderr).toContain(said);
  expect(status).toBe(2);
});

test('a call that is not there, and a folder that has something in it', async () => {
  const data = folder();
  await serve(['--data', data]);
  const unknown = await callflow(['export', '0'.repeat(28), '--data', data]);
  expect(unknown).toMatchObject({ status: 1, stdout: '' });
  expect(unknown.stderr).toContain('CALL_NOT_FOUND');
});
