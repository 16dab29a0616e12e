export type Step = ' ' | '-' | '+';

/** How many equal lines stand before and behind what differs. */
const context = 2;

/** Where one text differs from another, for people to read: `- expected`, `+ now`; empty when it does not. */
export function difference(expected: string, now: string, paint: (step: Step, line: string) => string = plain): string {
  if (expected === now) return '';
  const steps = stepsBetween(expected, now);
  const shown = new Set<number>();
  steps.forEach(([step], index) => {
    if (step !== ' ') for (let near = index - context; near <= index + context; near++) shown.add(near);
  });
  const lines: string[] = [];
  steps.forEach(([step, line], index) => {
    if (!shown.has(index)) return;
    if (index > 0 && !shown.has(index - 1)) lines.push('  …');
    lines.push(paint(step, line));
  });
  return lines.join('\n');
}

/** Every line of both texts in one order: what stands in both, what is gone (`-`), what is new (`+`). */
export const stepsBetween = (expected: string, now: string): [Step, string][] =>
  compare(linesOf(expected), linesOf(now));

const plain = (step: Step, line: string) => `${step} ${line}`;

const linesOf = (text: string) => text.replace(/\n$/, '').split('\n');

function compare(from: readonly string[], to: readonly string[]): [Step, string][] {
  let start = 0;
  while (start < from.length && start < to.length && from[start] === to[start]) start++;
  let end = 0;
  while (end < from.length - start && end < to.length - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  const same = (line: string): [Step, string] => [' ', line];
  return [
    ...from.slice(0, start).map(same),
    ...changes(from.slice(start, from.length - end), to.slice(start, to.length - end)),
    ...from.slice(from.length - end).map(same),
  ];
}

/** More cells than this are not worth a minimal answer. */
const manyCells = 4_000_000;

/** The fewest lines to take out and put in, by the longest common subsequence. */
function changes(from: readonly string[], to: readonly string[]): [Step, string][] {
  const all = (step: Step, lines: readonly string[]) => lines.map((line): [Step, string] => [step, line]);
  if (from.length * to.length > manyCells || from.length * to.length === 0) return [...all('-', from), ...all('+', to)];
  const common = commonLengths(from, to);
  const steps: [Step, string][] = [];
  let i = 0;
  let j = 0;
  while (i < from.length && j < to.length) {
    if (from[i] === to[j]) {
      steps.push([' ', from[i++]!]);
      j++;
    } else if (common[i + 1]![j]! >= common[i]![j + 1]!) steps.push(['-', from[i++]!]);
    else steps.push(['+', to[j++]!]);
  }
  return [...steps, ...all('-', from.slice(i)), ...all('+', to.slice(j))];
}

/** How many lines the rest of one and the rest of the other have in common, from each place. */
function commonLengths(from: readonly string[], to: readonly string[]): Uint32Array[] {
  const rows = Array.from({ length: from.length + 1 }, () => new Uint32Array(to.length + 1));
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      rows[i]![j] = from[i] === to[j] ? rows[i + 1]![j + 1]! + 1 : Math.max(rows[i + 1]![j]!, rows[i]![j + 1]!);
  return rows;
}
