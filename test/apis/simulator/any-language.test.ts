import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from './server.ts';

const folder = 'examples/any-language';
const apps: ChildProcess[] = [];
let server: Server;
beforeAll(async () => {
  server = await startServer('http://127.0.0.1:9/', { reach: () => ({ allow: ['loopback'] }) });
});
afterAll(async () => {
  for (const app of apps) app.kill();
  await server.close();
});

/** What runs only where its language is; what does not run says so. */
const where = (...commands: readonly string[]) => {
  const missing = commands.filter((command) => spawnSync(command, ['--version']).error);
  if (missing.length > 0) console.log(`${folder}: a test is skipped, since ${missing.join(' and ')} is not here`);
  return test.skipIf(missing.length > 0);
};

async function run(command: string, words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const access = { CALLFLOW_URL: server.url, CALLFLOW_TOKEN: 'token-one', PYTHONDONTWRITEBYTECODE: '1' };
  const child = spawn(command, words, { cwd: folder, env: { ...process.env, ...access, ...env } });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await closed) as [number];
  return { status, stdout, stderr };
}

function start(command: string, ...words: readonly string[]) {
  const env = { ...process.env, PYTHONDONTWRITEBYTECODE: '1' };
  const app = spawn(command, words, { cwd: folder, env });
  apps.push(app);
  return app;
}

async function startPython(): Promise<string> {
  const [line] = (await once(createInterface(start('python3', 'app.py', '0').stdout), 'line')) as [string];
  return `${/http:\S+/.exec(line)?.[0]}/`;
}

const python = where('python3');

python('transcript.txt is what happens', async () => {
  const url = await startPython();
  const caller = [{ hears: 'press 1', after: 1, press: '1' }];
  const response = await server.ask('POST', '/simulator/flows', { url, live: true, caller });
  const { transcript } = (await response.json()) as { transcript: string };
  await expect(transcript.replace(url, 'http://127.0.0.1:3000/')).toMatchFileSnapshot(
    resolve(folder, 'transcript.txt'),
  );
});

python('Python: the application passes its tests', async () => {
  expect(await run('python3', ['-m', 'unittest', 'test_app'])).toEqual({
    status: 0,
    stdout: '',
    stderr: expect.stringMatching(/^Ran 7 tests in .*\n\nOK\n$/m),
  });
});

where(
  'python3',
  'curl',
  'sh',
)('a shell: the application passes its test', async () => {
  expect(await run('sh', ['test_app.sh'], { APP_URL: await startPython() })).toEqual({
    status: 0,
    stdout: 'ok: key 1 tells the opening hours\n',
    stderr: '',
  });
});

where('php')('PHP: the application passes its tests', async () => {
  const port = await freePort();
  await once(start('php', '-S', `127.0.0.1:${port}`, 'app.php').stderr, 'data');
  expect(await run('php', ['test_app.php'], { APP_URL: `http://127.0.0.1:${port}/` })).toEqual({
    status: 0,
    stdout: 'ok: key 1 tells the opening hours\nok: who presses nothing is told goodbye\n',
    stderr: '',
  });
});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  return typeof address === 'object' && address ? address.port : 0;
}
