import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolders } from '../../src/files/folder.ts';
import { writeWhole } from '../../src/files/whole.ts';
import { temporaryFolder } from './folder.ts';

/** Tells what a process asks the system for. Not every machine has it. */
const tracer = 'strace';
const program = fileURLToPath(new URL('./keeping.ts', import.meta.url));

/** What the process asks the system for, in order: whose bytes are brought to the disk, and what gets another name. */
function askedOfTheSystem(folder: string): string[] {
  const log = join(folder, 'strace');
  const words = ['-f', '-y', '-e', 'trace=fsync,rename', '-o', log, process.execPath, program, join(folder, 'kept')];
  expect(spawnSync(tracer, words, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
  const named = (path: string) => relative(folder, path) || '.';
  return readFileSync(log, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, synced] = /fsync\(\d+<(.+?)>/.exec(line) ?? [];
      const [, from, to] = /rename\("(.+?)", "(.+?)"/.exec(line) ?? [];
      if (synced !== undefined) return [`sync ${named(synced)}`];
      return from === undefined || to === undefined ? [] : [`rename ${named(from)} to ${named(to)}`];
    });
}

test.skipIf(spawnSync(tracer, ['-V']).status !== 0)(
  'a recording and its MP3 are on the disk before they have their names, and their names before anybody hears of them',
  () => {
    using folder = temporaryFolder();
    expect(askedOfTheSystem(folder.path)).toEqual([
      'sync .',
      ...['wav', 'mp3'].flatMap((form) => [
        `sync kept/a.${form}.part`,
        `rename kept/a.${form}.part to kept/a.${form}`,
        'sync kept',
      ]),
    ]);
  },
);

test('a file that is written over is the old one or the new one, and only its owner can read it', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'secret');
  writeWhole(file, 'one');
  writeWhole(file, 'two');
  expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['two', 0o600]);
  expect(readdirSync(folder.path)).toEqual(['secret']);
});

test('what cannot get its name leaves nothing behind, and what was there stays', () => {
  using folder = temporaryFolder();
  const file = join(folder.path, 'secret');
  mkdirSync(file);
  writeFileSync(join(file, 'inside'), 'here first');
  expect(() => writeWhole(file, 'two')).toThrow();
  expect([readdirSync(folder.path), existsSync(join(file, 'inside'))]).toEqual([['secret'], true]);
});

test('a folder that cannot be made is refused, and nobody waits for ever', () => {
  expect(() => makeFolders('/proc/nowhere/at/all')).toThrow(/ENOENT|EACCES|EPERM/);
});
