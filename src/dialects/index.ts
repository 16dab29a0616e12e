/** Text to programs. A document comes in as bytes; a program of instructions in no dialect's words goes out. */
import { CallflowError } from '../errors.ts';
import type { Dialect } from './dialect.ts';
import { laml } from './laml/index.ts';
import { voiceml } from './voiceml/index.ts';

export const dialects: Readonly<Record<string, Dialect>> = { laml, voiceml };

export function dialectNamed(name: string): Dialect {
  const dialect = Object.hasOwn(dialects, name) ? dialects[name] : undefined;
  if (dialect) return dialect;
  throw new CallflowError(
    'DIALECT_UNKNOWN',
    `there is no dialect ${name}; there is ${Object.keys(dialects).join(', ')}`,
  );
}
