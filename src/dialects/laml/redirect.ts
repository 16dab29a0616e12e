import type { Redirect } from '../../verbs/redirect.ts';
import { element, Wrong } from '../grammar.ts';
import { method, webAddress } from './values.ts';

export const redirect = element('Redirect', {
  about: 'Goes on with the document of another URL. Nothing after it is executed.',
  attributes: { method: method('How the URL is asked.') },
  text: { ...webAddress, about: 'The URL. The current document when there is none.', read: (written) => written },
  means: ({ method: by }, { text: written, at, url, warn }): Redirect | undefined => {
    const to = written === undefined ? url : webAddress.read(written, url);
    if (typeof to === 'string' && to !== '')
      return { verb: 'redirect', at, answers: false, to: { url: to, method: by } };
    // Falling back to the current document, as for a missing URL, would go round for ever.
    if (to instanceof Wrong) warn(to.code ?? 'URL_NOT_VALID', `${to.message}: <Redirect> is ignored`, at, to.hint);
    else warn('URL_RELATIVE', '<Redirect> needs a URL, as the document was given without one: it is ignored');
    return undefined;
  },
});
