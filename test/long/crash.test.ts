import { expect, test } from 'vitest';
import { crash } from '../crash/crashes.ts';

test('a process that is killed twenty times while it serves calls forgets nothing that it has said', async () => {
  const seed = Number(process.env.SEED ?? 2);
  const crashes = await crash({ kills: Number(process.env.KILLS ?? 20), within: 3_000, seed });
  console.log(JSON.stringify({ seed, ...crashes }));
  for (const found of Object.values(crashes.recovered)) expect(found).toBeGreaterThan(0);
});
