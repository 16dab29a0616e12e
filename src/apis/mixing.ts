import { Readable } from 'node:stream';
import { mixedBytes, mixedHead, mixedPart } from '../files/mixed.ts';
import { pcmOf } from '../files/mp3.ts';
import { wavHeadBytes } from '../files/mp3-length.ts';
import type { KeptFile } from './service.ts';

/** A WAV file with all its channels on one: mixed while it is read. One that has no more is as it is. */
export async function onOneChannel(file: KeptFile): Promise<KeptFile> {
  const original = Buffer.concat(await file.read(0, wavHeadBytes - 1).toArray());
  if (pcmOf(original)?.channels !== 2) return file;
  const bytes = mixedBytes(file.bytes);
  const head = mixedHead(original, bytes);
  return {
    bytes,
    tag: `${file.tag}.mixed`,
    read: (from, to) => Readable.from(mixedPart(head, (first, last) => file.read(first, last), { from, to })),
  };
}
