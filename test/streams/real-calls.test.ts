import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { createLocal } from '../../src/local.ts';
import { transcriptOf } from '../../src/replay/transcript.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import { application } from '../http/far-side.ts';
import { type Visitor, webSocketServer } from './web-socket-server.ts';

const xml = (document: string) => (_: unknown, response: ServerResponse) => {
  response.writeHead(200, { 'content-type': 'text/xml' }).end(document);
};

/** An engine on this machine, and an application that answers these documents. */
async function local(documents: Readonly<Record<string, string>>) {
  const app = await application(
    Object.fromEntries(Object.entries(documents).map(([path, document]) => [path, xml(document)])),
  );
  onTestFinished(() => app.close());
  const folder = mkdtempSync(join(tmpdir(), 'callflow-streams-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { engine, network, close } = createLocal({
    dialect: 'laml',
    handlerUrls: [`${app.origin}/voice`],
    allow: ['loopback'],
    recordings: folder,
    signingKey: new Uint8Array(64),
  });
  onTestFinished(close);
  const journal: JournalEntry[] = [];
  /** Resolves once this callback has been delivered. */
  const delivered = (event: string) =>
    new Promise<void>((done) => {
      engine.onEntry(({ output }) => {
        if (output?.type === 'callback.delivered' && output.event === event) done();
      });
    });
  engine.onEntry((entry) => journal.push(entry));
  const callIn = (script: Script = []) =>
    network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' }, { script });
  /** What it was posted there, in order. */
  const told = (path: string) =>
    app.heard.flatMap(({ url, body }) => (url === path ? [new URLSearchParams(body)] : []));
  return { callIn, journal, delivered, told };
}

test('a document streams a call both ways to a server on this machine, and goes on when that closes', async () => {
  const bot = await webSocketServer((visitor, message) => {
    if (message?.event === 'start')
      visitor.send({ event: 'media', media: { payload: Buffer.alloc(800).toString('base64') } });
    if (message?.event === 'media' && visitor.messages.length > 10) visitor.close();
  });
  onTestFinished(() => bot.close());
  const connect = `<Response><Connect action="/after"><Stream url="${bot.url}" authBearerToken="t-123" statusCallback="/events"/></Connect></Response>`;
  const { callIn, journal, delivered } = await local({ '/voice': connect, '/after': '<Response/>', '/events': '' });
  const ended = delivered('stream-stopped');
  callIn();
  await ended;
  const lines = transcriptOf(journal)
    .split('\n')
    .map((line) =>
      line
        .slice(10)
        .replace(/127\.0\.0\.1:\d+/g, 'here')
        .replace(/ after [\d.]+ s/g, ''),
    );
  const about = (who: string) =>
    lines.filter((line) => line.trimStart().startsWith(who)).map((line) => line.slice(14).trim());
  expect(about('stream 1')).toEqual(['is open', 'ends']);
  expect(about('callback').map((line) => line.split(' ').slice(1, 3).join(' '))).toEqual([
    '/events stream-started',
    '/events stream-stopped',
  ]);
  expect(bot.visitors[0]?.headers.authorization).toBe('Bearer t-123');
  expect(JSON.stringify(journal)).not.toContain('t-123');
});

test('a server on this machine hears a conference and is heard in it; the conference goes on when it closes', async () => {
  let hasAnswered = false;
  const bot = await webSocketServer((visitor, message) => {
    const { payload } = (message?.media ?? {}) as { payload?: string };
    // It answers whoever says something.
    if (payload !== undefined && new Set(Buffer.from(payload, 'base64')).size > 1 && !hasAnswered) {
      hasAnswered = true;
      visitor.send({ event: 'media', media: { payload: Buffer.alloc(800).toString('base64') } });
      visitor.send({ event: 'mark', mark: { name: 'said' } });
    }
    if (message?.event === 'mark') visitor.close();
  });
  onTestFinished(() => bot.close());
  const { callIn, journal, delivered, told } = await local({
    '/voice': `<Response><Dial><Conference beep="false" endConferenceOnExit="true">room
      <Stream name="guide" url="${bot.url}" authBearerToken="t-123" statusCallback="/events"><Parameter name="city" value="Perth"/></Stream>
    </Conference></Dial></Response>`,
    '/events': '',
  });
  const stopped = delivered('stream-stopped');
  callIn([{ after: 0.3, say: 'Hello.' }, { heard: 'stream', press: '1' }, { after: 60 }]);
  await stopped;
  const events = told('/events');
  const sid = events[0]!.get('ConferenceSid');
  expect(events.map((form) => [form.get('StreamEvent'), form.get('CallSid'), form.get('Unique-ID')])).toEqual([
    ['stream-started', null, sid],
    ['stream-stopped', null, sid],
  ]);
  const [{ headers, messages }] = bot.visitors as [Visitor];
  expect(headers.authorization).toBe('Bearer t-123');
  const streamSid = events[0]!.get('StreamSid');
  expect(messages.slice(0, 2)).toEqual([
    { event: 'connected', protocol: 'Call', version: '0.2.0' },
    {
      event: 'start',
      sequenceNumber: '1',
      streamSid,
      start: {
        streamSid,
        accountSid: events[0]!.get('AccountSid'),
        conferenceSid: sid,
        tracks: ['inbound'],
        customParameters: { city: 'Perth' },
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
      },
    },
  ]);
  expect(messages.filter(({ event }) => event === 'mark')).toEqual([
    { event: 'mark', streamSid, mark: { name: 'said' } },
  ]);
  const isOver = journal.some(({ output }) => output?.type === 'conference.event' && output.event.type === 'end');
  expect([isOver, JSON.stringify(journal).includes('t-123')]).toEqual([false, false]);
});
