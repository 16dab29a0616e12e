import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { more } from '../crash/open.ts';
import { app, becomes, fine, samples } from './asking.ts';
import { folder, placeCall, type Serving, serve } from './serving.ts';

const calls = 30;

/** What the server's process has open, by what the system says; a descriptor may go while it is looked at. */
function descriptors({ pid }: Serving): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((number) => {
    try {
      return [readlinkSync(`/proc/${pid}/fd/${number}`)];
    } catch {
      return [];
    }
  });
}

/** The inodes of sockets that lead to a port of this machine. */
function leadingTo(port: number): string[] {
  const end = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const lines = readFileSync('/proc/net/tcp', 'utf8').trim().split('\n').slice(1);
  return lines.flatMap((line) => {
    const [, , remote = '', , , , , , , inode = ''] = line.trim().split(/\s+/);
    return remote.endsWith(end) ? [`socket:[${inode}]`] : [];
  });
}

/** By what Node says and by what the system says. Of sockets only those to the application: the others are our own. */
async function openIn(server: Serving, application: number): Promise<Record<string, number>> {
  const figures = samples((await server.text('/metrics')).text);
  const counts: Record<string, number> = {};
  for (const [name, count] of Object.entries(figures)) {
    const [, type] = /^nodejs_active_resources\{type="(\w+)"\}$/.exec(name) ?? [];
    if (type !== undefined && type !== 'TCPSocketWrap') counts[type] = count;
  }
  const outgoing = leadingTo(application);
  for (const name of descriptors(server)) {
    const kind = outgoing.includes(name) ? 'to the application' : name.replace(/:\[\d+\]$/, '');
    if (kind !== 'socket') counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

async function oneCall(server: Serving, document: string): Promise<void> {
  const call = await placeCall(server, document, { stateUpdateUri: new URL('/state', document).href });
  await server.logged((line) => line.call === call && line.message === 'call completed');
}

/** Fetches every recording in every form, and tells how many that were. */
async function listen(server: Serving): Promise<number> {
  const { body } = await server.api('GET', 'recordings?view=FULL&pageSize=100');
  const { recordings = [] } = body as { recordings?: { audio?: { uri: string }[] }[] };
  const links = recordings.flatMap(({ audio = [] }) => audio.map(({ uri }) => uri));
  for (const link of links) expect((await (await fetch(link)).arrayBuffer()).byteLength).toBeGreaterThan(0);
  return links.length;
}

test.skipIf(process.platform !== 'linux')(
  'calls, recordings, links that are followed and requests leave nothing open in a server',
  { timeout: 90_000 },
  async () => {
    const { origin } = await app({
      '/short': (_, response) => response.end('<Response><Say>Hi.</Say></Response>'),
      '/message': (_, response) => response.end('<Response><Record MaxDurationSeconds="3"/></Response>'),
      '/state': fine,
    });
    const open = (server: Serving) => openIn(server, Number(new URL(origin).port));
    const server = await serve(['--data', folder()]);
    const before = await open(server);

    const documents = ['short', 'message', 'nowhere'].map((path) => `${origin}/${path}`);
    await Promise.all(Array.from({ length: calls }, (_, n) => oneCall(server, documents[n % documents.length]!)));
    await becomes(
      () => listen(server),
      (links) => links === (2 * calls) / documents.length,
    );
    // Connections that nobody needs any more are kept for a few seconds.
    await becomes(
      async () => more(await open(server), before),
      (added) => Object.keys(added).length === 0,
    );
  },
);
