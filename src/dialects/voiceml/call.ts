import { isE164 } from '../../verbs/addresses.ts';
import type { Dial } from '../../verbs/dial.ts';
import { readAddress } from '../address.ts';
import { type Around, element } from '../grammar.ts';
import { integer, oneOf } from '../kinds.ts';
import { endpoint, endpointAttributes, maxRingSeconds, ringMs, targetOptions } from './endpoint.ts';
import { audible, audio, next, nextUri } from './uris.ts';

const maxTalkSeconds = 14_400;

export const call = element('Call', {
  about:
    'Calls one or more endpoints and joins the call with the first that answers. An incoming call is answered only then.',
  attributes: {
    ...endpointAttributes,
    MaxDurationSeconds: integer({
      about: 'How long the two may talk; then the called party is hung up.',
      min: 1,
      max: maxTalkSeconds,
      default: maxTalkSeconds,
    }),
    NextUri: nextUri('Who is asked next, however it ended. The next action is executed unless given.'),
    RingAudioUri: audio('What the caller hears instead of ringing.'),
    Strategy: oneOf(['linear', 'simultaneous', 'failover'], {
      about:
        'simultaneous: all ring at once. linear: one after the other. failover: the next one only when the one before could not be reached.',
      default: 'simultaneous',
    }),
  },
  content: [endpoint],
  min: 1,
  means: (attributes, { children, at, warn }): Dial => {
    const { CallerId, MaxDurationSeconds, NextUri, RingAudioUri, Strategy, TimeoutSeconds, ...options } = attributes;
    const shared = targetOptions(options);
    warnOfCallerIds(CallerId, children, warn);
    return {
      verb: 'dial',
      at,
      answers: false,
      targets: children.map(({ target }) => ({ ...shared, ...target })),
      strategy: Strategy,
      ...(CallerId !== undefined && { callerId: CallerId }),
      ringMs: ringMs(TimeoutSeconds ?? maxRingSeconds),
      maxMs: MaxDurationSeconds * 1000,
      ...(RingAudioUri && audible(RingAudioUri).length > 0 && { ringAudio: RingAudioUri }),
      ...next(NextUri),
    };
  },
});

type Endpoint = ReturnType<typeof endpoint.means>;

function warnOfCallerIds(shared: string | undefined, endpoints: readonly Endpoint[], warn: Around['warn']): void {
  for (const { target, at } of endpoints) {
    const callerId = target.callerId ?? shared;
    if (isE164(target.to) && callerId !== undefined && !isE164(callerId))
      warn('CALL_CALLER_ID', `calling ${target.to} will fail: its caller ID ${callerId} is not + and E.164`, at);
  }
}

/** What a `tel:` or `sip:` URI means where a document or a handler could have been: a call with every default. */
export function callTo(uri: string): Omit<Dial, 'at'> {
  const { to, transport } = readAddress(uri);
  return {
    verb: 'dial',
    answers: false,
    targets: [{ to, transport }],
    strategy: 'simultaneous',
    ringMs: ringMs(maxRingSeconds),
    maxMs: maxTalkSeconds * 1000,
  };
}
