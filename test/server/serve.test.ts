import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { application } from '../http/far-side.ts';
import { folder, placeCall, serve, serveForPeople } from './serving.ts';

const anyText = expect.stringMatching(/./);

test('started with nothing, it says where it is and with which credentials', async () => {
  const data = join(folder(), 'data');
  const { url, apis, simulator, data: said } = await serve(['--data', data]);
  expect({ url, apis, simulator, said }).toEqual({
    url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
    apis: {
      enfonica: {
        url,
        project: expect.stringMatching(/^p-[0-9a-f]{8}$/),
        token: expect.stringMatching(/^cf_[\w-]{40}$/),
        signingKey: expect.stringMatching(/^[A-Za-z0-9+/]{86}==$/),
        numbers: ['+61255501234', '+61255501235'],
      },
      signalwire: {
        url: `${url}/api/laml/2010-04-01`,
        account: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        accountSid: expect.stringMatching(/^AC[0-9a-f]{32}$/),
        token: apis.enfonica.token,
        signingKey: apis.enfonica.signingKey,
        numbers: apis.enfonica.numbers,
      },
    },
    simulator: { url: `${url}/simulator` },
    said: data,
  });
});

test('what it prints for people can be copied, and works', async () => {
  const data = join(folder(), 'data');
  const page = await serveForPeople(['--data', data]);
  const [calling, watching = '', setting] = page.split('\n').filter((line) => line.startsWith('  curl '));
  const answers = [];
  for (const line of [calling, setting]) {
    const [, method = 'POST', url = '', authorization = '', body = ''] =
      /curl (?:-X (\w+) )?'?(\S+?)'? -H 'authorization: (.*?)'.* -d '(.*)'$/.exec(line ?? '') ?? [];
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(url, { method, headers, body });
    answers.push([answer.status, await answer.json()]);
  }
  expect(answers).toEqual([
    [200, expect.objectContaining({ to: '+15555550100', from: '+61255501234', state: 'QUEUED' })],
    [200, expect.objectContaining({ incomingCallHandlerUris: ['http://127.0.0.1:3000/'] })],
  ]);
  const [[, { name }]] = answers as [[number, { name: string }]];
  const [, transcript = '', authorization = ''] = /curl '(\S+)' -H 'authorization: (.*?)'$/.exec(watching) ?? [];
  const told = await fetch(transcript.replace('CALL', name.split('/').at(-1) ?? ''), { headers: { authorization } });
  expect(await told.text()).toContain('calls +15555550100 from +61255501234');
  const [reference = ''] = /http:\S+\/openapi\/enfonica/.exec(page) ?? [];
  expect(await (await fetch(reference)).text()).toContain('<h1>Enfonica, by callflow');
  expect(page).toMatch(/^callflow is ready at http:\/\/127\.0\.0\.1:\d+\n {2}configuration none\n/);
  expect(page).toContain('handlers      may be at public addresses and at loopback\n');
});

test('started again, it has the same credentials and the same calls', async () => {
  const data = join(folder(), 'data');
  const before = await serve(['--data', data]);
  const call = await placeCall(before, 'http://127.0.0.1:9/');
  await before.logged(({ message }) => message === 'call completed');
  before.signal('SIGTERM');
  expect(await before.ended).toBe(0);

  const after = await serve(['--data', data]);
  expect(after.apis.enfonica).toEqual({ ...before.apis.enfonica, url: after.url });
  const { body } = await after.api('GET', `calls/${call}`);
  expect(body).toMatchObject({ state: 'COMPLETED', to: '+15555550100' });
});

test('nobody but its owner can read the data folder, and no credential lies in it as it is', async () => {
  const data = join(folder(), 'data');
  const { apis, signal, ended } = await serve(['--data', data]);
  signal('SIGTERM');
  await ended;
  const mode = (name: string) => (statSync(join(data, name)).mode & 0o777).toString(8);
  expect([mode('.'), mode('secrets.key'), mode('secrets.json'), mode('callflow.sqlite')]).toEqual([
    '700',
    '600',
    '600',
    '600',
  ]);
  const files = readdirSync(data, { withFileTypes: true }).filter((entry) => entry.isFile());
  const everything = files.map(({ name }) => readFileSync(join(data, name), 'latin1')).join('');
  expect(everything).not.toContain(apis.enfonica.token);
  expect(everything).not.toContain(apis.enfonica.signingKey);
});

test('a second server in the same data folder is refused', async () => {
  const data = join(folder(), 'data');
  await serve(['--data', data]);
  await expect(serve(['--data', data])).rejects.toThrow(/ended with 2: .*STORE_IN_USE/);
});

test('a data folder that cannot be is refused', async () => {
  const again = serve(['--data', 'package.json/data']);
  await expect(again).rejects.toThrow(/ended with 2: .*DATA_NOT_WRITABLE package\.json\/data: ENOTDIR/);
});

test('a port that somebody has is refused', async () => {
  const { url } = await serve(['--data', join(folder(), 'data')]);
  const again = serve(['--data', join(folder(), 'data'), '--port', new URL(url).port]);
  await expect(again).rejects.toThrow(/ended with 2: .*SERVER_PORT cannot listen at 127\.0\.0\.1:\d+/);
});

test('a port for TLS that somebody has is refused, too', async () => {
  const { url } = await serve(['--data', join(folder(), 'data')]);
  const again = serve(['--data', join(folder(), 'data'), '--tls', new URL(url).port]);
  await expect(again).rejects.toThrow(/ended with 2: .*SERVER_PORT cannot listen with TLS at 127\.0\.0\.1:\d+/);
});

test('logs carry the id of the call, and nothing secret', async () => {
  const app = await application({
    '/broken': (_, response) => response.end('<Response><Sey>Hello.</Sey></Response>'),
  });
  onTestFinished(() => app.close());
  const server = await serve(['--data', join(folder(), 'data')]);
  const secretive = app.origin.replace('//', '//user:hush@');
  const call = await placeCall(server, `${secretive}/broken?token=hush`);
  await server.logged(({ message }) => message === 'call completed');
  const about = server.log.filter((line) => line.call === call).map(({ time: _time, ...line }) => line);
  const ids = { call, family: call };
  const { project } = server.apis.enfonica;
  const url = `${app.origin}/broken?…`;
  expect(about).toEqual([
    {
      ...ids,
      level: 'info',
      message: 'call created',
      project,
      direction: 'outgoing',
      from: '+61255501234',
      to: '+15555550100',
    },
    { ...ids, level: 'warn', message: anyText, code: 'ELEMENT_UNKNOWN', url, status: 200, line: 1, column: 11 },
    { ...ids, level: 'error', message: expect.stringContaining(`${url}: 1:11`), code: 'DOCUMENT_NOT_VALID' },
    {
      ...ids,
      level: 'info',
      message: 'call completed',
      project,
      state: 'completed',
      endedBy: 'us',
      cause: 'normal',
      errorCode: 'DOCUMENT_NOT_VALID',
    },
  ]);
  expect(JSON.stringify(server.log)).not.toMatch(/hush|cf_/);
  expect(JSON.stringify(server.log)).not.toContain(server.apis.enfonica.signingKey);
});
