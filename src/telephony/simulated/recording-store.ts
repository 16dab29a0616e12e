import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the audio of recordings goes. `keep` says where it has put it, and makes no audio that it does not keep. */
export interface RecordingStore {
  keep(id: string, makeWav: () => Uint8Array, bytes: number): string | undefined;
}

export const keepsNothing: RecordingStore = { keep: () => undefined };

/** One WAV file a recording, written aside and renamed, so that nobody ever reads half of one. */
export function recordingsIn(folder: string): RecordingStore {
  return {
    keep: (id, makeWav) => {
      const file = join(folder, `${encodeURIComponent(id)}.wav`);
      const aside = `${file}.part`;
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
  };
}
