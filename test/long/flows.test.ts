import { expect, test } from 'vitest';
import { type FlowFile, flowsIn, loadFlow } from '../../src/replay/load.ts';
import { prepare } from '../../src/replay/replay.ts';

const runs = 1_000;

test.for(flowsIn(['test/flows']).map((flow): [string, FlowFile] => [flow.name, flow]))(
  `%s is the same ${runs} times`,
  { timeout: 600_000 },
  async ([, { file }]) => {
    const { flow, read } = loadFlow(file);
    const prepared = prepare(flow, { read });
    const { transcript } = await prepared.run();
    for (let run = 2; run <= runs; run++) expect((await prepared.run()).transcript).toBe(transcript);
  },
);
