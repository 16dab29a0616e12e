import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { asideOf, makeFolder, writeWhole } from '../../files/whole.ts';

/** Where the audio of recordings goes. `keep` says where it has put it, and makes no audio that it does not keep. */
export interface RecordingStore {
  keep(id: string, makeWav: () => Uint8Array, bytes: number): string | undefined;
  /** Removes what there is of it, whole or not. */
  discard(id: string): void;
}

export const keepsNothing: RecordingStore = { keep: () => undefined, discard: () => {} };

/** One WAV file a recording, whole and for good once it is kept. */
export function recordingsIn(folder: string): RecordingStore {
  const fileOf = (id: string) => join(folder, `${encodeURIComponent(id)}.wav`);
  return {
    keep: (id, makeWav) => {
      const file = fileOf(id);
      makeFolder(folder);
      writeWhole(file, makeWav());
      return file;
    },
    discard: (id) => {
      for (const file of [fileOf(id), asideOf(fileOf(id))]) rmSync(file, { force: true });
    },
  };
}
