import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, onTestFinished, test } from 'vitest';
import { createApp as menu } from '../../examples/menu/app.ts';
import { createApp as overflow } from '../../examples/overflow/app.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { callflow } from './callflow.ts';

const apps = { menu: menu(), overflow: overflow() };
const urls = { menu: '', overflow: '' };

beforeAll(async () => {
  for (const name of ['menu', 'overflow'] as const) urls[name] = `${await apps[name].listen({ port: 0 })}/`;
});
afterAll(async () => {
  await Promise.all([apps.menu.close(), apps.overflow.close()]);
});

/** Who did what: the times and the port are those of this machine. */
const told = (stdout: string) =>
  stdout
    .trimEnd()
    .replace(/^\s*[\d.]* */gm, '')
    .replace(/ {2,}/g, ' ')
    .replace(/\d+\.\d+ s/g, 'N s')
    .replace(/127\.0\.0\.1:\d+/g, 'HOST')
    .split('\n');

test.concurrent('lines from a pipe are keys, speech, and what is done on the phones that ring', async ({ expect }) => {
  const recordings = mkdtempSync(join(tmpdir(), 'callflow-test-'));
  const lines = ['2', 'answer 2', '2: Corner Books.', 'Do you have Moby Dick?', 'hangup 2'];
  const typed = lines.map((line) => `${line}\n`).join('');
  const { status, stdout, stderr } = await callflow(['dial', urls.menu, '--recordings', recordings], typed);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const file = /the audio is in (.+)$/m.exec(stdout)?.[1] ?? '';
  expect(statSync(file).size).toBeGreaterThan(1_000);
  expect(told(stdout.replace(file, 'FILE'))).toMatchInlineSnapshot(`
    [
      "caller calls +61255501234 from +61491570006",
      "engine POST http://HOST/",
      "handler 200 after N s: Input",
      "engine answers",
      "call in progress",
      "engine says "Welcome to Corner Books. For our opening hours, press 1. To talk to us, press 2."",
      "caller presses 2",
      "engine stops playing after N s",
      "engine POST /choice digits=2 reason=complete",
      "handler 200 after N s: Say, RecordCall, Call",
      "engine says "One moment please."",
      "engine lets caller hear ringing",
      "engine calls +61491570156 from +61255501234",
      "phone 2 is +61491570156: "answer 2", "busy 2", "2: hello"",
      "+61491570156 rings",
      "call +61491570156 ringing",
      "+61491570156 answers",
      "call +61491570156 in progress",
      "engine joins caller and +61491570156",
      "engine begins recording 1 of caller, both sides",
      "+61491570156 says "Corner Books." (N s)",
      "caller says "Do you have Moby Dick?" (N s)",
      "+61491570156 hangs up",
      "call +61491570156 completed: ended by the far side (normal) after N s, N s of it answered",
      "engine parts +61491570156 and caller after N s",
      "engine POST /called status=completed call=+61491570156",
      "handler 200 after N s: Say",
      "engine says "Goodbye."",
      "engine hangs up caller",
      "call caller completed: ended by the engine (normal) after N s, N s of it answered",
      "recording 1 is ready: N s, 2 channels",
      "the audio is in FILE",
    ]
  `);
});

test.concurrent('when nothing more is typed the caller hears the prompt and hangs up', async ({ expect }) => {
  const began = performance.now();
  const { status, stdout } = await callflow(['dial', urls.overflow, `${urls.overflow}overflow`]);
  expect(performance.now() - began).toBeGreaterThan(3_500);
  const prompt = 'engine says "All our lines are busy. Press 1 and we will call you back."';
  expect({ status, last: told(stdout).slice(-3) }).toEqual({
    status: 0,
    last: [prompt, 'caller hangs up', 'call completed: ended by the far side (normal) after N s, N s of it answered'],
  });
});

test.concurrent('a line is said to be in vain when its phone is not there, or the call is over', async ({ expect }) => {
  const { status, stdout } = await callflow(['dial', `${urls.overflow}overflow`], '5: hello\n1\n2\n');
  expect({ status, told: told(stdout).filter((line) => /phone|presses|typed|within/.test(line)) }).toEqual({
    status: 0,
    told: [
      'there is no phone 5',
      'caller presses 1',
      'engine says "We will call you within the hour. Goodbye."',
      'the call was over, lines not typed: 1',
    ],
  });
});

test.concurrent('--script needs nothing but a caller: the URL says who is called', async ({ expect }) => {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-dial-'));
  const script = join(folder, 'caller.yaml');
  writeFileSync(script, 'caller: [{ after: 1, hangUp: true }]');
  const { status, stdout } = await callflow(['dial', `${urls.overflow}overflow`, '--script', script]);
  rmSync(folder, { recursive: true });
  expect([status, stdout.includes('caller        hangs up')]).toEqual([0, true]);
});

