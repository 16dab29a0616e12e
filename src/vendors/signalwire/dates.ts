import type { Instant } from '../../records.ts';

/** A date of bodies and callbacks: RFC 2822, in UTC, with a numeric zone (LaML 1). */
export const rfc2822 = (instant: Instant): string => new Date(instant).toUTCString().replace(/GMT$/, '+0000');

/** A date of streams and bins. */
export const iso8601 = (instant: Instant): string => new Date(instant).toISOString();

/** Whole seconds as the vendor counts them: an answered call never lasts none (LaML 8.2). */
export const wholeSeconds = (ms: number): string => String(Math.ceil(ms / 1000));

/** Seconds of audio: the nearest, but at least one when there is any (LaML 14). */
export const audioSeconds = (ms: number): string => String(ms > 0 ? Math.max(1, Math.round(ms / 1000)) : 0);
