import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { seededRandom } from '../../src/ids.ts';
import type { Store } from '../../src/store/store.ts';
import { dataFolder } from './data-file.ts';

const program = fileURLToPath(new URL('./committing.ts', import.meta.url));
const rounds = 6;

/** Kills the process once it has said so many numbers; gives all that it has said. */
async function saidUntilKilled(file: string, numbers: number): Promise<number[]> {
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  const said: number[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(Number(line));
    if (said.length === numbers) child.kill('SIGKILL');
  }
  expect((await ended)[1]).toBe('SIGKILL');
  return said;
}

/** The numbers of the batches of which something is there, and whether all of each is. */
function kept(store: Store): number[] {
  const numbers = [...store.calls()].map(({ id }) => Number(id.slice('call '.length))).sort((a, b) => a - b);
  const ids = (what: string) => new Set(numbers.map((n) => `${what} ${n}`));
  expect(new Set([...store.recordings()].map(({ id }) => id))).toEqual(ids('recording'));
  expect(new Set([...store.deliveries()].map(({ id }) => id))).toEqual(ids('delivery'));
  expect([...store.journal()].map(({ seq }) => seq)).toEqual(numbers.flatMap((n) => [2 * n, 2 * n + 1]));
  return numbers;
}

test(`a process that is killed at any moment has kept whole batches, and each that it said was committed`, async () => {
  using folder = dataFolder();
  const random = seededRandom(7);
  let last = -1;
  for (let round = 0; round < rounds; round++) {
    const said = await saidUntilKilled(folder.file(), 1 + Math.floor(random() * 400));
    const store = folder.open();
    const numbers = kept(store);
    expect(said[0]).toBe(last + 1);
    last = numbers.at(-1)!;
    expect(said.at(-1)).toBeLessThanOrEqual(last);
    expect(numbers).toEqual(Array.from({ length: last + 1 }, (_, n) => n));
    expect(store.lastSeq()).toBe(2 * last + 1);
    store.close();
  }
});
