import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the audio of recordings goes. `keep` says where it has put it, and makes no audio that it does not keep. */
export interface RecordingStore {
  keep(id: string, makeWav: () => Uint8Array, bytes: number): string | undefined;
  /** Removes what there is of it, whole or not. */
  discard(id: string): void;
}

export const keepsNothing: RecordingStore = { keep: () => undefined, discard: () => {} };

/** One WAV file a recording, written aside and renamed, so that nobody ever reads half of one. */
export function recordingsIn(folder: string): RecordingStore {
  const fileOf = (id: string) => join(folder, `${encodeURIComponent(id)}.wav`);
  const asideOf = (id: string) => `${fileOf(id)}.part`;
  return {
    keep: (id, makeWav) => {
      const file = fileOf(id);
      const aside = asideOf(id);
      mkdirSync(folder, { recursive: true });
      try {
        writeFileSync(aside, makeWav(), { flush: true });
        renameSync(aside, file);
      } catch (error) {
        rmSync(aside, { force: true });
        throw error;
      }
      return file;
    },
    discard: (id) => {
      for (const file of [fileOf(id), asideOf(id)]) rmSync(file, { force: true });
    },
  };
}
