import { expect, test } from 'vitest';
import { loadFlow } from '../../src/replay/load.ts';
import { replay } from '../../src/replay/replay.ts';
import { hidden } from '../../src/telephony/secret.ts';

test('a password that stands in a document is nowhere in the journal of the call', async () => {
  const { flow, read } = loadFlow('test/flows/laml/dial-sip-secrets/flow.yaml');
  const { journal } = await replay(flow, { read });
  const written = JSON.stringify(journal);
  expect(written).toContain('gw');
  expect(written).toContain(hidden);
  expect(written).not.toContain('s3cret');
});
