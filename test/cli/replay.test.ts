import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { replayCommand } from '../../src/cli/replay.ts';

const menu = `because: A test.
handler:
  POST /voice: <Response><Say>Hello.</Say></Response>
`;

/** A folder with one flow in it for each name, gone after the test. */
function folderOf(flows: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-replay-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(flows)) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'flow.yaml'), text);
  }
  return folder;
}

/** Runs the command; gives what it prints, with paths and real times taken out, and its exit status. */
async function run(folder: string, ...options: string[]): Promise<{ printed: string; code: number }> {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((line: string) => lines.push(line));
  onTestFinished(() => {
    log.mockRestore();
    process.exitCode = 0;
  });
  await replayCommand().parseAsync([folder, ...options], { from: 'user' });
  const printed = lines
    .join('\n')
    .replaceAll(`${folder}/`, '')
    .replaceAll(/[\d.]+ ms/g, '… ms');
  return { printed, code: Number(process.exitCode) };
}

test('a flow without a transcript is an error until it is recorded', async () => {
  const folder = folderOf({ menu });
  expect(await run(folder)).toEqual({
    printed:
      'new       menu  0.5 s in … ms\n    there is no transcript yet: --update records one\n1 flow, 1 without a transcript',
    code: 1,
  });
  expect(existsSync(join(folder, 'menu/transcript.txt'))).toBe(false);
  expect(await run(folder, '--update')).toEqual({
    printed: 'recorded  menu  0.5 s in … ms\n1 flow, 1 recorded',
    code: 0,
  });
  expect(await run(folder)).toEqual({ printed: 'ok        menu  0.5 s in … ms\n1 flow, 1 as recorded', code: 0 });
});

test('what differs is shown line by line', async () => {
  const folder = folderOf({ menu });
  await run(folder, '--update');
  cpSync(join(folder, 'menu'), join(folder, 'other'), { recursive: true });
  const file = join(folder, 'other/transcript.txt');
  writeFileSync(file, readFileSync(file, 'utf8').replace('Hello.', 'Good day.'));
  const { printed, code } = await run(folder);
  expect(printed).toMatchInlineSnapshot(`
    "ok        menu  0.5 s in … ms
    differs   other  0.5 s in … ms
          …
              0.0   engine        answers
              0.0   call          in progress
        -     0.0   engine        says "Good day." (0.5 s)
        +     0.0   engine        says "Hello." (0.5 s)
              0.5   engine        hangs up
              0.5   call          completed: ended by the engine (normal) after 0.5 s, 0.5 s of it answered
    2 flows, 1 as recorded, 1 differs"
  `);
  expect(code).toBe(1);
});

test('a broken flow is said, and the others run', async () => {
  const folder = folderOf({ broken: 'handler: {}\ncaler: []\n', menu });
  const { printed, code } = await run(folder, '--update');
  expect(printed).toMatchInlineSnapshot(`
    "broken    broken
        FLOW_NOT_VALID broken/flow.yaml:2:1 caler: found an unknown key, expected one of because, pins, dialect, seed, limit, call, calls, url, urls, handler, live, caller, phones, numbers, streams, acts, journal; did you mean caller?
    recorded  menu  0.5 s in … ms
    2 flows, 1 recorded, 1 broken"
  `);
  expect(code).toBe(2);
});

test('with --json every flow is an object', async () => {
  const folder = folderOf({ menu });
  const { printed } = await run(folder, '--json');
  const { flow, ok, verdict, seconds, transcript, calls } = JSON.parse(printed);
  expect({
    flow,
    ok,
    verdict,
    seconds,
    lines: transcript.split('\n').length,
    states: calls.map(({ state }: { state: string }) => state),
  }).toEqual({
    flow: 'menu',
    ok: false,
    verdict: 'new',
    seconds: 0.5,
    lines: 9,
    states: ['completed'],
  });
});

test('an application that does not run is no difference, and nothing that --update records', async () => {
  const folder = folderOf({ live: 'handler: http://127.0.0.1:9\n' });
  for (const options of [[], ['--update']]) {
    const { printed, code } = await run(folder, ...options);
    expect(printed).toBe(
      [
        'broken    live',
        '    HANDLER_REFUSED nothing listens on 127.0.0.1:9: start the application first, the flow calls it there',
        '1 flow, 1 broken',
      ].join('\n'),
    );
    expect(code).toBe(2);
  }
  expect(existsSync(join(folder, 'live', 'transcript.txt'))).toBe(false);
});
