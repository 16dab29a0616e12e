/** What ends a call, or a wait. */
import type { HangUp } from '../../verbs/hang-up.ts';
import type { Leave } from '../../verbs/leave.ts';
import type { Reject } from '../../verbs/reject.ts';
import { element } from '../grammar.ts';
import { oneOf } from '../kinds.ts';
import { parameter } from './parameter.ts';

export const hangup = element('Hangup', {
  about: 'Ends the call. Answers an incoming call that nobody has answered, and then ends it.',
  content: [parameter],
  means: (_, { at }): HangUp => ({ verb: 'hangUp', at, answers: true }),
});

export const reject = element('Reject', {
  about:
    'Refuses an incoming call that nobody has answered, which then costs nothing. Hangs up a call that is answered.',
  attributes: {
    reason: oneOf(['rejected', 'busy'], {
      about: 'rejected: the number is not in service. busy: a busy signal.',
      default: 'rejected',
    }),
  },
  content: [parameter],
  means: ({ reason }, { at }): Reject => ({ verb: 'reject', at, answers: false, cause: reason }),
});

export const leave = element('Leave', {
  about: 'Leaves the queue in whose wait document it stands; ignored elsewhere.',
  means: (_, { at, purpose, warn }): Leave | undefined => {
    if (purpose === 'wait') return { verb: 'leave', at, answers: false };
    warn('VERB_NOT_ALLOWED', '<Leave> means nothing outside the wait document of a queue: it is ignored');
    return undefined;
  },
});
