import type { Between } from '../../store/conferences.ts';
import type { Form } from './form.ts';
import { invalid } from './refusal.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Dates are shown in whole seconds, and compared so. */
const secondMs = 1000;

const day = /^\d{4}-\d{2}-\d{2}$/;
const iso = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;
const rfc2822 = /^([A-Za-z]{3,4},? +)?\d{1,2} [A-Za-z]{3,4} \d{4} \d{2}:\d{2}(:\d{2})? *([+-]\d{4}|GMT|UTC|Z)?$/;

/** A day or a moment: from when on, and until before when. */
function spanOf(written: string, name: string): { from: number; before: number } {
  const isDay = day.test(written);
  const zoned = /([+-]\d{2}:?\d{2}|GMT|UTC|Z)$/i.test(written) || isDay ? written : `${written}Z`;
  const at = isDay || iso.test(written) || rfc2822.test(written) ? Date.parse(zoned) : Number.NaN;
  if (Number.isNaN(at)) throw invalid(`${name} must be a day such as 2018-09-20 or a date of RFC 2822 or ISO 8601`);
  return { from: at, before: at + (isDay ? dayMs : secondMs) };
}

/** `Name` (that day or moment), `Name<` (on or before), `Name>` (on or after); undefined when none is there (LaML 6.2). */
export function between(form: Form, name: string): Between | undefined {
  const of = (suffix: string) => {
    const written = form.text(name + suffix);
    return written === undefined ? undefined : spanOf(written, name + suffix);
  };
  const on = of('');
  const since = of('>');
  const until = of('<');
  const froms = [on?.from, since?.from].filter((each) => each !== undefined);
  const befores = [on?.before, until?.before].filter((each) => each !== undefined);
  if (froms.length + befores.length === 0) return undefined;
  return {
    ...(froms.length > 0 && { from: Math.max(...froms) }),
    ...(befores.length > 0 && { before: Math.min(...befores) }),
  };
}

export const isBetween = (at: number | undefined, span: Between | undefined): boolean =>
  span === undefined || (at !== undefined && at >= (span.from ?? 0) && at < (span.before ?? Number.POSITIVE_INFINITY));
