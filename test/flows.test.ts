import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';
import type { Flow } from '../src/replay/flow.ts';
import { type FlowFile, flowsIn, loadFlow } from '../src/replay/load.ts';
import { prepare } from '../src/replay/replay.ts';
import { type Application, handlerOf } from '../src/testkit/application.ts';

const named = (flow: FlowFile): [string, FlowFile] => [flow.name, flow];
const flows = flowsIn(['test/flows']);
const examples = flowsIn(['examples']).filter(({ file }) => existsSync(`${dirname(file)}/app.ts`));

test.for(flows.map(named))('%s', async ([, { file, transcriptFile }]) => {
  const { flow, read } = loadFlow(file);
  const prepared = prepare(flow, { read });
  const { transcript } = await prepared.run();
  for (let run = 2; run <= 3; run++) expect((await prepared.run()).transcript).toBe(transcript);
  await expect(transcript).toMatchFileSnapshot(resolve(transcriptFile));
});

test.for(examples.map(named))('%s with its application', async ([, { file, transcriptFile }]) => {
  const { live: _, ...flow } = loadFlow(file).flow;
  const { createApp }: { createApp(): Application } = await import(resolve(dirname(file), 'app.ts'));
  const transcript = await transcriptWith(createApp(), flow);
  for (let run = 2; run <= 3; run++) expect(await transcriptWith(createApp(), flow)).toBe(transcript);
  await expect(transcript).toMatchFileSnapshot(resolve(transcriptFile));
});

test('every flow says why it is there', () => {
  const silent = [...flows, ...examples].filter(({ file }) => loadFlow(file).flow.because === undefined);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

/** What happens when this application answers, without a socket between. */
async function transcriptWith(app: Application, flow: Flow): Promise<string> {
  const { transcript } = await prepare({ ...flow, handler: handlerOf(app) }).run();
  return transcript;
}
