import type { Between } from '../../store/conferences.ts';
import type { Form } from './form.ts';
import { invalid } from './refusal.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Dates are shown in whole seconds, and compared so. */
const secondMs = 1000;

const day = /^\d{4}-\d{2}-\d{2}$/;
const iso = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/i;
const rfc2822 = /^(?:[A-Za-z]{3,4},? +)?(\d{1,2} [A-Za-z]{3,4} \d{4}) \d{2}:\d{2}(:\d{2})? *([+-]\d{4}|GMT|UTC|Z)?$/;
const zone = /([+-]\d{2}:?\d{2}|GMT|UTC|Z)$/i;

/** A plus that nobody has encoded has become a blank. */
const withPlus = (written: string) => written.replace(/(:\d{2}) {1,2}(\d{2}:?\d{2})$/, '$1+$2');

/** A day or a moment: from when on, and until before when. */
function spanOf(given: string, name: string): { from: number; before: number } {
  const written = withPlus(given);
  const isDay = day.test(written);
  const date = isDay ? written : (iso.exec(written)?.[1] ?? rfc2822.exec(written)?.[1]);
  const at = date === undefined || !isOfCalendar(date) ? Number.NaN : momentOf(written, isDay);
  if (Number.isNaN(at)) throw invalid(`${name} must be a day such as 2018-09-20 or a date of RFC 2822 or ISO 8601`);
  return { from: at, before: at + (isDay ? dayMs : secondMs) };
}

/** Without a zone it is UTC; of a second nothing is compared. */
function momentOf(written: string, isDay: boolean): number {
  const at = Date.parse(isDay || zone.test(written) ? written : `${written}Z`);
  return at - (at % secondMs);
}

/** The 30th of February is read as a day of March. */
const isOfCalendar = (date: string): boolean =>
  new Date(`${date} UTC`).getUTCDate() === Number(/^\d{1,2}\b/.exec(date)?.[0] ?? date.slice(-2));

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
