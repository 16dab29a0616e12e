/** What may differ between a call that was and the same call today: times, columns, where the application runs. */

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
