import type { Dialect, Parsed } from '../dialects/dialect.ts';

/** Dialects that read each document once: a flow that is run often answers with the same bytes every time. */
export function remembering(dialects: Readonly<Record<string, Dialect>>): Readonly<Record<string, Dialect>> {
  return Object.fromEntries(Object.entries(dialects).map(([name, dialect]) => [name, remembered(dialect)]));
}

function remembered(dialect: Dialect): Dialect {
  const read = new WeakMap<Uint8Array, Map<string, Parsed>>();
  return {
    ...dialect,
    parse: (source) => {
      const known = read.get(source.body) ?? new Map<string, Parsed>();
      read.set(source.body, known);
      const key = `${source.contentType} ${source.url}`;
      const parsed = known.get(key) ?? dialect.parse(source);
      known.set(key, parsed);
      return parsed;
    },
  };
}
