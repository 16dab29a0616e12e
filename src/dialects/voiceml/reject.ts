import type { RejectCause } from '../../telephony/leg-command.ts';
import type { Reject } from '../../verbs/reject.ts';
import { element } from '../grammar.ts';
import { oneOf, text } from '../kinds.ts';

const causes = {
  'not-found': 'notFound',
  busy: 'busy',
  rejected: 'rejected',
  'no-answer': 'noAnswer',
  'subscriber-absent': 'subscriberAbsent',
  'invalid-number-format': 'invalidNumber',
  'service-unavailable': 'unavailable',
} as const satisfies Record<string, RejectCause>;

export const reject = element('Reject', {
  about:
    'Refuses an incoming call that nobody has answered, which then costs nothing. Hangs up a call that is answered.',
  attributes: {
    Reason: oneOf(Object.keys(causes) as (keyof typeof causes)[], {
      about: 'What the caller hears or is told: a busy signal, that the number is not in service, a SIP status.',
      default: 'rejected',
    }),
    ErrorMessage: text({
      about: 'Kept as the error message of the call, whose error code becomes USER.',
      maxLength: 64,
    }),
  },
  means: ({ Reason, ErrorMessage }, { at }): Reject => ({
    verb: 'reject',
    at,
    answers: false,
    cause: causes[Reason],
    ...(ErrorMessage && { message: ErrorMessage }),
  }),
});
