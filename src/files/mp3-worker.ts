/** A worker thread that encodes one recording and ends. */
import { closeSync, fsyncSync, openSync, readSync, writeFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { mixed } from './mixed.ts';
import { mp3Encoder, pcmOf } from './mp3.ts';
import { wavHeadBytes } from './mp3-length.ts';

export interface Encoding {
  /** The WAV file. */
  from: string;
  /** Where the MP3 is written, and synced. */
  to: string;
  /** All channels are heard on one. */
  isMixed: boolean;
}

const pieceBytes = 64 * 1024;

/** However long a recording is, only a piece of it is in memory. */
async function encode({ from, to, isMixed }: Encoding): Promise<void> {
  const wav = openSync(from, 'r');
  const mp3 = openSync(to, 'w', 0o600);
  try {
    const piece = new Uint8Array(pieceBytes);
    const next = (bytes: number) => piece.subarray(0, readSync(wav, piece, 0, bytes, null));
    const pcm = pcmOf(next(wavHeadBytes));
    if (!pcm) throw new Error(`${from} is not a WAV file of 16 bits a sample`);
    const mixes = isMixed && pcm.channels === 2;
    const encoder = await mp3Encoder(mixes ? { ...pcm, channels: 1 } : pcm);
    for (let samples = next(pieceBytes); samples.length > 0; samples = next(pieceBytes))
      writeFileSync(mp3, encoder.encode(mixes ? mixed(samples) : samples));
    writeFileSync(mp3, encoder.end());
    fsyncSync(mp3);
  } finally {
    closeSync(wav);
    closeSync(mp3);
  }
}

await encode(workerData as Encoding);
