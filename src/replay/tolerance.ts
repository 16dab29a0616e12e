/** What may differ between a call that was and the same call today: times, columns, hosts, when callbacks are taken. */
import { stepsBetween } from './difference.ts';

/** A transcript without what may differ; `origins` stand for the one behind them. */
export function tolerant(transcript: string, origins: Readonly<Record<string, string>> = {}): string {
  let text = transcript;
  for (const [now, recorded] of Object.entries(origins)) text = text.replaceAll(now, recorded);
  return text
    .replace(/^ *\d+\.\d{1,3} */gm, '')
    .replace(/(?<= (?:warning|error) \d+):\d+/g, '')
    .replace(durations, '');
}

/** `(1.7 s)`, ` after 3.0 s`, `, 9.0 s of it answered`: how long things took. */
const durations = /(?: \(\d+(?:\.\d+)? s\)| after \d+(?:\.\d+)? s|, \d+(?:\.\d+)? s of it answered|(?<=: )\d+\.\d+ s)/g;

const isCallback = (line: string) => line.startsWith('callback ');

/**
 * A transcript with its callbacks where the one of then has them, if both have the same ones: an application takes them
 * beside everything else, as fast as it can.
 */
export function callbacksAsThen(then: string, now: string): string {
  const [was, is] = [then.split('\n'), now.split('\n')];
  const told = (lines: readonly string[]) => lines.filter(isCallback).sort().join('\n');
  if (told(was) !== told(is)) return now;
  const rest = (lines: readonly string[]) => lines.filter((line) => !isCallback(line)).join('\n');
  const steps = stepsBetween(rest(was), rest(is));
  const placed: string[] = [];
  let at = 0;
  const place = () => {
    while (at < was.length && isCallback(was[at]!)) placed.push(was[at++]!);
  };
  for (const [step, line] of steps) {
    if (step !== '+') place();
    if (step !== '-') placed.push(line);
    if (step !== '+') at++;
  }
  place();
  return `${placed.join('\n')}${now.endsWith('\n') ? '\n' : ''}`;
}
