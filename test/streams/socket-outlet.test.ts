import { expect, onTestFinished, test } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { createSocketOutlet, type Policy } from '../../src/operations/outlet.ts';
import { webSocketServer } from './web-socket-server.ts';

const policy = (...allow: string[]): Policy => ({ allow, connections: 1 });

test('a new policy counts for streams that are opened then, those that are open stay', async () => {
  const server = await webSocketServer((visitor, message) => message && visitor.send({ event: 'echo' }));
  onTestFinished(() => server.close());
  const outlet = createSocketOutlet(realClock, policy('loopback'));
  onTestFinished(() => outlet.close());
  const open = () => {
    const opened = Promise.withResolvers<string>();
    const heard = Promise.withResolvers<string>();
    const socket = outlet.open(
      { url: server.url, headers: {} },
      {
        opened: () => opened.resolve('opened'),
        text: heard.resolve,
        closed: (failure) => opened.resolve(failure?.code ?? 'closed'),
      },
    );
    return { socket, opened: opened.promise, heard: heard.promise };
  };
  const before = open();
  expect(await before.opened).toBe('opened');
  outlet.obey(policy());
  expect(await open().opened).toBe('URL_NOT_ALLOWED');
  before.socket.send('{"event":"still there"}');
  expect(await before.heard).toBe('{"event":"echo"}');
});
