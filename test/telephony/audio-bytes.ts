/** Bytes one after the other: text, numbers of so many bytes, or bytes as they are. */
export function bytes(
  ...parts: readonly (string | Uint8Array | readonly [value: number, length: 2 | 4])[]
): Uint8Array {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      if (part instanceof Uint8Array) return part;
      const [value, length] = part;
      const buffer = Buffer.alloc(length);
      buffer.writeUIntLE(value, 0, length);
      return buffer;
    }),
  );
}

/** A chunk of a WAV file, with an announced length of its own if need be. */
export const chunk = (name: string, body: Uint8Array, length = body.length): Uint8Array =>
  bytes(name, [length, 4], body, new Uint8Array(body.length % 2));

export const format = (
  code: number,
  rate: number,
  frameBytes: number,
  more: Uint8Array = new Uint8Array(),
): Uint8Array =>
  chunk('fmt ', bytes([code, 2], [1, 2], [rate, 4], [rate * frameBytes, 4], [frameBytes, 2], [16, 2], more));

export const wav = (...chunks: readonly Uint8Array[]): Uint8Array => {
  const body = bytes('WAVE', ...chunks);
  return bytes('RIFF', [body.length, 4], body);
};

/** A frame of MP3: its three bytes behind the first, its whole length, and what is in it. */
export function frame(
  header: readonly [number, number, number],
  length: number,
  at = 4,
  inside: Uint8Array = new Uint8Array(),
): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set([0xff, ...header]);
  whole.set(inside, at);
  return whole;
}

export const times = (count: number, part: Uint8Array): Uint8Array =>
  bytes(...Array.from({ length: count }, () => part));

export const bigEndian = (value: number): Uint8Array => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
};
