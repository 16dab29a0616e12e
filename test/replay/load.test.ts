import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { flowsIn, loadFlow } from '../../src/replay/load.ts';

/** A folder with these files, gone after the test. */
function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-load-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const minimal = 'handler: { "POST /voice": <Response/> }';

test('flows are found in folders, below folders and as single files', () => {
  const folder = folderOf({
    'menu/flow.yaml': minimal,
    'menu/deeper/flow.json': '{}',
    'node_modules/x/flow.yaml': minimal,
    'readme.md': '',
    'one.yaml': minimal,
  });
  expect(flowsIn([folder, join(folder, 'one.yaml')]).map(({ file, transcriptFile }) => [file, transcriptFile])).toEqual(
    [
      [join(folder, 'menu/flow.yaml'), join(folder, 'menu/transcript.txt')],
      [join(folder, 'menu/deeper/flow.json'), join(folder, 'menu/deeper/transcript.txt')],
      [join(folder, 'one.yaml'), join(folder, 'one.transcript.txt')],
    ],
  );
});

test('a place without flows is said', () => {
  const folder = folderOf({ 'readme.md': '' });
  expect(() => flowsIn([folder])).toThrow(
    `no flow in ${folder} or below it: a flow is a folder with a flow.yaml or flow.yml or flow.json`,
  );
  expect(() => flowsIn(['no/such/place'])).toThrow('there is no no/such/place');
});

test('telephone numbers and keys stay as they are written', () => {
  const file = join(
    folderOf({
      'flow.yaml': `${minimal}\ncall: { from: +61491570006 }\ncaller:\n  - press: 0412\n  - press: 7\nphones:\n  +61491570156: { answers: 3 }\n`,
    }),
    'flow.yaml',
  );
  expect(loadFlow(file).flow).toEqual({
    handler: { 'POST /voice': '<Response/>' },
    call: { from: '+61491570006' },
    caller: [{ press: '0412' }, { press: '7' }],
    phones: { '+61491570156': { answers: 3 } },
  });
});

test.for([
  [
    'a wrong value',
    'caller:\n  - after: 1\n    press: one\n',
    ':4:5 caller.1.press: found "one", expected keys'.replace('.1.', '.0.'),
  ],
  ['an unknown key', 'caler: []\n', ':2:1 caler: found an unknown key'],
  ['something missing', 'acts:\n  - hangUp: true\n', ':3:5 acts.0.after: found nothing, expected seconds'],
  ['no YAML at all', 'caller: [\n', 'Flow sequence in block collection'],
] as const)('the line of %s is named', ([, text, expected]) => {
  const file = join(folderOf({ 'flow.yaml': `${minimal}\n${text}` }), 'flow.yaml');
  expect(() => loadFlow(file)).toThrow(expected);
});

test('a file that is not beside the flow is named', () => {
  const file = join(folderOf({ 'flow.yaml': minimal }), 'flow.yaml');
  expect(() => loadFlow(file).read('start.xml', ['handler', 'POST /voice'])).toThrow(
    `${file}:1:12 handler."POST /voice": found start.xml, which is not there, expected a file beside flow.yaml`,
  );
});
