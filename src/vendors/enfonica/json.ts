/** How proto3 writes times in JSON (VoiceML 4.2). */

const dayMs = 86_400_000;

let knownDay = Number.NaN;
let knownDate = '';

/** RFC 3339 in UTC: no fraction for a whole second, else milliseconds. */
export function timestamp(instant: number): string {
  const ms = Math.trunc(instant);
  const day = Math.floor(ms / dayMs);
  if (day !== knownDay) {
    knownDate = new Date(day * dayMs).toISOString().slice(0, 11);
    knownDay = day;
  }
  const inDay = ms - day * dayMs;
  const hour = Math.floor(inDay / 3_600_000);
  const minute = Math.floor(inDay / 60_000) % 60;
  const second = Math.floor(inDay / 1000) % 60;
  const fraction = inDay % 1000;
  const time = `${knownDate}${two(hour)}:${two(minute)}:${two(second)}`;
  return fraction === 0 ? `${time}Z` : `${time}.${three(fraction)}Z`;
}

/** Seconds with an `s`: no fraction for whole seconds, else milliseconds. */
export function duration(ms: number): string {
  const whole = Math.round(ms);
  const fraction = whole % 1000;
  const seconds = (whole - fraction) / 1000;
  return fraction === 0 ? `${seconds}s` : `${seconds}.${three(fraction)}s`;
}

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`);

const three = (value: number) => (value < 10 ? `00${value}` : value < 100 ? `0${value}` : `${value}`);
