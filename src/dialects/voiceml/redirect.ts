import type { Dial } from '../../verbs/dial.ts';
import type { Redirect } from '../../verbs/redirect.ts';
import { element } from '../grammar.ts';
import { callTo } from './call.ts';
import { handlerUri, isWeb, post } from './uris.ts';

export const redirect = element('Redirect', {
  about:
    'Goes on with the document of another URI. With tel: or sip:, calls that party instead; the document ends after it. Nothing after it is executed.',
  text: { ...handlerUri, xsd: { base: 'anyURI', minLength: 1 }, about: 'The URI, relative or absolute.' },
  textRequired: true,
  means: (_, { text: uri = '', at }): Redirect | Dial =>
    isWeb(uri) ? { verb: 'redirect', at, answers: false, to: post(uri) } : { ...callTo(uri), at },
});
