import { expect, test } from 'vitest';
import { program, say, told, url, world } from './world.ts';

test('an incoming call is answered, asked for a key, joined with a child and hung up', async () => {
  const { clock, network, engine, journal, asked } = world(
    {
      '/voice': program({
        verb: 'gather',
        answers: true,
        prompts: [{ type: 'speech', text: 'Press one.' }],
        maxDigits: 1,
        stopKey: '#',
        timeoutMs: 5000,
        next: url('/menu'),
      }),
      '/menu': program(say('Connecting you.'), {
        verb: 'dial',
        answers: false,
        targets: [{ to: '+61491570156', transport: 'PSTN' }],
        strategy: 'simultaneous',
        ringMs: 20_000,
        maxMs: 3_600_000,
        next: url('/after'),
      }),
      '/after': program(say('Goodbye.')),
    },
    { '+61491570156': { answers: 2, hangsUp: 5 } },
  );
  network.callIn(
    { to: '+61255501234', from: '+61491570006', transport: 'PSTN' },
    { script: [{ hears: 'Press', after: 0.3, press: '1' }] },
  );
  await clock.run();
  expect(asked.map(({ path, result }) => [path, result.type])).toEqual([
    ['/voice', 'nothing'],
    ['/menu', 'digits'],
    ['/after', 'dialed'],
  ]);
  expect(told(journal, 'call.changed', 'verb.ended', 'leg.pressed')).toEqual([
    'call.changed inProgress',
    'leg.pressed 1',
    'verb.ended gather request',
    'verb.ended play continue',
    'call.changed ringing',
    'call.changed inProgress',
    'call.changed completed',
    'verb.ended dial request',
    'verb.ended play continue',
    'call.changed completed',
  ]);
  expect(engine.left()).toEqual({ calls: 0, bridges: 0, queued: 0, recordings: 0 });
  expect(clock.pending).toBe(0);
});
