import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { flowSchema } from '../../src/replay/flow-shape.ts';
import { loadFlow } from '../../src/replay/load.ts';
import { prepare } from '../../src/replay/replay.ts';

const page = readFileSync('docs/flows.md', 'utf8');

/** The block of the page that is marked as this file. */
const exampleOf = (name: string) =>
  new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w*\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

test('the example in docs/flows.md happens as the page says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-docs-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of ['flow.yaml', 'start.xml']) writeFileSync(join(folder, name), exampleOf(name));
  const { flow, read } = loadFlow(join(folder, 'flow.yaml'));
  const { transcript } = await prepare(flow, { read }).run();
  await expect(page.replace(exampleOf('transcript.txt'), () => transcript)).toMatchFileSnapshot('../../docs/flows.md');
});

test('grammars/flow.schema.json is the format as it is', async () => {
  await expect(`${JSON.stringify(flowSchema, undefined, 2)}\n`).toMatchFileSnapshot('../../grammars/flow.schema.json');
});

test('every field of a flow stands in its documentation', () => {
  const words = new Set(
    (page + readFileSync('docs/simulated-network.md', 'utf8'))
      .match(/`[^`\n]+`/g)
      ?.join(' ')
      .match(/\w+/g),
  );
  expect(fieldsOf(flowSchema).filter((field) => !words.has(field))).toEqual([]);
});

/** The names of all properties in a schema. */
function fieldsOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { properties = {} } = schema as { properties?: object };
  return [...Object.keys(properties), ...Object.values(schema).flatMap(fieldsOf)];
}
