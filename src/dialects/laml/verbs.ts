/** What may stand in a document, by what it was asked for, and what is never reached in it. */
import type { Instruction } from '../../verbs/index.ts';
import type { Place, Purpose } from '../../verbs/verb.ts';
import type { Around } from '../grammar.ts';

/** A noun of another verb that one of the builders can put into the document too. */
interface Noun {
  noun: string;
  at: Place;
}

/** LaML 4, the table of special documents; one may do more with a waiting call than with one that listens. */
const allowed: Readonly<Partial<Record<Purpose, readonly string[]>>> = {
  wait: ['Play', 'Say', 'Pause', 'Hangup', 'Redirect', 'Leave', 'Gather'],
  lobby: ['Play', 'Say', 'Pause', 'Redirect'],
  joining: ['Play', 'Say', 'Pause', 'Redirect'],
  hold: ['Play', 'Say', 'Pause', 'Redirect'],
  announce: ['Play', 'Say', 'Pause', 'Redirect'],
  whisper: ['Play', 'Say', 'Gather', 'Hangup', 'Pause', 'Redirect'],
};

export function toInstructions(
  children: readonly (Instruction | Noun | undefined)[],
  { purpose, at, warn, refuse }: Pick<Around, 'purpose' | 'at' | 'warn' | 'refuse'>,
): Instruction[] {
  const verbs = children
    .filter((child) => child !== undefined)
    .map((child): Instruction => ('noun' in child ? unsupported(child) : child));
  const here = allowed[purpose];
  const instructions = verbs.filter((verb) => {
    if (!here || here.includes(verb.at?.element ?? '')) return true;
    // A queue takes a call out whose wait document does something else (LaML 4): only an error can tell it so.
    const object = purpose === 'wait' ? refuse : warn;
    object('VERB_NOT_ALLOWED', `<${verb.at?.element}> must not be in a document for this (${purpose})`, verb.at);
    return false;
  });
  warnOfUnreachable(instructions, warn);
  if (purpose !== 'main' || !instructions.every(isWaiting)) return instructions;
  // Nothing to do, or nothing but to wait, is still a call that is answered (LaML 11.15).
  return [...instructions, { verb: 'hangUp', ...(instructions.length === 0 && { at }), answers: true }];
}

/** A Pause before anything that answers, or what is skipped. */
const isWaiting = ({ verb, answers }: Instruction): boolean => verb === 'unsupported' || (verb === 'play' && !answers);

const unsupported = ({ at }: Noun): Instruction => ({ verb: 'unsupported', at, answers: false, what: at.element });

function warnOfUnreachable(instructions: readonly Instruction[], warn: Around['warn']): void {
  const last = instructions.findIndex(goesElsewhere);
  const unreachable = last === -1 ? undefined : instructions[last + 1];
  if (!unreachable?.at) return;
  const before = instructions[last]!.at!;
  const message = `<${unreachable.at.element}> is never reached: <${before.element}> in line ${before.line} goes on elsewhere`;
  warn('ELEMENT_UNREACHABLE', message, unreachable.at);
}

/** LaML 2.3. */
function goesElsewhere(instruction: Instruction): boolean {
  switch (instruction.verb) {
    case 'reject':
    case 'hangUp':
    case 'leave':
    case 'redirect':
      return true;
    case 'gather':
      return instruction.next !== undefined && instruction.skipsNothing !== true;
    default:
      return 'next' in instruction && instruction.next !== undefined;
  }
}
