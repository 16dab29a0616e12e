import type { Dequeue } from '../../verbs/dequeue.ts';
import type { Enqueue } from '../../verbs/enqueue.ts';
import type { Redirect } from '../../verbs/redirect.ts';
import type { Unsupported } from '../../verbs/unsupported.ts';
import type { Place } from '../../verbs/verb.ts';
import { element } from '../grammar.ts';
import { integer, text } from '../kinds.ts';
import { addressOrSilence } from './conference.ts';
import { notSupported } from './unsupported.ts';
import { address, allIgnored, asked, collapse, method, next, nextAddress } from './values.ts';

/** A queue to take a call from, as <Dial> completes it. */
export interface QueueNoun {
  noun: 'queue';
  at: Place;
  dequeue: Pick<Dequeue, 'queue' | 'consult'>;
}

const longestName = 64;

const name = {
  about: 'The name of the queue.',
  expected: `a name of at most ${longestName} characters`,
  xsd: { base: 'token', maxLength: longestName },
  read: (written: string) => {
    const found = collapse(written);
    return found.length <= longestName ? found : undefined;
  },
} as const;

export const queue = element('Queue', {
  about: 'The call at the front of a queue.',
  attributes: {
    method: method('How url is asked.'),
    ...allIgnored(['postWorkActivitySid', 'reservationSid'], "The other vendor's distribution of work."),
    url: address('Asked for what the waiting call hears before the two are joined.'),
  },
  text: name,
  textRequired: true,
  means: ({ url, method: by }, { text: written = '', at }): QueueNoun => {
    const consult = asked(url, by);
    return { noun: 'queue', at, dequeue: { queue: written, ...(consult && { consult }) } };
  },
});

const task = notSupported('Task', "Work for the other vendor's distribution of it.", {
  attributes: ['priority', 'timeout'],
  text: true,
});

export const enqueue = element('Enqueue', {
  about: 'Puts the call at the end of a queue, where it waits until somebody takes it.',
  attributes: {
    action: nextAddress('Who is asked once the call has left the queue. The next verb is executed unless given.'),
    maxQueueSize: integer({ about: 'How many may wait. As many as the queue allows unless given.', min: 1, max: 5000 }),
    method: method(),
    waitUrl: addressOrSilence('Asked for what is heard meanwhile. The music of the network unless given.'),
    waitUrlMethod: method('How waitUrl is asked.'),
    workflowSid: text({ about: "The other vendor's distribution of work. Known, and not carried out." }),
  },
  content: [task],
  text: name,
  means: (attributes, { text: written, children, at, warn }): Enqueue | Redirect | Unsupported | undefined => {
    const { action, maxQueueSize, workflowSid, waitUrl } = attributes;
    if (written === undefined && (workflowSid !== undefined || children.length > 0))
      return { verb: 'unsupported', at, answers: false, what: 'Enqueue workflowSid' };
    if (written === undefined) {
      warn('QUEUE_NAME_MISSING', '<Enqueue> needs the name of a queue: the call does not wait');
      const to = asked(action, attributes.method);
      const result = { type: 'dequeued', reason: 'error', waitedMs: 0 } as const;
      return to && { verb: 'redirect', at, answers: true, to, result };
    }
    const waits = waitUrl === '' ? 'none' : asked(waitUrl, attributes.waitUrlMethod);
    return {
      verb: 'enqueue',
      at,
      answers: true,
      queue: written,
      tellsEnd: true,
      ...(waits !== undefined && { waitFrom: waits }),
      ...(maxQueueSize !== undefined && { max: maxQueueSize }),
      ...next(action, attributes.method),
    };
  },
});
