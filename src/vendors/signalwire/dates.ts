import type { Instant } from '../../records/call.ts';

const dayMs = 86_400_000;

let knownDay = Number.NaN;
let knownDate = '';

/** A date of bodies and callbacks: RFC 2822, in UTC, with a numeric zone (LaML 1). */
export function rfc2822(instant: Instant): string {
  const day = Math.floor(instant / dayMs);
  if (day !== knownDay) {
    knownDate = new Date(instant).toUTCString().slice(0, -'00:00:00 GMT'.length);
    knownDay = day;
  }
  const seconds = Math.floor((instant - day * dayMs) / 1000);
  return `${knownDate}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)} +0000`;
}

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

/** A date of streams and bins. */
export const iso8601 = (instant: Instant): string => new Date(instant).toISOString();

/** Whole seconds from the answer to the end, 0 before and without one: a call that was answered never lasted none (LaML 8.2). */
export const talkedSeconds = ({ answerTime, endTime }: { answerTime?: Instant; endTime?: Instant }): number =>
  answerTime === undefined || endTime === undefined ? 0 : Math.max(1, Math.ceil((endTime - answerTime) / 1000));

/** Whole seconds as the vendor counts them: any that have begun. */
export const wholeSeconds = (ms: number): string => String(Math.ceil(ms / 1000));

/** Seconds of audio: the nearest, but at least one when there is any (LaML 14). */
export const audioSeconds = (ms: number): string => String(ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0);
