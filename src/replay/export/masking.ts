import type { JournalEntry } from '../../journal/journal.ts';
import { withoutSecrets } from '../secrets.ts';

export interface MaskingOptions {
  /** Numbers that stay as they are: those of the application's own. */
  keep?: readonly string[];
}

/** Numbers that regulators keep free for fiction: ten digits of North America, the mobile numbers of Australia. */
const american = (index: number) => `1${202 + Math.floor(index / 100)}55501${String(index % 100).padStart(2, '0')}`;
const australian = (index: number) => `61491570${String(index + 1).padStart(3, '0')}`;

/**
 * A journal without secrets and without telephone numbers of people: each number is another one, the same wherever it
 * stands. What follows from it when it is reenacted is what followed before.
 */
export function masked(journal: readonly JournalEntry[], { keep = [] }: MaskingOptions = {}): JournalEntry[] {
  const numbers = [...numbersIn(journal)].filter((number) => !keep.includes(number));
  const others = new Map(numbers.flatMap((number, index) => insteadOf(number.slice(1), index)));
  const cleaned = journal.map(withoutSecrets);
  if (others.size === 0) return cleaned;
  // Longer ones first: one may begin as another does.
  const digits = [...others.keys()].sort((one, other) => other.length - one.length);
  const spaced = digits.map((number) => [...number].join('[-. ()]{0,2}'));
  const pattern = new RegExp(`(?<!\\d)(?:${spaced.join('|')})(?!\\d)`, 'g');
  const text = JSON.stringify(cleaned).replace(pattern, (found) => others.get(found.replace(/\D/g, ''))!);
  return JSON.parse(text) as JournalEntry[];
}

/** A number, and how it is written in its own country, with what stands for it. */
function insteadOf(digits: string, index: number): [string, string][] {
  if (!/^1\d{10}$/.test(digits)) return [[digits, australian(index)]];
  const other = american(index);
  return [
    [digits, other],
    [digits.slice(1), other.slice(1)],
  ];
}

const e164 = /^\+\d{5,15}$/;

/** Of whoever calls or is called. */
function numbersIn(journal: readonly JournalEntry[]): ReadonlySet<string> {
  const numbers = new Set<string>();
  const add = (...texts: (string | undefined)[]) => {
    for (const text of texts) {
      const user = /^sips?:([^@:;]+)/i.exec(text ?? '')?.[1] ?? text;
      if (user !== undefined && e164.test(user)) numbers.add(user);
    }
  };
  for (const { input, output } of journal) {
    if (input?.type === 'offered') add(input.incoming.to, input.incoming.from, input.incoming.forwardedFrom);
    if (output?.type === 'call.created') add(output.record.to, output.record.from, output.record.callerId);
  }
  return numbers;
}
