import { afterEach, expect, test } from 'vitest';
import { realClock } from '../../src/clock.ts';
import { createGuard } from '../../src/http/guard.ts';
import { createWebSockets, type WebSockets } from '../../src/http/web-sockets.ts';
import type { LegEvent } from '../../src/telephony/leg-event.ts';
import { Secret } from '../../src/telephony/secret.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { streamsOverSockets } from '../../src/telephony/simulated/streams-over-sockets.ts';
import type { AudioStream } from '../../src/telephony/streams.ts';
import { streamWireOf } from '../../src/vendors/index.ts';
import { sidOf } from '../../src/vendors/signalwire/sids.ts';
import { type Message, type Visitor, type WebSocketServer, webSocketServer } from './web-socket-server.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const serve = async (on: (visitor: Visitor, message?: Message) => void): Promise<WebSocketServer> => {
  const server = await webSocketServer(on);
  open.push(server);
  return server;
};

const sockets = (allow: readonly string[] = ['loopback'], more = {}): WebSockets => {
  const made = createWebSockets({ clock: realClock, guard: createGuard({ allow }), ...more });
  open.push(made);
  return made;
};

const stream: AudioStream = {
  id: '1'.padStart(28, '0'),
  call: '2'.padStart(28, '0'),
  project: 'demo',
  dialect: 'laml',
  url: '',
  track: 'both',
  codec: 'PCMU@8000h',
  realtime: false,
  bothWays: false,
  parameters: { team: 'blue' },
};

/** A call to somebody who talks, with a stream; what its leg tells of it. */
function streaming(options: Partial<AudioStream>, { via = sockets(), says = 'hello' } = {}) {
  const network = createSimulatedNetwork({
    clock: realClock,
    audio: everyAudioLasts(100),
    servers: streamsOverSockets({ sockets: via, wireOf: streamWireOf }),
    phones: { phone: { rings: false, answers: 0, script: [{ say: says }, { press: '5' }] } },
  });
  const events: LegEvent[] = [];
  const ended = Promise.withResolvers<LegEvent>();
  const leg = network.place('leg', { to: 'phone', from: '+15555550200', transport: 'PSTN' }, (event) => {
    events.push(event);
    if (event.type === 'leg.answered') leg.send({ type: 'openStream', ...stream, ...options });
    if ('id' in event && event.id === stream.id && event.type !== 'leg.forked') ended.resolve(event);
  });
  open.push({ close: () => network.fail() });
  return { leg, events, ended: ended.promise };
}

test('audio of both sides goes to the server every 20 ms, keys are told, and the end', async () => {
  const enough = Promise.withResolvers<void>();
  const over = Promise.withResolvers<void>();
  const server = await serve((_, message) => {
    if (message?.event === 'dtmf') enough.resolve();
    if (message?.event === 'stop') over.resolve();
  });
  const { leg, ended } = streaming({ url: server.url });
  await enough.promise;
  leg.send({ type: 'stop', id: stream.id });
  expect(await ended).toEqual({ type: 'leg.stopped', id: stream.id });
  await over.promise;
  const { messages } = server.visitors[0]!;
  const streamSid = sidOf(stream.id);
  expect(messages.slice(0, 4)).toEqual([
    { event: 'connected', protocol: 'Call', version: '0.2.0' },
    {
      event: 'start',
      sequenceNumber: '1',
      streamSid,
      start: {
        streamSid,
        accountSid: sidOf('demo'),
        callSid: sidOf(stream.call!),
        tracks: ['inbound', 'outbound'],
        customParameters: { team: 'blue' },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      },
    },
    {
      event: 'media',
      sequenceNumber: '2',
      streamSid,
      media: expect.objectContaining({ track: 'inbound', chunk: '1', timestamp: '0' }),
    },
    {
      event: 'media',
      sequenceNumber: '3',
      streamSid,
      media: { track: 'outbound', chunk: '1', timestamp: '0', payload: Buffer.alloc(160, 0xff).toString('base64') },
    },
  ]);
  const inbound = messages.filter(({ media }) => (media as { track?: string })?.track === 'inbound');
  expect(inbound.map(({ media }) => Number((media as { timestamp: string }).timestamp))).toEqual(
    inbound.map((_, n) => n * 20),
  );
  const loud = inbound.filter(
    ({ media }) => (media as { payload: string }).payload !== Buffer.alloc(160, 0xff).toString('base64'),
  );
  expect(loud.length).toBeGreaterThan(15);
  expect(messages.filter(({ event }) => event === 'dtmf')).toEqual([
    { event: 'dtmf', sequenceNumber: expect.any(String), streamSid, dtmf: { digit: '5', duration: 800 } },
  ]);
  const numbers = messages.map(({ sequenceNumber }) => Number(sequenceNumber)).filter((n) => n > 0);
  expect(numbers).toEqual(numbers.map((_, n) => n + 1));
});

