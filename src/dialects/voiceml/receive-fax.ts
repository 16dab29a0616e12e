import type { ReceiveFax } from '../../verbs/receive-fax.ts';
import { element } from '../grammar.ts';
import { next, nextUri, post, readyUri } from './uris.ts';

/** How long fax tones are waited for (inferred: the vendor's page could not be read). */
const faxTonesMs = 60_000;

export const receiveFax = element('ReceiveFax', {
  about: 'Receives a fax. Answers an incoming call that nobody has answered.',
  attributes: {
    FaxReadyUri: readyUri('Who hears that the fax is ready.'),
    NextUri: nextUri('Who is asked next. The next action is executed unless given.'),
  },
  means: ({ FaxReadyUri, NextUri }, { at }): ReceiveFax => ({
    verb: 'receiveFax',
    at,
    answers: true,
    timeoutMs: faxTonesMs,
    ...(FaxReadyUri !== undefined && { ready: post(FaxReadyUri) }),
    ...next(NextUri),
  }),
});
