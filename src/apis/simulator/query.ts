import { requestNotValid } from './problem.ts';

interface Range {
  least: number;
  most: number;
  usual: number;
}

/** A number in the query of a URL. */
export function numberIn(
  query: Readonly<Record<string, unknown>>,
  name: string,
  { least, most, usual }: Range,
): number {
  const written = query[name];
  if (written === undefined) return usual;
  const value = Number(written);
  if (written !== '' && Number.isFinite(value) && value >= least && value <= most) return value;
  throw requestNotValid([
    { path: ['query', name], found: JSON.stringify(written), expected: `a number from ${least} to ${most}` },
  ]);
}
