import { expect, test } from 'vitest';
import type { LegListener } from '../../src/telephony/leg.ts';
import type { Network } from '../../src/telephony/network.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import type { Instruction } from '../../src/verbs/index.ts';
import { program, say, told, url, type World, world } from './world.ts';

const stream = (next?: string): Instruction => ({
  verb: 'stream',
  answers: true,
  name: 'projects/demo/streams/s-1',
  ...(next !== undefined && { next: url(next) }),
});

/** A simulated network on which an application has opened every stream, and ends each after 5 s. */
function networkWithStreams(around: () => World): Network & { connect(): void } {
  let offer: Parameters<Network['onIncoming']>[0];
  let finished: Parameters<Network['onFinished']>[0];
  return {
    place: (...placed) => around().network.place(...placed),
    openBridge: (id) => around().network.openBridge(id),
    sendText: () => {},
    discard: () => {},
    onFinished: (listener) => {
      finished = listener;
    },
    onIncoming: (listener) => {
      offer = listener;
    },
    connect: () => {
      const { network, clock } = around();
      network.onFinished(finished);
      network.onIncoming((incoming, leg) => {
        const listener: LegListener = offer(incoming, {
          id: leg.id,
          send: (command) => {
            if (command.type !== 'stream') return leg.send(command);
            clock.setTimeout(() => listener({ type: 'leg.done', id: command.id }), 5_000);
          },
        });
        return listener;
      });
    },
  };
}

async function call(instructions: readonly Instruction[], script: Script = []) {
  const application = { '/voice': program(...instructions), '/done': program(say('Goodbye.')) };
  const network = networkWithStreams(() => around);
  const around = world(application, {}, { network });
  network.connect();
  around.network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' }, { script });
  await around.clock.run();
  return { verbs: told(around.journal, 'verb.ended'), asked: around.asked };
}

test('a stream goes on until the application ends it, and then its next URL is asked', async () => {
  const { verbs, asked } = await call([stream('/done'), say('Never spoken.')]);
  expect(verbs).toEqual(['verb.ended stream request', 'verb.ended play continue']);
  expect(asked).toEqual([
    { path: '/voice', result: { type: 'nothing' } },
    { path: '/done', result: { type: 'streamed', parameters: {} } },
  ]);
});

test('without a next URL the document goes on behind the stream', async () => {
  const { verbs, asked } = await call([stream(), say('Goodbye.')]);
  expect(verbs).toEqual(['verb.ended stream continue', 'verb.ended play continue']);
  expect(asked).toHaveLength(1);
});

test('a stream ends with its call, and nobody is asked', async () => {
  const { verbs, asked } = await call([stream('/done')], [{ after: 2, hangUp: true }]);
  expect(verbs).toEqual(['verb.ended stream interrupted']);
  expect(asked).toHaveLength(1);
});
