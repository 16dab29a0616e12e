import { mkdtempSync, rmSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { JournalEntry } from '../../src/journal.ts';
import { createLocal } from '../../src/local.ts';
import { transcriptOf } from '../../src/replay/transcript.ts';
import { application } from '../http/far-side.ts';
import { webSocketServer } from './web-socket-server.ts';

test('a document streams a call both ways to a server on this machine, and goes on when that closes', async () => {
  const bot = await webSocketServer((visitor, message) => {
    if (message?.event === 'start')
      visitor.send({ event: 'media', media: { payload: Buffer.alloc(800).toString('base64') } });
    if (message?.event === 'media' && visitor.messages.length > 10) visitor.close();
  });
  onTestFinished(() => bot.close());
  const connect = `<Response><Connect action="/after"><Stream url="${bot.url}" authBearerToken="t-123" statusCallback="/events"/></Connect></Response>`;
  const xml = (document: string) => (_: unknown, response: ServerResponse) => {
    response.writeHead(200, { 'content-type': 'text/xml' }).end(document);
  };
  const app = await application({ '/voice': xml(connect), '/after': xml('<Response/>'), '/events': xml('') });
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
  const ended = new Promise<void>((done) => {
    engine.onEntry((entry) => {
      journal.push(entry);
      if (entry.output?.type === 'callback.delivered' && entry.output.event === 'stream-stopped') done();
    });
  });
  network.callIn({ to: '+61255501234', from: '+61491570006', transport: 'PSTN' });
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
