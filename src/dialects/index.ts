/** Text to programs. A document comes in as bytes; a program of instructions in no dialect's words goes out. */
import { CallflowError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { laml } from './laml/index.ts';
import { voiceml } from './voiceml/index.ts';

export const dialects: Readonly<Record<string, Dialect>> = { laml, voiceml };

export function dialectNamed(name: string): Dialect {
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (dialect) return dialect;
  const known = Object.keys(dialects).join(', ');
  throw new CallflowError('DIALECT_UNKNOWN', `there is no dialect ${name}; there is ${known}${meant(name)}`);
}

/** Another vendor's name for the same, or the right one in other letters. */
function meant(name: string): string {
  const lower = name.toLowerCase();
  if (lower === 'twiml') return '; TwiML is understood as laml';
  return Object.hasOwn(dialects, lower) ? `; did you mean ${lower}?` : '';
}
