import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callflow } from './callflow.ts';

const folder = mkdtempSync(join(tmpdir(), 'callflow-check-'));
const good = join(folder, 'good.xml');
const odd = join(folder, 'inner', 'odd.xml');
const bad = join(folder, 'inner', 'worse', 'bad.XML');
mkdirSync(join(folder, 'inner', 'worse'), { recursive: true });
mkdirSync(join(folder, 'none'));
writeFileSync(good, '<Response><Say>Hi</Say></Response>');
writeFileSync(odd, '<Response>\n  <Say voise="x">Hi</Say>\n</Response>');
writeFileSync(bad, '<Response>\n  <Gather/>\n</Response>');
writeFileSync(join(folder, 'inner', 'notes.txt'), 'not a document');

const oddly = '2:8 ATTRIBUTE_UNKNOWN warning: <Say> has no attribute voise: it is ignored (did you mean Voice?)';
const badly = "2:3 ELEMENT_UNKNOWN there is no element <Gather> in VoiceML (VoiceML's is <Input>)";

const server = createServer((request, response) => {
  const pages: Record<string, () => void> = {
    '/start': () => response.writeHead(302, { location: '/voice/menu' }).end(),
    '/voice/menu': () => response.writeHead(200, { 'content-type': 'text/xml' }).end('<Response><Gather/></Response>'),
    '/round': () => response.writeHead(302, { location: '/round' }).end(),
    '/long': () => response.writeHead(200).end(' '.repeat(300_000)),
  };
  (pages[request.url ?? ''] ?? (() => response.writeHead(405).end()))();
});
let origin = '';
beforeAll(async () => {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

test('a good document is fine', async () => {
  expect(await callflow(['check', good])).toEqual({
    status: 0,
    stdout: '',
    stderr: '1 document: 0 errors, 0 warnings\n',
  });
});

test('a folder is searched for documents, and every problem told on a line of its own', async () => {
  expect(await callflow(['check', folder])).toEqual({
    status: 1,
    stdout: `${odd}:${oddly}\n${bad}:${badly}\n`,
    stderr: '3 documents: 1 error, 1 warning\nnothing is wrong with it as laml: try --dialect laml\n',
  });
});

test('warnings alone are no failure', async () => {
  expect(await callflow(['check', good, odd])).toEqual({
    status: 0,
    stdout: `${odd}:${oddly}\n`,
    stderr: '2 documents: 0 errors, 1 warning\n',
  });
});

test('as JSON there is an object a document', async () => {
  const { status, stdout, stderr } = await callflow(['check', good, bad, '--format', 'json']);
  expect({
    status,
    stderr,
    documents: stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  }).toEqual({
    status: 1,
    stderr: '',
    documents: [
      { file: good, dialect: 'voiceml', ok: true, problems: [] },
      {
        file: bad,
        dialect: 'voiceml',
        ok: false,
        problems: [
          {
            line: 2,
            column: 3,
            code: 'ELEMENT_UNKNOWN',
            severity: 'error',
            message: 'there is no element <Gather> in VoiceML',
            hint: "VoiceML's is <Input>",
          },
        ],
      },
    ],
  });
});

test('- is the standard input', async () => {
  expect(await callflow(['check', '-', '--json'], '<Response/>')).toEqual({
    status: 0,
    stdout: '{"file":"-","dialect":"voiceml","ok":true,"problems":[]}\n',
    stderr: '',
  });
});

test('a URL is fetched, redirects are followed', async () => {
  expect(await callflow(['check', `${origin}/start`])).toEqual({
    status: 1,
    stdout: `${origin}/start:1:11 ELEMENT_UNKNOWN there is no element <Gather> in VoiceML (VoiceML's is <Input>)\n`,
    stderr: '1 document: 1 error, 0 warnings\nnothing is wrong with it as laml: try --dialect laml\n',
  });
});

test('a document of another dialect is recognized', async () => {
  const { stderr } = await callflow(
    ['check', '-', '--dialect', 'laml'],
    '<Response><Wait DurationSeconds="1"/></Response>',
  );
  expect(stderr).toBe('1 document: 0 errors, 1 warning\nnothing is wrong with it as voiceml: try --dialect voiceml\n');
});

const uncheckable: [name: () => string, status: number, stderr: RegExp][] = [
  [
    () => `${origin}/other`,
    1,
    /^callflow: HANDLER_STATUS .*\/other answered 405 to a GET; for what answers a POST: curl -X POST http.*\/other \| callflow check -\n/,
  ],
  [() => `${origin}/round`, 1, /^callflow: HANDLER_REDIRECTS .*\/round redirects more than 5 times\n/],
  [() => `${origin}/long`, 1, /^callflow: HANDLER_TOO_LARGE /],
  [() => 'http://127.0.0.1:9/', 1, /^callflow: HANDLER_REFUSED http:\/\/127.0.0.1:9\/: nothing listens/],
  [() => join(folder, 'nowhere.xml'), 2, /^callflow: FILE_NOT_READABLE .*nowhere\.xml is not there\n/],
  [() => join(folder, 'none'), 2, /^callflow: FILE_NOT_READABLE .*none has no \*\.xml in it\n/],
];

test.for(uncheckable)('%s cannot be checked', async ([name, status, stderr]) => {
  expect(await callflow(['check', name()])).toEqual({ status, stdout: '', stderr: expect.stringMatching(stderr) });
});

test.for([
  [['--dialect', 'morse'], 'DIALECT_UNKNOWN there is no dialect morse; there is laml, voiceml'],
  [['--format', 'yaml'], 'USAGE'],
] as const)('%s is wrong usage', async ([words, message]) => {
  expect(await callflow(['check', good, ...words])).toEqual({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining(`callflow: ${message}`),
  });
});

test('callflow schema prints the schema of grammars/', async () => {
  const { status, stdout } = await callflow(['schema', 'voiceml']);
  expect(status).toBe(0);
  await expect(stdout).toMatchFileSnapshot('../../grammars/voiceml.xsd');
});
