/** MP3 from telephone audio. */
import { createMp3Encoder } from 'wasm-media-encoders';
import { bytesPerSample, kbpsOf, wavHeadBytes } from './mp3-length.ts';

/** What the head of a WAV file says of the samples, which follow it. */
export interface Pcm {
  channels: 1 | 2;
  sampleRate: number;
}

/** Reads the head that our WAV files have; undefined when it is another. */
export function pcmOf(head: Uint8Array): Pcm | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const is = (at: number, text: string) => Buffer.from(head.subarray(at, at + text.length)).toString('latin1') === text;
  if (head.length < wavHeadBytes || !is(0, 'RIFF') || !is(8, 'WAVEfmt ') || !is(36, 'data')) return undefined;
  const [format, channels, bits] = [20, 22, 34].map((at) => view.getUint16(at, true));
  if (format !== 1 || bits !== bytesPerSample * 8 || (channels !== 1 && channels !== 2)) return undefined;
  return { channels, sampleRate: view.getUint32(24, true) };
}

/** Takes samples piece by piece, and gives what there is of the MP3; `end` gives the rest. */
export interface Mp3Encoder {
  encode(samples: Uint8Array): Uint8Array;
  end(): Uint8Array;
}

export async function mp3Encoder({ channels, sampleRate }: Pcm): Promise<Mp3Encoder> {
  const encoder = await createMp3Encoder();
  encoder.configure({ channels, sampleRate, bitrate: kbpsOf[channels] });
  return {
    // What it gives is its own memory, which the next call changes.
    encode: (samples) => encoder.encode(byChannel(samples, channels)).slice(),
    end: () => encoder.finalize().slice(),
  };
}

function byChannel(samples: Uint8Array, channels: 1 | 2): Float32Array[] {
  const view = new DataView(samples.buffer, samples.byteOffset, samples.byteLength);
  const frames = samples.length / (bytesPerSample * channels);
  return Array.from({ length: channels }, (_, channel) =>
    Float32Array.from(
      { length: frames },
      (_, frame) => view.getInt16((frame * channels + channel) * bytesPerSample, true) / 32_768,
    ),
  );
}
