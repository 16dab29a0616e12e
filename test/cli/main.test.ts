import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { createProgram } from '../../src/cli/main.ts';
import { callflow } from './callflow.ts';

const folder = mkdtempSync(join(tmpdir(), 'callflow-test-'));
const broken = join(folder, 'broken.yaml');
writeFileSync(broken, 'url: /\nhandler:\n  POST /: <Response/>\ncallr: []\n');

const help = (words: readonly string[]): string => {
  const program = createProgram();
  const [name] = words;
  const command = name === undefined ? program : program.commands.find((one) => one.name() === name)!;
  const pages: string[] = [];
  command
    .configureHelp({ helpWidth: 110 })
    .configureOutput({ writeOut: (text) => pages.push(text) })
    .outputHelp();
  return pages.join('').trimEnd();
};

test('docs/cli.md shows the help of every command', async () => {
  const names = createProgram().commands.map((command) => command.name());
  const sections = [[], ...names.map((name) => [name])].map(
    (words) => `## ${['callflow', ...words].join(' ')}\n\n\`\`\`\n${help(words)}\n\`\`\`\n`,
  );
  await expect(['# Commands\n', ...sections].join('\n')).toMatchFileSnapshot('../../docs/cli.md');
});

test.for(createProgram().commands.map((command) => command.name()))('the help of %s has an example', (name) => {
  expect(help([name])).toMatch(/Examples?:\n {2}(?:\S.*\| )?callflow /);
});

test.for([
  ['--help', /^Usage: callflow /],
  ['--version', new RegExp(`^${manifest.version}\n$`)],
  ['dial --help', /^Usage: callflow dial /],
  ['schema voiceml', /^<\?xml /],
] as const)('callflow %s is fine', { concurrent: true }, async ([words, shows], { expect }) => {
  expect(await callflow(words.split(' '))).toEqual({ status: 0, stdout: expect.stringMatching(shows), stderr: '' });
});

test.for([
  ['', 'Usage: callflow'],
  ['nope', "callflow: USAGE unknown command 'nope'"],
  ['dial', "callflow: USAGE missing required argument 'url'"],
  ['dial http://127.0.0.1:9/ --colour', "callflow: USAGE unknown option '--colour'"],
  [
    'dial localhost:3000',
    'callflow: URL_SCHEME localhost:3000 is not an http or https URL; did you mean http://localhost:3000?',
  ],
  ['dial /voice', 'callflow: URL_NOT_VALID /voice is not a URL'],
  [
    'dial http://127.0.0.1:9/ --dialect morse',
    'callflow: DIALECT_UNKNOWN there is no dialect morse; there is laml, voiceml',
  ],
  ['dial http://127.0.0.1:9/ --signing-key !', 'callflow: USAGE --signing-key is not base64'],
  ['dial http://127.0.0.1:9/ --script nowhere.yaml', 'callflow: FLOW_NOT_FOUND nowhere.yaml cannot be read'],
  ['schema morse', 'callflow: DIALECT_UNKNOWN there is no dialect morse; there is laml, voiceml'],
  ['check nowhere.xml', 'callflow: FILE_NOT_READABLE nowhere.xml'],
  ['replay nowhere', 'callflow: FLOW_NOT_FOUND there is no nowhere'],
] as const)('callflow %s is wrong usage', { concurrent: true }, async ([words, says], { expect }) => {
  const { status, stdout, stderr } = await callflow(words.split(' ').filter(Boolean));
  expect({ status, stdout, said: stderr.slice(0, says.length) }).toEqual({ status: 2, stdout: '', said: says });
});

test('a broken flow is wrong usage, and the message names its line', async () => {
  const { status, stderr } = await callflow(['dial', 'http://127.0.0.1:9/', '--script', broken]);
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: expect.stringContaining(`callflow: FLOW_NOT_VALID ${broken}:4:1 callr: found an unknown key`),
  });
});

test('an error names the paragraph that explains it', async () => {
  const { stderr } = await callflow(['check', 'nowhere.xml']);
  expect(stderr).toMatch(/\nsee docs\/errors\.md#file_not_readable\n$/);
});
