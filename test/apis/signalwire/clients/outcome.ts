/** What came of one method of a client, in words that are the same every time. */
import type { Part } from './surface.ts';

/** The sort of an instance, and what it lacks of what the client knows. */
function shown(instance: Part): string {
  const absent = Object.entries(instance).flatMap(([name, value]) =>
    name.startsWith('_') || value !== undefined ? [] : [name],
  );
  // What has packed the one client has numbered its classes.
  return (
    instance.constructor.name.replace(/\d+$/, '') + (absent.length > 0 ? ` without ${absent.sort().join(' ')}` : '')
  );
}

/** What a method gave, in words that are the same every time. */
export function given(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${[...new Set(value.map(shown))].join(', ') || 'nothing'}`;
  return typeof value === 'object' && value !== null ? shown(value as Part) : String(value);
}

/** How a client refuses: what it could read of the answer. */
export function refused(error: unknown): string {
  const { name, status, code, message, moreInfo } = error as Readonly<Record<string, unknown>>;
  const isWhole = Number.isInteger(code) && typeof message === 'string' && /^http/.test(String(moreInfo));
  return isWhole ? `${status} ${code}` : `${name}: ${message} (${status} ${code} ${moreInfo})`;
}
