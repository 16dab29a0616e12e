import { Readable } from 'node:stream';
import type { KeptFile } from '../../src/apis/service.ts';

/** A file that is in memory only. */
export const inMemory = (tag: string, bytes: Uint8Array | undefined): KeptFile | undefined =>
  bytes && {
    bytes: bytes.length,
    tag,
    read: (from, to) => Readable.from([Buffer.from(bytes.subarray(from, to + 1))]),
  };
