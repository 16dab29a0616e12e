import { type Variation, variation } from '../mistake.ts';

/** The bytes of a key, which is shown in base64. */
export const rawKey = (written: string): Uint8Array => Buffer.from(written.trim(), 'base64');

/** What else may have been taken for the key. */
export function keyMistakes(written: string): Variation<Uint8Array>[] {
  const text = written.trim();
  const raw = rawKey(text);
  const notDecoded = 'The key is shown in base64: decode it, and hash with its 64 bytes.';
  const all = [
    variation('key.notDecoded', 'the key is its base64 text', notDecoded, Buffer.from(text)),
    variation('key.notDecoded', 'the key is its base64 text with a line break', notDecoded, Buffer.from(`${text}\n`)),
    variation(
      'key.hex',
      'the key is the hexadecimal text of its bytes',
      notDecoded,
      Buffer.from(Buffer.from(raw).toString('hex')),
    ),
    variation(
      'key.urlSafe',
      'the key has lost its - and _',
      'The key is in URL-safe base64, and was decoded as if it were the standard one.',
      Buffer.from(text.replace(/[-_]/g, ''), 'base64'),
    ),
    variation(
      'key.decodedAsText',
      'the bytes of the key are read as UTF-8',
      'The key is bytes, not text: decode it without turning it into a string.',
      Buffer.from(Buffer.from(raw).toString('utf8')),
    ),
    variation(
      'key.encodedTwice',
      'the key is decoded twice',
      'It was encoded in base64 once more, as Kubernetes does with secrets.',
      Buffer.from(Buffer.from(raw).toString('latin1'), 'base64'),
    ),
  ];
  return all.filter(({ value }) => Buffer.compare(value, raw) !== 0);
}
