import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { flowsIn, loadFlow } from '../src/replay/load.ts';

interface Clause {
  id: string;
  clause: string;
  says: string;
}

const clauses: Clause[] = JSON.parse(readFileSync('test/clauses/voiceml.json', 'utf8'));
const ids = new Set(clauses.map(({ id }) => id));

/** Ids that a test pins down which is no flow: `file: name of the test`. */
const byTests: Record<string, string> = existsSync('test/clauses/pinned-by-tests.json')
  ? JSON.parse(readFileSync('test/clauses/pinned-by-tests.json', 'utf8'))
  : {};

const byFlows = flowsIn(['test/flows']).flatMap(({ name, file }) =>
  (loadFlow(file).flow.pins ?? []).map((id) => ({ id, name })),
);

test('no clause stands in the list twice', () => {
  expect(clauses.map(({ id }) => id)).toEqual([...ids]);
});

test('every clause is pinned by a flow or by a test', () => {
  const pinned = new Set([...byFlows.map(({ id }) => id), ...Object.keys(byTests)]);
  expect(clauses.filter(({ id }) => !pinned.has(id)).map(({ id, says }) => `${id}: ${says}`)).toEqual([]);
});

test('flows and tests pin only clauses that exist', () => {
  expect(byFlows.filter(({ id }) => !ids.has(id)).map(({ id, name }) => `${name} pins ${id}`)).toEqual([]);
  expect(Object.keys(byTests).filter((id) => !ids.has(id))).toEqual([]);
});

test('every test that is said to pin a clause exists under that name', () => {
  const missing = Object.entries(byTests).filter(([, place]) => {
    const [file = '', ...name] = place.split(': ');
    return !existsSync(file) || !readFileSync(file, 'utf8').includes(name.join(': '));
  });
  expect(missing).toEqual([]);
});
