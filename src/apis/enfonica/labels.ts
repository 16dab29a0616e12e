import type { Violation } from './refusal.ts';

export interface LabelLimits {
  keys: number;
  /** Of all keys and values, in UTF-8. */
  totalBytes?: number;
  keyLength?: number;
  valueLength?: number;
}

/** What is wrong with labels. */
export function wrongWithLabels(
  labels: Readonly<Record<string, string>> | undefined,
  field: string,
  limits: LabelLimits,
): Violation[] {
  const entries = Object.entries(labels ?? {});
  const { keys, totalBytes = Infinity, keyLength = Infinity, valueLength = Infinity } = limits;
  const bytes = entries.reduce((sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value), 0);
  const descriptions = [
    entries.length > keys && `must have at most ${keys} keys`,
    bytes > totalBytes && `must have at most ${totalBytes} bytes in keys and values`,
    entries.some(([key]) => key === '') && 'must not have an empty key',
    entries.some(([key]) => key.length > keyLength) && `must have keys of at most ${keyLength} characters`,
    entries.some(([, value]) => value.length > valueLength) && `must have values of at most ${valueLength} characters`,
  ];
  return descriptions.flatMap((description) => (description ? [{ field, description }] : []));
}
