import { readdirSync, readFileSync } from 'node:fs';

/** The documents of a folder beside this one, by name and without their ending. */
export function documentsIn(folder: string): { name: string; body: Uint8Array }[] {
  const here = new URL(`../${folder}/`, import.meta.url);
  return readdirSync(here)
    .filter((file) => file.endsWith('.xml'))
    .map((file) => ({ name: file.slice(0, -'.xml'.length), body: readFileSync(new URL(file, here)) }));
}

/** What a VoiceML document in a test is inside of. */
export const inResponse = (actions: string): Uint8Array => Buffer.from(`<Response>${actions}</Response>`);
