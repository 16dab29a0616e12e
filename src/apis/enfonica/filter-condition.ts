import type { CallState } from '../../records/call.ts';
import type { CallFilter } from '../../store/store.ts';
import type { Token } from './filter-tokens.ts';
import { wrong } from './refusal.ts';

type Equality = '=' | '!=';

/** A state of the vendor's may be several of ours. */
const states: Readonly<Record<string, readonly CallState[]>> = {
  QUEUED: ['queued'],
  STARTING: ['starting'],
  RINGING: ['ringing'],
  IN_PROGRESS: ['inProgress'],
  COMPLETED: ['completed'],
  FAILED: ['failed'],
  NOT_ANSWERED: ['notAnswered', 'canceled'],
  BUSY: ['busy'],
  REJECTED: ['rejected'],
};

const words: Readonly<Record<'state' | 'direction' | 'transport', Readonly<Record<string, readonly string[]>>>> = {
  state: states,
  direction: { OUTGOING: ['outgoing'], INCOMING: ['incoming'] },
  transport: { PSTN: ['PSTN'], CLIENT: ['CLIENT'], SIP: ['SIP'] },
};

/** `field op value` as the store understands it. */
export function conditionOf(field: Token, op: Token, value: Token): CallFilter {
  const name = field.quoted ? '' : field.text;
  switch (name) {
    case 'createTime':
    case 'create_time':
      return { field: 'createTime', op: comparisonOf(op), value: instantOf(value) };
    case 'to':
    case 'from':
      return textCondition(name, equalityOf(op, name), value);
    case 'state':
    case 'direction':
    case 'transport':
      return wordCondition(name, equalityOf(op, name), value);
    default:
      throw wrong(
        'filter',
        `has ${field.text} at character ${field.at}; fields are createTime, to, from, state, direction, transport`,
      );
  }
}

function textCondition(field: 'to' | 'from', op: Equality, { text, quoted }: Token): CallFilter {
  const star = text.indexOf('*');
  if (star < 0) return { field, op, value: text };
  if (!quoted || star !== text.length - 1)
    throw wrong('filter', `may have * only at the end of a quoted text, not in ${text}`);
  return { field, op, value: text.slice(0, -1), prefix: true };
}

function wordCondition(field: keyof typeof words, op: Equality, { text }: Token): CallFilter {
  const known = words[field];
  const name = text.toUpperCase();
  if (!Object.hasOwn(known, name))
    throw wrong('filter', `compares ${field} with ${text}; it is one of ${Object.keys(known).join(', ')}`);
  const each = known[name]!.map((value) => ({ field, op, value }));
  if (each.length === 1) return each[0]!;
  return op === '=' ? { any: each } : { all: each };
}

const comparisons = ['=', '!=', '<', '<=', '>', '>='] as const;

function comparisonOf({ text, quoted, at }: Token): (typeof comparisons)[number] {
  const found = quoted ? undefined : comparisons.find((each) => each === text);
  if (!found) throw wrong('filter', `has ${text} at character ${at}, where a comparison was expected`);
  return found;
}

function equalityOf(token: Token, field: string): Equality {
  const op = comparisonOf(token);
  if (op === '=' || op === '!=') return op;
  throw wrong('filter', `compares ${field} by ${op}; only createTime can be compared so`);
}

const instantPattern = /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)([Zz]|[+-]\d{2}:\d{2})?)?$/;

/** RFC 3339; without a zone it is UTC, without a time midnight. */
function instantOf({ text }: Token): number {
  const [, date, time = '00:00:00', zone = 'Z'] = instantPattern.exec(text) ?? [];
  const instant = date === undefined ? Number.NaN : Date.parse(`${date}T${time}${zone.toUpperCase()}`);
  if (Number.isNaN(instant) || !isDay(date!))
    throw wrong('filter', `compares createTime with ${text}, which is not a date or time such as 2026-01-31T08:00:00Z`);
  return instant;
}

/** `Date.parse` takes the 31st of February for a day in March. */
function isDay(date: string): boolean {
  const midnight = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(midnight) && new Date(midnight).toISOString().startsWith(date);
}
