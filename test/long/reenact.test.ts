import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededRandom } from '../../src/ids.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { createLocal } from '../../src/local.ts';
import { reenact } from '../../src/replay/reenactment/reenact.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';

const folder = mkdtempSync(join(tmpdir(), 'callflow-reenact-'));
const documents: Readonly<Record<string, string>> = {
  '/': '<Response><Input MaxDigitCount="2" TimeoutSeconds="1" NextUri="/next"><Say>Hi.</Say></Input></Response>',
  '/next1': '<Response><Call TimeoutSeconds="2" NextUri="/end"><Endpoint>+61491570156</Endpoint></Call></Response>',
  '/next2': '<Response><Record MaxDurationSeconds="2" TimeoutSeconds="1" NextUri="/end"/></Response>',
  '/next': '<Response><Say>Bye.</Say></Response>',
  '/end': '<Response/>',
};
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const digits: string = JSON.parse(body).parameters?.digits ?? '';
    response.end(documents[request.url === '/next' ? `/next${digits[0] ?? ''}` : request.url!] ?? documents['/next']);
  });
});

let url = '';
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

/** What one of many callers does. */
function scriptOf(random: () => number): Script {
  const after = () => Math.round(random() * 1500) / 1000;
  const keys = ['1', '2', '12', '29', '#', '3'][Math.floor(random() * 6)]!;
  const steps: Script = [
    { after: after(), press: keys },
    { after: after(), say: 'Hello.' },
  ];
  return random() < 0.5 ? [...steps, { after: after() + 1, hangUp: true }] : steps;
}

test('a hundred calls in real time are reenacted from their journals', { timeout: 120_000 }, async () => {
  const random = seededRandom(7);
  const local = createLocal({
    dialect: 'voiceml',
    handlerUrls: [url],
    allow: ['loopback'],
    recordings: folder,
    signingKey: new Uint8Array(64),
    phones: { '+61491570156': { answers: 0.5, hangsUp: 0.7, script: [{ say: 'Shop.' }] } },
  });
  const journal: JournalEntry[] = [];
  local.engine.onEntry((entry) => journal.push(entry));
  const incoming = { to: '+61255501234', from: '+61491570006', transport: 'PSTN' } as const;
  for (let call = 0; call < 100; call++) local.network.callIn(incoming, { script: scriptOf(random) });
  await expect
    .poll(() => [journal.length > 0, ...Object.values(local.engine.left())], { timeout: 60_000, interval: 200 })
    .toEqual([true, 0, 0, 0, 0]);
  await local.close();

  const families = Map.groupBy(journal, ({ family }) => family);
  expect(families.size).toBe(100);
  for (const [family, entries] of families)
    expect([family, reenact(JSON.parse(JSON.stringify(entries))).difference]).toEqual([family, undefined]);
});
