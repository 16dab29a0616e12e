/** LaML: its words, what they mean, and how its requests are spelled. */
import {
  attemptTimeoutMs,
  maxRedirects,
  redirectStatuses,
  redirectStatusesToGet,
  timeoutsOf,
} from '../../vendors/signalwire/overrides.ts';
import { apiVersion } from '../../vendors/signalwire/parameters.ts';
import { accountSid, sidOf } from '../../vendors/signalwire/sids.ts';
import type { Dialect } from '../dialect.ts';
import { language } from '../language.ts';
import { toXsd } from '../xsd.ts';
import { isAudio, readDocument } from './document.ts';
import { foreign } from './foreign.ts';
import { spell } from './requests.ts';
import { response } from './response.ts';
import { withoutSecrets } from './secrets.ts';

const name = 'laml';

export const grammar = language({
  name,
  title: 'LaML',
  maxBytes: 64 * 1024,
  root: response,
  emptyIsRoot: false,
  lenient: true,
  foreign,
  note: 'Elements are carried out unless they say: Known, and not carried out. Attributes count unless they say: Accepted and ignored.',
});

export const laml: Dialect = {
  name,
  maxBytes: grammar.maxBytes,
  parse: (source) => readDocument(grammar, source),
  needsNoBody: isAudio,
  attemptTimeoutMs,
  timeoutsOf,
  maxRedirects,
  redirectStatuses,
  redirectStatusesToGet,
  refusesWrongCookies: true,
  spell,
  invitationHeaders: ({ id, project }) => ({
    'X-CallSid': sidOf(id),
    'X-AccountSid': accountSid(project),
    'X-ApiVersion': apiVersion,
  }),
  withoutSecrets,
  toXsd: () => toXsd(grammar),
};
