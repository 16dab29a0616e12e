import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { expect, test } from 'vitest';
import type { Flow, FlowHandler } from '../src/replay/flow.ts';
import { type FlowFile, flowsIn, loadFlow } from '../src/replay/load.ts';
import { prepare } from '../src/replay/replay.ts';

const named = (flow: FlowFile): [string, FlowFile] => [flow.name, flow];
const flows = flowsIn(['test/flows']);
const examples = flowsIn(['examples']).filter(({ file }) => existsSync(`${dirname(file)}/app.ts`));

test.for(flows.map(named))('%s', async ([, { file, transcriptFile }]) => {
  const { flow, read } = loadFlow(file);
  const prepared = prepare(flow, { read });
  const { transcript } = await prepared.run();
  for (let run = 2; run <= 10; run++) expect((await prepared.run()).transcript).toBe(transcript);
  await expect(transcript).toMatchFileSnapshot(resolve(transcriptFile));
});

test.for(examples.map(named))('%s with its application', async ([, { file, transcriptFile }]) => {
  const { live: _, ...flow } = loadFlow(file).flow;
  const { createApp }: { createApp(): FastifyInstance } = await import(resolve(dirname(file), 'app.ts'));
  const transcript = await transcriptWith(createApp(), flow);
  for (let run = 2; run <= 10; run++) expect(await transcriptWith(createApp(), flow)).toBe(transcript);
  await expect(transcript).toMatchFileSnapshot(resolve(transcriptFile));
});

test('every flow says why it is there', () => {
  const silent = [...flows, ...examples].filter(({ file }) => loadFlow(file).flow.because === undefined);
  expect(silent.map(({ name }) => name)).toEqual([]);
});

/** What happens when this application answers, without a socket between. */
async function transcriptWith(app: FastifyInstance, flow: Flow): Promise<string> {
  const handler: FlowHandler = async ({ method, url, headers, body }) => {
    const { pathname, search } = new URL(url);
    const answer = await app.inject({ method, url: pathname + search, headers, payload: body });
    const { 'content-type': type, 'set-cookie': cookies = [] } = answer.headers;
    return {
      status: answer.statusCode,
      body: answer.body,
      headers: type === undefined ? {} : { 'content-type': String(type) },
      cookies: [cookies].flat(),
    };
  };
  const { transcript } = await prepare({ ...flow, handler }).run();
  await app.close();
  return transcript;
}
