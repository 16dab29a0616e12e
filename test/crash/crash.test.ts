import { expect, test } from 'vitest';
import { crash } from './crashes.ts';

/** A few seconds, unless the machine has other things to do. */
const timeout = 120_000;

test('a process that is killed three times while it serves calls forgets nothing that it has said', {
  timeout,
}, async () => {
  const { recovered } = await crash({ kills: 3, within: 1_000, seed: 1 });
  expect(recovered.ended).toBeGreaterThan(0);
  expect(recovered.queued).toBeGreaterThan(0);
});
