import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { flowsIn, loadFlow } from '../src/replay/load.ts';

interface Clause {
  id: string;
  clause: string;
  says: string;
}

const read = <Value>(file: string): Value => JSON.parse(readFileSync(`test/clauses/${file}`, 'utf8'));

const flows = flowsIn(['test/flows']).map(({ name, file }) => ({ name, ...loadFlow(file).flow }));

describe.for([
  ['laml', 'laml-pinned-by-tests.json'],
  ['voiceml', 'pinned-by-tests.json'],
] as const)('%s', ([dialect, pins]) => {
  const clauses = read<Clause[]>(`${dialect}.json`);
  const ids = new Set(clauses.map(({ id }) => id));
  /** Ids that a test pins down which is no flow: `file: name of the test`. */
  const byTests = read<Record<string, string>>(pins);
  const byFlows = flows
    .filter((flow) => (flow.dialect ?? 'voiceml') === dialect)
    .flatMap((flow) => (flow.pins ?? []).map((id) => ({ id, name: flow.name })));
  const pinned = new Set([...byFlows.map(({ id }) => id), ...Object.keys(byTests)]);
  const unpinned = clauses.filter(({ id }) => !pinned.has(id)).map(({ id, says }) => `${id}: ${says}`);

  test('no clause stands in the list twice', () => {
    expect(clauses.map(({ id }) => id)).toEqual([...ids]);
  });

  test('every clause is pinned by a flow or by a test', () => {
    expect(unpinned).toEqual([]);
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
});