test('what the server of a two-way stream sends is heard; marks come back when they are reached, or cleared', async () => {
  const audio = (ms: number) => ({ event: 'media', media: { payload: Buffer.alloc(ms * 32).toString('base64') } });
  const server = await serve((visitor, message) => {
    if (message?.event === 'start') {
      visitor.send('not JSON');
      visitor.send(audio(100));
      visitor.send({ event: 'mark', mark: { name: 'heard' } });
      visitor.send(audio(1_000));
      visitor.send({ event: 'mark', mark: { name: 'cleared' } });
    }
    const { name } = (message?.mark ?? {}) as { name?: string };
    if (name === 'heard') visitor.send({ event: 'clear' });
    if (name === 'cleared') visitor.close();
  });
  const { ended } = streaming({
    url: server.url,
    bothWays: true,
    track: 'received',
    codec: 'L16@16000h',
    bearerToken: new Secret('t-123'),
  });
  expect(await ended).toEqual({ type: 'leg.done', id: stream.id });
  const [{ headers, messages }] = server.visitors as [Visitor];
  expect(headers.authorization).toBe('Bearer t-123');
  const marks = messages.filter(({ event }) => event === 'mark');
  expect(marks).toEqual([
    { event: 'mark', streamSid: sidOf(stream.id), mark: { name: 'heard' } },
    { event: 'mark', streamSid: sidOf(stream.id), mark: { name: 'cleared' } },
  ]);
  const [heard, cleared] = marks.map((mark) =>
    messages.slice(0, messages.indexOf(mark)).filter(({ event }) => event === 'media'),
  );
  expect(heard!.length).toBeGreaterThanOrEqual(4);
  expect(cleared!.length - heard!.length).toBeLessThan(20);
});

test('why a stream cannot be opened, or ends before its time, is told', async () => {
  const server = await serve((visitor, message) => {
    if (message?.event === 'start') visitor.cut();
  });
  const huge = await serve((visitor, message) => {
    if (message?.event === 'start') visitor.send('x'.repeat(3_000));
  });
  const gone = await serve(() => {});
  await gone.close();
  const web = server.url.replace(/^ws/, 'http');
  const endOf = async (url: string, via?: WebSockets) => streaming({ url, bothWays: true }, via && { via }).ended;
  const codes = [
    await endOf(server.url),
    await endOf(huge.url, sockets(['loopback'], { maxBytes: 1_000 })),
    await endOf(server.url, sockets([])),
    await endOf(gone.url),
    await endOf(server.url.replace('ws:', 'wss:')),
    await endOf(web),
    await endOf(''),
  ].map((event) => (event.type === 'leg.failed' ? event.code : event.type));
  expect(codes).toEqual([
    'STREAM_BROKEN',
    'STREAM_BROKEN',
    'URL_NOT_ALLOWED',
    'HANDLER_REFUSED',
    'HANDLER_NOT_TLS',
    'URL_SCHEME',
    'URL_NOT_VALID',
  ]);
});

test('a server that is no WebSocket server refuses, one that never answers is given up', async () => {
  const { createServer } = await import('node:net');
  const silent = createServer(() => {});
  const plain = createServer((socket) => socket.end('HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n'));
  for (const one of [silent, plain]) {
    await new Promise<void>((done) => one.listen(0, '127.0.0.1', done));
    open.push({ close: () => one.close() });
  }
  const urlOf = (server: typeof silent) => `ws://127.0.0.1:${(server.address() as { port: number }).port}/`;
  const refused = await streaming({ url: urlOf(plain) }).ended;
  const given = await streaming({ url: urlOf(silent) }, { via: sockets(['loopback'], { timeoutMs: 50 }) }).ended;
  expect([refused, given].map((event) => (event.type === 'leg.failed' ? event.code : event.type))).toEqual([
    'STREAM_REFUSED',
    'HANDLER_TIMEOUT',
  ]);
});

test('a call that ends takes its streams with it', async () => {
  const over = Promise.withResolvers<void>();
  const server = await serve((_, message) => {
    if (message?.event === 'stop') over.resolve();
  });
  const { leg, events } = streaming({ url: server.url });
  while (!events.some(({ type }) => type === 'leg.forked')) await new Promise((done) => setImmediate(done));
  leg.send({ type: 'hangUp' });
  await over.promise;
  expect(server.visitors[0]!.messages.at(-1)).toMatchObject({ event: 'stop' });
});
