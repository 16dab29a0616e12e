import { Secret } from '../../telephony/secret.ts';
import { sipUri } from '../../verbs/addresses.ts';
import type { DialTarget } from '../../verbs/dial.ts';
import type { SipOptions } from '../../verbs/verb.ts';
import { type Attribute, element, Wrong } from '../grammar.ts';
import { integer, quoted, text } from '../kinds.ts';
import { detectionAttributes, detectionMeaning, type TargetNoun, targetAttributes, targetMeaning } from './target.ts';
import { allIgnored, listPattern } from './values.ts';

/** Under 255 characters, and under 1024 (LaML 4.6). */
const longestUri = 254;
const longestHeaders = 1023;
const knownCodecs = ['PCMU', 'PCMA', 'G722', 'G729', 'OPUS'];

const codecs: Attribute<readonly string[], false> = {
  about: 'The codecs that may be used, the best first.',
  required: false,
  expected: `${knownCodecs.join(', ')}, with commas between them`,
  xsd: { base: 'token', pattern: listPattern(knownCodecs, ' ?, ?') },
  code: 'SIP_CODEC_NOT_VALID',
  read: (written) => {
    const named = written.split(',').map((each) => each.trim().toUpperCase());
    const strange = named.find((each) => !knownCodecs.includes(each));
    return strange === undefined ? named : new Wrong(`${quoted(strange)} is none of ${knownCodecs.join(', ')}`);
  },
};

interface Header {
  name: string;
  value: string;
}

const header = element('Header', {
  about: 'A header of the call to a SIP address.',
  attributes: {
    name: text({ about: 'Its name.', required: true, minLength: 1 }),
    value: text({ about: 'Its value.' }),
  },
  means: ({ name, value = '' }): Header => ({ name, value }),
});

const headers = element('Headers', {
  about: 'Headers of the call to a SIP address.',
  content: [header],
  means: (_, { children }): readonly Header[] => children,
});

const uri = element('Uri', {
  about: 'The SIP address, as an element.',
  attributes: {
    username: text({ about: 'Who we are, where we are asked for it.' }),
    password: text({ about: 'The password to it.' }),
    ...allIgnored(['priority', 'weight'], 'Which of several is taken.'),
  },
  text: { about: 'The SIP URI.', expected: 'a SIP URI', xsd: { base: 'token' }, read: (written: string) => written },
  means: (credentials, { text: written = '' }) => ({ uri: written, ...credentials }),
});

/** In <Dial> and in <Refer>. */
export interface SipNoun extends TargetNoun {
  noun: 'sip';
}

export const sip = element('Sip', {
  about: 'A SIP address to call.',
  attributes: {
    codecs,
    ...detectionAttributes,
    ...targetAttributes,
    password: text({ about: 'The password to username. It is not kept anywhere.' }),
    sessionTimeout: integer({
      about: 'After how many seconds the session is refreshed; 0: as the network does it.',
      min: 0,
      max: 86_400,
      default: 0,
    }),
    username: text({ about: 'Who we are, where we are asked for it.' }),
  },
  content: [headers, uri],
  text: {
    about:
      'The SIP URI, perhaps with its transport (;transport=udp, tcp or tls; tls unless given), and with headers behind a ?.',
    expected: 'a SIP URI',
    xsd: { base: 'string' },
    read: (written: string) => written,
  },
  means: (attributes, { text: written, children, at, warn }): SipNoun => {
    const { codecs: chosen, sessionTimeout } = attributes;
    const named = children.find((child) => 'uri' in child);
    const { to, headers: inQuery, wrong } = readSip(written ?? named?.uri ?? '');
    if (wrong === notAHeader) warn('SIP_ADDRESS_NOT_VALID', `${wrong}: it is left out`, at);
    else if (wrong) warn('SIP_ADDRESS_NOT_VALID', `calling ${quoted(written ?? '')} will fail: ${wrong}`, at);
    const asElements = children.flatMap((child): readonly Header[] => ('uri' in child ? [] : child));
    if (!asElements.every(isHeader)) warn('SIP_ADDRESS_NOT_VALID', `${notAHeader}: it is left out`, at);
    const all = { ...inQuery, ...headersOf(asElements) };
    if (Object.entries(all).join().length > longestHeaders)
      warn('SIP_ADDRESS_NOT_VALID', `the headers are longer than ${longestHeaders} characters`);
    const sipOptions = optionsOf({ to, ...named, ...attributes, codecs: chosen, sessionTimeout });
    const target: DialTarget = {
      to,
      transport: 'SIP',
      ...(Object.keys(all).length > 0 && { headers: all }),
      sip: sipOptions,
      ...targetMeaning(attributes),
      ...detectionMeaning(attributes),
    };
    return { noun: 'sip', at, target };
  },
});

const headersOf = (all: readonly Header[]): Record<string, string> =>
  Object.fromEntries(all.filter(isHeader).map(({ name, value }) => [name, value]));

function optionsOf(given: {
  to: string;
  username?: string;
  password?: string;
  codecs: readonly string[] | undefined;
  sessionTimeout: number;
}): SipOptions {
  const { to, username, password, codecs: chosen, sessionTimeout } = given;
  const transport = /;transport=(udp|tcp|tls)\b/i.exec(to)?.[1]?.toLowerCase() as SipOptions['transport'];
  return {
    transport: transport ?? 'tls',
    codecs: chosen ?? ['PCMU', 'PCMA'],
    ...(username !== undefined && { username }),
    ...(password !== undefined && { password: new Secret(password) }),
    ...(sessionTimeout > 0 && { sessionTimeoutMs: sessionTimeout * 1000 }),
  };
}

/** The address, and the headers that stand behind it (LaML 4.6). */
export function readSip(written: string): { to: string; headers: Record<string, string>; wrong?: string } {
  const [, to = '', query = ''] = /^([^?]*)(?:\?(.*))?$/s.exec(written.trim())!;
  const pairs = query.split('&').filter((pair) => pair !== '');
  const found = pairs.map((pair): Header => {
    const [, name = '', value = ''] = /^([^=]*)(?:=(.*))?$/s.exec(pair)!;
    return { name: decode(name), value: decode(value) };
  });
  const headers = headersOf(found);
  if (!sipUri(to)) return { to, headers, wrong: 'it is no SIP URI' };
  if (to.length > longestUri) return { to: '', headers, wrong: `it is longer than ${longestUri} characters` };
  return found.every(isHeader) ? { to, headers } : { to, headers, wrong: notAHeader };
}

const notAHeader = 'a header has a name or a value that no header can have';

/** What could end its line would be a header of somebody else’s making. */
const isHeader = ({ name, value }: Header): boolean =>
  /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name) && !/(?!\t)\p{Cc}/u.test(value);

function decode(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    return written;
  }
}
