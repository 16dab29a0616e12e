import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../examples/menu/app.ts';
import { callflow } from './callflow.ts';

const menu = createApp();
/** The same menu, which has forgotten what the second key was for. */
const newer = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const url = request.url ?? '/';
    const { parameters = {} } = JSON.parse(body) as { parameters?: { digits?: string } };
    const payload = { parameters: parameters.digits === '2' ? { digits: '9' } : parameters };
    void menu.inject({ method: 'POST', url, payload }).then(({ payload: document }) => {
      response.setHeader('content-type', 'text/xml');
      response.end(document);
    });
  });
});

let first = '';
let second = '';
beforeAll(async () => {
  first = `${await menu.listen({ port: 0 })}/`.replace('[::1]', '127.0.0.1');
  await new Promise<void>((listening) => newer.listen(0, '127.0.0.1', listening));
  second = `http://127.0.0.1:${(newer.address() as AddressInfo).port}/`;
});
afterAll(async () => {
  newer.close();
  await menu.close();
});

const folder = () => mkdtempSync(join(tmpdir(), 'callflow-explore-'));

test('an application in which nothing is wrong: its tree, and status 0', async () => {
  const { status, stdout, stderr } = await callflow(['explore', first, '--expect-url', '/called']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toBe(readFileSync('test/explore/menu.tree.txt', 'utf8'));
});

test('what is wrong, with what to do to see it, and status 1', async () => {
  const { status, stdout } = await callflow(['explore', second, '--operator-within', '3']);
  expect(status).toBe(1);
  expect(stdout).toContain(
    'keyNotHandled  2 is offered in the document of /, and not handled: it leads where 9 leads, which is not offered\n    to see it: press 2\n',
  );
  expect(stdout).toContain('noOperator  /: nobody is called within 3 acts, nobody is ever called\n');
});

test('everything as files and as JSON, and every call as a flow that replays', async () => {
  const [pictures, flows] = [folder(), join(folder(), 'all')];
  const files = { mermaid: join(pictures, 'calls.mmd'), svg: join(pictures, 'calls.svg') };
  const words = ['explore', first, '--json', '--mermaid', files.mermaid, '--svg', files.svg, '--save', flows];
  const { status, stdout } = await callflow(words);
  const report = JSON.parse(stdout) as { calls: number; complete: boolean; places: object[]; findings: object[] };
  expect({ status, ...report, places: report.places.length }).toEqual(
    expect.objectContaining({ status: 0, complete: true, places: 3, findings: [] }),
  );
  expect(readFileSync(files.mermaid, 'utf8')).toBe(readFileSync('test/explore/menu.mermaid.txt', 'utf8'));
  expect(readFileSync(files.svg, 'utf8')).toBe(readFileSync('test/explore/menu.svg', 'utf8'));

  const saved = readdirSync(flows).sort();
  expect(saved.slice(0, 3)).toEqual(['0001-just-call', '0002-press-1', '0003-press-2']);
  expect(existsSync(join(flows, saved[0]!, 'flow.yaml'))).toBe(true);
  const replayed = await callflow(['replay', flows]);
  expect({ status: replayed.status, last: replayed.stdout.trimEnd().split('\n').at(-1) }).toEqual({
    status: 0,
    last: `${saved.length} flows, ${saved.length} as recorded`,
  });
  const live = await callflow(['replay', join(flows, '0003-press-2'), '--live', first]);
  expect({ status: live.status, stdout: live.stdout }).toEqual({ status: 0, stdout: expect.stringMatching(/^ok /) });
});

test('another version is compared: what differs, and status 1', async () => {
  const { status, stdout } = await callflow(['explore', first, '--against', second]);
  expect(status).toBe(1);
  expect(stdout).toContain('differs   press 2\n');
  expect(stdout).toContain('- engine        says "One moment please."\n');
});

test.for([
  ['explore', "callflow: USAGE missing required argument 'url'"],
  ['explore localhost:3000', 'callflow: URL_SCHEME localhost:3000 is not an http or https URL'],
  ['explore http://127.0.0.1:9/ --dialect morse', 'callflow: DIALECT_UNKNOWN there is no dialect morse'],
  ['explore http://127.0.0.1:9/ --max-calls none', 'callflow: USAGE none is not a number of one or more'],
  ['explore http://127.0.0.1:9/ --keys abc', 'callflow: USAGE --keys abc has something else than 0 to 9, * and #'],
  ['explore http://127.0.0.1:9/ --against /b', 'callflow: URL_NOT_VALID /b is not a URL'],
] as const)('callflow %s is wrong usage', { concurrent: true }, async ([words, says], { expect }) => {
  const { status, stdout, stderr } = await callflow(words.split(' '));
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: expect.stringContaining(says) });
});

test('a folder that has something in it is left as it is', async () => {
  const full = folder();
  writeFileSync(join(full, 'mine.txt'), 'mine');
  const { status, stderr } = await callflow(['explore', first, '--save', full]);
  expect({ status, stderr, files: readdirSync(full) }).toEqual({
    status: 2,
    stderr: expect.stringContaining('has something in it'),
    files: ['mine.txt'],
  });
});

test('an application that does not run is not taken for one that is broken', async () => {
  const { status, stderr } = await callflow(['explore', 'http://127.0.0.1:9/']);
  expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining('HANDLER_REFUSED') });
});

test('a page and JUnit XML, with the call that shows each finding', async () => {
  const reports = folder();
  const [html, junit] = [join(reports, 'calls.html'), join(reports, 'calls.xml')];
  const { status } = await callflow(['explore', second, '--html', html, '--junit', junit]);
  expect(status).toBe(1);
  const page = readFileSync(html, 'utf8');
  expect(page).toContain('<svg');
  expect(page).toContain('2 is offered in the document of /, and not handled');
  expect(page).toContain('Welcome to Corner Books');
  expect(readFileSync(junit, 'utf8')).toMatch(/<testcase [^>]*keyNotHandled|keyNotHandled/);
});
