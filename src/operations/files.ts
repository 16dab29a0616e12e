import { createReadStream } from 'node:fs';
import { readFile, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { KeptFile, Service } from '../apis/service.ts';
import { Mp3s } from '../files/mp3s.ts';
import { makeFolder } from '../files/whole.ts';

/** The files of a service, and what ends with it. */
export interface Files extends Pick<Service, 'openFile' | 'openMp3' | 'removeFile'> {
  /** All of a file at once. */
  audioOf(file: string): Promise<Uint8Array>;
  close(): Promise<void>;
}

/**
 * The files of recordings and faxes, in one folder. A record knows where its file was when it was written: only the last
 * part of that counts, so that a data folder can be moved, and nothing outside of it is read or removed.
 */
export function filesIn(folder: string): Files {
  makeFolder(folder);
  const mp3s = new Mp3s();
  const here = (file: string) => join(folder, basename(file));
  return {
    openFile: (file) => opened(here(file)),
    audioOf: (file) => readFile(here(file)),
    openMp3: async (file, isMixed) => {
      const mp3 = await mp3s.of(here(file), isMixed);
      return mp3 === undefined ? undefined : await opened(mp3);
    },
    removeFile: async (file) => {
      await rm(here(file), { force: true });
      await mp3s.remove(here(file));
    },
    close: () => mp3s.close(),
  };
}

/** Files are named after ids, and written once. */
async function opened(file: string): Promise<KeptFile | undefined> {
  const found = await stat(file).catch(absent);
  if (!found?.isFile()) return undefined;
  const read = (start: number, end: number) => createReadStream(file, { start, end });
  return { bytes: found.size, tag: basename(file), read };
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
}
