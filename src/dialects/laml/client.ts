/** Those who are called by their name: applications that are connected to the vendor. */
import { element } from '../grammar.ts';
import { parameter, toMap } from './parameter.ts';
import { type TargetNoun, targetAttributes, targetMeaning, vertoScheme } from './target.ts';

const name = {
  about: 'The name of the client.',
  expected: 'a name of at most 256 characters',
  xsd: { base: 'string', maxLength: 256 },
  read: (written: string) => (written.length <= 256 ? written : undefined),
} as const;

const identity = element('Identity', {
  about: 'The name of a client, where it needs an element of its own.',
  text: name,
  means: (_, { text: written = '' }) => ({ identity: written }),
});

export const client = element('Client', {
  about: 'A client application to call, by its name.',
  attributes: targetAttributes,
  content: [identity, parameter],
  text: name,
  means: (attributes, { text: written, children, at, warn }): TargetNoun => {
    const named = children.find((child) => 'identity' in child)?.identity;
    const who = written ?? named ?? '';
    if (who === '') warn('TEXT_MISSING', 'calling this <Client> will fail: it has no name');
    const parameters = toMap(children.filter((child) => 'name' in child));
    return {
      noun: 'client',
      at,
      target: {
        to: `client:${who}`,
        transport: 'CLIENT',
        ...(Object.keys(parameters).length > 0 && { headers: parameters }),
        ...targetMeaning(attributes),
      },
    };
  },
});

export const verto = element('Verto', {
  about: 'A Verto address to call.',
  text: {
    about: 'The address, resource@space.verto.signalwire.com.',
    expected: 'an address with an @',
    xsd: { base: 'token', pattern: '[^@\\s]+@[^@\\s]+' },
    read: (written) => (/^[^@\s]+@[^@\s]+$/.test(written) ? written : undefined),
  },
  textRequired: true,
  means: (_, { text: to = '', at }): TargetNoun => ({
    noun: 'verto',
    at,
    target: { to: `${vertoScheme}${to}`, transport: 'CLIENT' },
  }),
});
