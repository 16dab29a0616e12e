/** Files that are there as a whole or not at all, also after the power has failed. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { makeFolders } from './folder.ts';

export const asideOf = (file: string): string => `${file}.part`;

/** Written aside, synced, renamed, and the folder synced: when this returns, no crash takes the file away. */
export function writeWhole(file: string, bytes: Uint8Array | string, mode = 0o600): void {
  const aside = asideOf(file);
  try {
    const to = openSync(aside, 'w', mode);
    try {
      writeFileSync(to, bytes);
      fsyncSync(to);
    } finally {
      closeSync(to);
    }
    renameSync(aside, file);
  } catch (error) {
    rmSync(aside, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
}

/** Gives what has been written and synced aside its name. */
export async function settle(aside: string, file: string): Promise<void> {
  await rename(aside, file);
  if (foldersCannotBeSynced) return;
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Makes a folder that only its owner can read, if it is not there. */
export function makeFolder(folder: string): void {
  const first = makeFolders(folder, 0o700);
  if (first !== undefined) syncFolder(dirname(first));
}

/** Windows opens no folders; it writes their changes down by itself. */
const foldersCannotBeSynced = process.platform === 'win32';

/** A name in a folder outlives a crash only when the folder has been synced too. */
export function syncFolder(folder: string): void {
  if (foldersCannotBeSynced) return;
  const opened = openSync(folder, 'r');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
}
