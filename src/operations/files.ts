import { mkdirSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { resolve, sep } from 'node:path';

/** The files of recordings and faxes, in one folder: nothing outside of it is read or removed. */
export function filesIn(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const inside = (file: string) => resolve(file).startsWith(resolve(folder) + sep);
  return {
    readFile: async (file: string): Promise<Uint8Array | undefined> => {
      if (!inside(file)) return undefined;
      try {
        return await readFile(file);
      } catch {
        return undefined;
      }
    },
    removeFile: async (file: string): Promise<void> => {
      if (inside(file)) await rm(file, { force: true });
    },
  };
}
