import { expect, test } from 'vitest';
import type { ProjectLimits } from '../../src/call/admission.ts';
import { options, program, say, world } from '../call/world.ts';

const limits: Record<string, Partial<ProjectLimits>> = {
  noisy: { perSecond: 5, concurrent: 20, waiting: 1_000 },
  quiet: { perSecond: 2, concurrent: 3 },
};

/** When the calls of the quiet one are made and when they are placed, in milliseconds, whatever the noisy one does. */
async function quietCalls(noise: number) {
  const { engine, clock, journal } = world(
    { '/voice': program(say('Good morning.')) },
    {},
    {
      limitsOf: (project) => limits[project]!,
    },
  );
  const begin = clock.now();
  const create = (project: string, number: number) =>
    engine.create({
      project,
      dialect: 'voiceml',
      to: `+6149157${String(number).padStart(4, '0')}`,
      from: '+61255501234',
      options: options('/voice'),
    });
  let refused = 0;
  const flood = () => {
    for (let number = 0; number < noise; number++) {
      try {
        create('noisy', number);
      } catch {
        refused++;
      }
    }
    if (clock.now() - begin < 20_000) clock.setTimeout(flood, 100);
  };
  if (noise > 0) flood();
  for (let number = 0; number < 30; number++) clock.setTimeout(() => create('quiet', number), number * 700);
  await clock.run(begin + 30_000);
  const placed = journal.flatMap(({ at, output }) =>
    output?.type === 'call.changed' && output.state === 'starting' ? [{ at: at - begin, call: output.record }] : [],
  );
  const of = (project: string) =>
    placed
      .filter(({ call }) => call.project === project)
      .map(({ at, call }) => [call.to.slice(-4), call.createTime - begin, at]);
  return { quiet: of('quiet'), noisy: of('noisy').map(([, , at]) => at), refused };
}

test('a project that floods us with calls holds up no call of another', async () => {
  const alone = await quietCalls(0);
  const beside = await quietCalls(100);
  expect(alone.quiet).toHaveLength(30);
  expect(beside.quiet).toEqual(alone.quiet);
  expect(beside.refused).toBeGreaterThan(18_000);
  // The noisy one gets what it may have, and no more.
  expect(beside.noisy.length).toBeGreaterThan(100);
  expect(beside.noisy.slice(0, 20)).toEqual(Array.from({ length: 20 }, (_, nth) => nth * 200));
});
