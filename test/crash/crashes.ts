/** Serves calls with one process after the other, kills each at a random moment, and lets the last one end. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { seededRandom } from '../../src/ids.ts';
import { dataFolder } from '../store/data-file.ts';
import { openApplication } from './application.ts';
import { Audit } from './audit.ts';
import { runProcess } from './process.ts';
import type { Said } from './serving.ts';
import { documents } from './telephones.ts';

const askedAgain = 40;

export interface Plan {
  kills: number;
  /** At most so many lines and requests are awaited before a process is killed. */
  within: number;
  seed: number;
}

export interface Crashes {
  kills: number;
  calls: number;
  callbacks: number;
  /** Requests with callbacks. */
  attempts: number;
  /** What the processes found when they began. */
  recovered: { queued: number; ended: number; recordings: number };
}

export async function crash({ kills, within, seed }: Plan): Promise<Crashes> {
  const random = seededRandom(seed);
  using folder = dataFolder();
  await using application = await openApplication(documents);
  const file = folder.file();
  const recordings = join(dirname(file), 'recordings');
  mkdirSync(recordings);
  const audit = new Audit();
  const recovered = { queued: 0, ended: 0, recordings: 0 };
  const orders = () => ({
    file,
    recordings,
    origin: application.origin,
    again: [...audit.made.keys()].slice(-askedAgain),
  });
  const note = (said: Said) => {
    if (said.type === 'recovered') for (const name of names) recovered[name] += said[name];
    if (said.type === 'refused') expect(said.code).toBe('IDEMPOTENCY_CONFLICT');
    if (said.type !== 'made') return;
    if (said.again) expect(said.call).toBe(audit.made.get(said.number));
    audit.made.set(said.number, said.call);
  };

  for (let kill = 0; kill < kills; kill++) {
    const first = Math.max(-1, ...audit.made.keys()) + 1;
    const moment =
      kill % 4 === 1
        ? { happenings: Number.POSITIVE_INFINITY, dieKeeping: 1 + Math.floor(random() * 20) }
        : { happenings: 1 + Math.floor(random() * within) };
    const { signal, said } = await runProcess({ ...orders(), first, ...moment }, { application, ...moment });
    audit.kills.push(Date.now());
    expect(signal).toBe('SIGKILL');
    for (const one of said) note(one);
    const store = folder.open();
    audit.afterKill(store, recordings);
    store.close();
  }
  const { code, said } = await runProcess(orders(), { application, happenings: Number.POSITIVE_INFINITY });
  for (const one of said) note(one);
  expect(said.filter(({ type }) => type === 'ended')).toEqual([
    { type: 'ended', left: { calls: 0, bridges: 0, queued: 0, recordings: 0 }, owed: 0 },
  ]);
  expect(code).toBe(0);
  audit.atTheEnd(folder.open(), recordings, application);
  const attempts = [...application.came.values()].reduce((sum, count) => sum + count, 0);
  return { kills, calls: audit.calls, callbacks: audit.callbacks, attempts, recovered };
}

const names = ['queued', 'ended', 'recordings'] as const;
