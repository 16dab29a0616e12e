import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { openApplication } from '../crash/application.ts';
import type { Soak, Soaked } from '../crash/soaking.ts';
import { soakDocuments } from '../crash/telephones.ts';
import { dataFolder } from '../store/data-file.ts';

const program = fileURLToPath(new URL('../crash/soaking.ts', import.meta.url));

/** In a process of its own, which must end by itself. */
async function soaked(what: string, soak: Soak): Promise<Soaked> {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', program, JSON.stringify(soak)]);
  // The lag is that of the whole machine: without the load it says nothing.
  console.log(`${what}, load ${loadavg()[0]?.toFixed(1)}: ${stdout}`);
  const found: Soaked = JSON.parse(stdout);
  // Connections may be kept for the calls that come next, nothing else.
  expect(Object.keys(found.openedMeanwhile).filter((name) => name !== 'socket')).toEqual([]);
  return found;
}

/** Made before the heap is looked at for the first time. */
const warmUp = 500;
const nothing = { calls: 0, bridges: 0, queued: 0, recordings: 0 };

/** Each call has called an agent, and four callbacks have told of it. */
const whole = (calls: number) => ({
  ended: { completed: 2 * (calls + warmUp) },
  callbacks: { delivered: 4 * (calls + warmUp) },
  left: nothing,
  pending: 0,
  leftOpen: {},
});

test('10,000 calls at once all end, and leave no memory behind', async () => {
  using folder = dataFolder();
  const calls = 10_000;
  const found = await soaked('10,000 calls', { calls, perSecond: 500, holdSeconds: 24, file: folder.file() });
  expect(found).toMatchObject(whole(calls));
  expect(found.mostLive).toBeGreaterThanOrEqual(calls);
  expect(found.heapAfter).toBeLessThan(found.heapBefore * 1.1);
});

test('1,000 calls at once over HTTP, to an application that refuses a tenth of the callbacks at first', async () => {
  using folder = dataFolder();
  await using application = await openApplication(soakDocuments);
  const { origin } = application;
  const calls = 1_000;
  const soak = { calls, perSecond: 200, holdSeconds: 6, origin, file: folder.file() };
  const found = await soaked('1,000 calls over HTTP', soak);
  expect(found).toMatchObject(whole(calls));
  expect(found.mostLive).toBeGreaterThanOrEqual(calls);
  expect(found.heapAfter).toBeLessThan(found.heapBefore * 1.1);
  expect(application.taken.size).toBe(found.callbacks.delivered);
});

test('an hour of virtual traffic over HTTP leaves no timer, no socket, no file and no call', async () => {
  await using application = await openApplication(soakDocuments);
  const calls = 1_800;
  const soak = { calls, perSecond: 0.5, holdSeconds: 8, origin: application.origin };
  const found = await soaked('an hour of virtual time', soak);
  expect(found).toMatchObject(whole(calls));
  expect(application.taken.size).toBe(found.callbacks.delivered);
});