test.concurrent('--script plays the caller; --json prints the journal', async ({ expect }) => {
  const flow = 'examples/overflow/flow.yaml';
  const { status, stdout } = await callflow(['dial', `${urls.overflow}overflow`, '--script', flow, '--json']);
  const entries = stdout
    .trimEnd()
    .split('\n')
    .map((line): JournalEntry => JSON.parse(line));
  const pressed = entries.flatMap(({ input }) => (input?.type === 'leg.pressed' ? [input.digit] : []));
  expect({ status, pressed, seqs: entries.map(({ seq }) => seq) }).toEqual({
    status: 0,
    pressed: ['1'],
    seqs: entries.map((_, index) => index + (entries[0]?.seq ?? 0)),
  });
});

test.for([
  ['http://127.0.0.1:9/', 'callflow: HANDLER_REFUSED nothing listens on 127.0.0.1:9'],
  ['http://10.20.0.1/', 'callflow: URL_NOT_ALLOWED 10.20.0.1 is a private address'],
] as const)('%s cannot be called: the status says so', { concurrent: true }, async ([url, says], { expect }) => {
  const { status, stderr } = await callflow(['dial', url]);
  expect({ status, said: stderr.slice(0, says.length) }).toEqual({ status: 1, said: says });
});

test.concurrent('an application that speaks another dialect is recognized, by explore too', async ({ expect }) => {
  const answer = '<Response><Gather><Say>Press 1.</Say></Gather></Response>';
  const server = createServer((_, response) => response.setHeader('content-type', 'text/xml').end(answer));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const runs = await Promise.all(['dial', 'explore'].map((command) => callflow([command, url])));
  server.close();
  const hint = 'nothing is wrong with it as laml: try --dialect laml';
  expect(runs.map(({ status, stderr }) => [status, stderr.split('\n')[0]])).toEqual([
    [1, hint],
    [1, hint],
  ]);
});

/** An application that answers each path with a document. */
async function answering(documents: Readonly<Record<string, string>>): Promise<string> {
  const server = createServer(({ url = '' }, response) => {
    const document = documents[url];
    response.statusCode = document === undefined ? 403 : 200;
    response.setHeader('content-type', 'text/xml').end(document && `<Response>${document}</Response>`);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const typedAtLaml = async (documents: Readonly<Record<string, string>>, typed: string) => {
  const { status, stdout } = await callflow(['dial', `${await answering(documents)}/`, '--dialect', 'laml'], typed);
  return { status, told: told(stdout).slice(4) };
};

test('what was said or pressed last is understood before the caller hangs up', async ({ expect }) => {
  const documents = {
    '/': '<Gather input="speech" action="/said"/>',
    '/said': '<Gather numDigits="4" timeout="1" action="/pressed"/>',
    '/pressed': '<Say>Bye.</Say>',
  };
  expect(await typedAtLaml(documents, 'hello\n12\n')).toEqual({
    status: 0,
    told: [
      'call in progress',
      'engine listens (en-US)',
      'caller says "hello" (N s)',
      'engine POST /said text=hello',
      'handler 200 after N s: Gather',
      'caller presses 1',
      'caller presses 2',
      'engine POST /pressed digits=12 reason=timeout',
      'handler 200 after N s: Say',
      'engine says "Bye."',
      'engine hangs up',
      'call completed: ended by the engine (normal) after N s, N s of it answered',
    ],
  });
});

test.for([
  ['a queue', '<Enqueue waitUrl="/wait">sales</Enqueue>'],
  ['a conference', '<Dial><Conference waitUrl="/wait">room</Conference></Dial>'],
  ['an echo', '<Echo/>'],
] as const)('who waits in %s with nothing more to type hangs up', async ([, document], { expect }) => {
  const { status, told: lines } = await typedAtLaml({ '/': document, '/wait': '<Pause length="60"/>' }, '');
  expect([status, lines.includes('caller hangs up')]).toEqual([0, true]);
});

test('when the first request is refused, what signed it is said; of what failed no dialect is guessed', async ({
  expect,
}) => {
  const runs = await Promise.all(
    [await answering({}), 'http://127.0.0.1:9'].map((origin) => callflow(['dial', `${origin}/`, '--dialect', 'laml'])),
  );
  expect(runs.map(({ stderr }) => stderr.split('\n').slice(0, 2))).toEqual([
    [
      'if it refused the signature: requests are signed with 64 zero bytes, or with --signing-key of callflow dial (docs/dial.md)',
      'callflow: HANDLER_STATUS answered with status 403',
    ],
    ['callflow: HANDLER_REFUSED nothing listens on 127.0.0.1:9', 'see docs/errors.md#handler_refused'],
  ]);
});
