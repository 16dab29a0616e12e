import { cpSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { callflow } from '../cli/callflow.ts';
import { app, becomes, fine, longCall } from './asking.ts';
import { folder, placeCall, type Serving, serve } from './serving.ts';

interface Shown {
  recordings?: { name: string; audio: { mimeType: string; sizeBytes: number; uri: string }[] }[];
}

const recordings = async ({ api }: Serving) => {
  const { body } = await api('GET', 'recordings?view=FULL');
  return (body as Shown).recordings ?? [];
};

/** What can be fetched of the first recording, form by form. */
async function fetched(server: Serving) {
  const [recording] = await recordings(server);
  return await Promise.all(
    (recording?.audio ?? []).map(async ({ uri, sizeBytes }) => {
      const response = await fetch(uri);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(bytes.length).toBe(sizeBytes);
      expect(response.headers.get('content-length')).toBe(`${sizeBytes}`);
      return [response.status, response.headers.get('content-type'), bytes] as const;
    }),
  );
}

/** A server with one call that goes on and one that has left a recording. */
async function busyServer() {
  const { origin } = await app({
    '/long': longCall,
    '/message': (_, response) => response.end('<Response><Record MaxDurationSeconds="3"/></Response>'),
    '/state': fine,
  });
  const server = await serve(['--data', folder()]);
  const going = await placeCall(server, `${origin}/long`);
  const ended = await placeCall(server, `${origin}/message`);
  await becomes(
    () => recordings(server),
    ([recording]) => recording?.audio !== undefined,
  );
  return { server, going, ended };
}

const names = async ({ api }: Serving) => {
  const { body } = await api('GET', 'calls');
  return (body as { calls: { name: string; state: string }[] }).calls.map(({ name, state }) => [
    name.split('/').at(-1),
    state,
  ]);
};

test('what was copied while a server runs is brought back in an empty folder, with calls, recordings and credentials', async () => {
  const { server, going, ended } = await busyServer();
  const audio = await fetched(server);
  expect(audio.map(([status, type]) => [status, type])).toEqual([
    [200, 'audio/x-wav'],
    [200, 'audio/mpeg'],
  ]);
  const copy = join(folder(), 'monday');
  const ran = await callflow(['backup', copy, '--data', server.data]);
  expect(ran).toEqual({
    status: 0,
    stdout: expect.stringMatching(/monday has \d+ bytes, with 1 recordings and faxes\n$/),
    stderr: '',
  });
  // An MP3 can be made again.
  expect(readdirSync(copy, { recursive: true }).toSorted()).toEqual([
    'callflow.sqlite',
    'recordings',
    expect.stringMatching(/^recordings\/\w+\.wav$/),
    'secrets.json',
    'secrets.key',
  ]);
  expect(readdirSync(copy).map((name) => statSync(join(copy, name)).mode & 0o077)).toEqual([0, 0, 0, 0]);
  using database = new DatabaseSync(join(copy, 'callflow.sqlite'), { readOnly: true });
  expect(database.prepare('PRAGMA integrity_check').get()).toEqual({ integrity_check: 'ok' });
  server.signal('SIGKILL');
  await server.ended;

  const data = folder();
  cpSync(copy, data, { recursive: true });
  const again = await serve(['--data', data]);
  expect(again.apis.enfonica).toEqual({ ...server.apis.enfonica, url: again.url });
  // What was going on at that instant has ended.
  expect(await names(again)).toEqual([
    [ended, 'COMPLETED'],
    [going, 'COMPLETED'],
  ]);
  expect(await fetched(again)).toEqual(audio);
});

test('the key can be left out, and then the credentials are worth nothing', async () => {
  const { data } = await serve(['--data', folder()]);
  const copy = join(folder(), 'copy');
  expect((await callflow(['backup', copy, '--data', data, '--no-key'])).status).toBe(0);
  expect(readdirSync(copy).toSorted()).toEqual(['callflow.sqlite', 'recordings', 'secrets.json']);
  const { status, stderr } = await callflow(['serve', '--port', '0', '--data', copy]);
  expect([status, stderr]).toEqual([expect.any(Number), expect.stringContaining('SECRETS_NOT_READABLE')]);
});

test('nothing is written over, nothing is copied of nothing, and what fails leaves nothing behind', async () => {
  const { data } = await serve(['--data', folder()]);
  const full = folder();
  writeFileSync(join(full, 'monday'), 'what was copied on Monday');
  const cases = [
    [full, data, 'USAGE'],
    [join(full, 'copy'), folder(), 'FILE_NOT_READABLE'],
    [join(full, 'monday', 'copy'), data, 'BACKUP_FAILED'],
  ] as const;
  for (const [to, from, code] of cases) {
    const { status, stderr } = await callflow(['backup', to, '--data', from]);
    expect([status, stderr]).toEqual([2, expect.stringContaining(code)]);
  }
  expect(readdirSync(full)).toEqual(['monday']);
  const empty = join(full, 'empty');
  rmSync(join(full, 'monday'));
  cpSync(folder(), empty, { recursive: true });
  expect((await callflow(['backup', empty, '--data', data])).status).toBe(0);
  expect(readdirSync(full)).toEqual(['empty']);
});
