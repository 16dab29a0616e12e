import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { application } from '../http/far-side.ts';

const page = readFileSync('docs/library.md', 'utf8');
const codeOf = (name: string) => new RegExp(`<!-- example: ${name} -->\n\`\`\`ts\n([\\s\\S]*?)\`\`\``).exec(page)?.[1];

/** Runs an example in a folder of its own; gives what it prints. */
async function run(name: string, folder: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
  const child = spawn(process.execPath, [resolve(`test/library/${name}.ts`)], {
    cwd: folder,
    env: { ...process.env, ...env },
  });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [status] = (await closed) as [number];
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'callflow-library-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

// The compiler reads these files with everything else: what they import is exported, with its types.
test.for(['check', 'replay', 'engine'])('docs/library.md has %s as it runs', (name) => {
  const code = readFileSync(`test/library/${name}.ts`, 'utf8');
  expect(codeOf(name)).toBe(code.replaceAll("'../../src/index.ts'", "'callflow'"));
});

test('a document is checked', async () => {
  expect(await run('check', folder())).toMatchInlineSnapshot(`
    "1:28 ELEMENT_UNKNOWN there is no element <Hangup> in VoiceML
    false
    "
  `);
});

test('a flow is replayed', async () => {
  expect(await run('replay', folder())).toMatchInlineSnapshot(`
    "    0.0   caller        calls +61255501234 from +61491570006
        0.0   engine        POST https://app.example.com/voice (state STARTING)
        0.0   handler       200: Input
        0.0   engine        answers
        0.0   call          in progress
        1.0   caller        presses 1
        6.0   engine        POST /choice action=INPUT digits=1 (state IN_PROGRESS)
        6.0   handler       200: Say
        6.0   engine        says "Thank you." (0.6 s)
        6.6   engine        hangs up
        6.6   call          completed: ended by the engine (normal) after 6.6 s, 6.6 s of it answered

    completed
    "
  `);
});

test('an engine runs a call, and remembers it when it is started again', async () => {
  const app = await application({
    '/': (_, response) => response.end('<Response><Say>Hello.</Say></Response>'),
  });
  onTestFinished(() => app.close());
  const env = { HANDLER_URL: `${app.origin}/`, SIGNING_KEY: Buffer.alloc(64, 1).toString('base64') };
  const data = folder();
  for (let count = 1; count <= 2; count++) {
    const said = await run('engine', data, env);
    expect(said).toContain('recovered: 0 to place, 0 ended');
    expect(said).toContain('says "Hello."');
    expect(said.trimEnd().split('\n').at(-1)).toBe('completed');
    expect(app.heard).toHaveLength(count);
  }
  expect(app.heard[0]?.headers).toHaveProperty('x-enfonica-signature');
});
