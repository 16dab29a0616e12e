import type { Instruction } from '../../verbs/index.ts';
import { element } from '../grammar.ts';
import { call } from './call.ts';
import { input } from './input.ts';
import { label } from './label.ts';
import { play } from './play.ts';
import { receiveFax } from './receive-fax.ts';
import { record } from './record.ts';
import { recordCall } from './record-call.ts';
import { redirect } from './redirect.ts';
import { reject } from './reject.ts';
import { say } from './say.ts';
import { stream } from './stream.ts';
import { wait } from './wait.ts';

export const response = element('Response', {
  about:
    'What the call is to do, one action after the other. At its end the call is hung up, or rejected if nobody answered it.',
  content: [call, input, label, play, receiveFax, record, recordCall, redirect, reject, say, stream, wait],
  means: (_, { children, warn }): Instruction[] => {
    const instructions = children.filter((child) => child !== undefined);
    const last = instructions.findIndex(neverContinues);
    const unreachable = last === -1 ? undefined : instructions[last + 1];
    if (unreachable?.at) {
      const before = instructions[last]!.at!;
      const message = `<${unreachable.at.element}> is never reached: <${before.element}> in line ${before.line} goes on elsewhere`;
      warn('ELEMENT_UNREACHABLE', message, unreachable.at);
    }
    // A call, which <Redirect> can also mean, would go on to them.
    return last !== -1 && instructions[last]!.at?.element === 'Redirect'
      ? instructions.slice(0, last + 1)
      : instructions;
  },
});

function neverContinues(instruction: Instruction): boolean {
  if (instruction.verb === 'reject' || instruction.at?.element === 'Redirect') return true;
  // A stream that nobody has opened fails, and then execution goes on.
  return instruction.verb !== 'stream' && 'next' in instruction && instruction.next !== undefined;
}
