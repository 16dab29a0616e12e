import { constants, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { copyFile, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { vaultFiles } from '../config/vault.ts';
import { CallflowError } from '../errors.ts';
import { asideOf, makeFolder, syncFolder, writeWhole } from '../files/whole.ts';
import { copyData } from '../store/sqlite/copy.ts';
import { dataFile, recordingsFolder } from './data-folder.ts';

export interface BackupOptions {
  /** The data folder. */
  data: string;
  /** The folder that is made: a data folder too. */
  to: string;
  /** Whether the key to the credentials is copied. */
  withKey: boolean;
}

export interface BackedUp {
  bytes: number;
  /** Recordings and faxes. */
  files: number;
  /** How many of these were erased while the backup was made. */
  erased: number;
}

/**
 * Copies a data folder as it is at one instant, also while a server has it. What calls have left is copied after the
 * records that name it: it is there before its record is, so none is missing that has not been erased since.
 */
export async function backUp({ data, to, withKey }: BackupOptions): Promise<BackedUp> {
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new CallflowError('USAGE', `${to} is there already: a backup is made into a folder that is new or empty`);
  const aside = asideOf(resolve(to));
  try {
    await rm(aside, { recursive: true, force: true });
    makeFolder(aside);
    const named = await copyData(dataFile(data), dataFile(aside));
    for (const file of vaultFiles(withKey))
      if (existsSync(join(data, file))) writeWhole(join(aside, file), readFileSync(join(data, file)));
    const { copied, bytes } = await copyFiles(recordingsFolder(data), recordingsFolder(aside), named);
    await rename(aside, to);
    syncFolder(dirname(resolve(to)));
    return { bytes: bytes + statSync(dataFile(to)).size, files: copied, erased: named.length - copied };
  } catch (error) {
    // Where it could not be made, there is nothing to remove either.
    await rm(aside, { recursive: true, force: true }).catch(() => {});
    if (error instanceof CallflowError) throw error;
    throw new CallflowError('BACKUP_FAILED', `${to}: ${(error as Error).message}`, { cause: error });
  }
}

async function copyFiles(
  from: string,
  to: string,
  named: readonly string[],
): Promise<{ copied: number; bytes: number }> {
  makeFolder(to);
  let copied = 0;
  let bytes = 0;
  for (const name of named.map((file) => basename(file))) {
    if (!(await copiedWhole(join(from, name), join(to, name)))) continue;
    copied++;
    bytes += statSync(join(to, name)).size;
  }
  syncFolder(to);
  return { copied, bytes };
}

/** Whether it was there. Where the disk can share what two files have in common, it does. */
async function copiedWhole(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
  await using file = await open(to, 'r+');
  await file.sync();
  return true;
}
