import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';

/**
 * The files of recordings and faxes, in one folder. A record knows where its file was when it was written: only the last
 * part of that counts, so that a data folder can be moved, and nothing outside of it is read or removed.
 */
export function filesIn(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const here = (file: string) => join(folder, basename(file));
  return {
    readFile: async (file: string): Promise<Uint8Array | undefined> => {
      try {
        return await readFile(here(file));
      } catch {
        return undefined;
      }
    },
    removeFile: (file: string): Promise<void> => rm(here(file), { force: true }),
  };
}
