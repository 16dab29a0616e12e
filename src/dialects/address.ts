import { isE164, sipUri } from '../verbs/addresses.ts';
import { Wrong } from './grammar.ts';
import { quoted, schemeOf } from './kinds.ts';

/** Whom to call: a number or a SIP URI; `wrong` says why nobody can be called there. */
export interface Address {
  to: string;
  transport: 'PSTN' | 'SIP';
  wrong?: Wrong;
}

/** `+` E.164, `tel:` before such, or a SIP URI, of which every parameter and header is kept as it is written. */
export function readAddress(text: string): Address {
  const scheme = schemeOf(text);
  if (scheme === 'sip' || scheme === 'sips') {
    const address = { to: text, transport: 'SIP' } as const;
    if (sipUri(text)) return address;
    const hint = /(?:^sips?:|@)\[/i.test(text)
      ? 'the host is a name or an IPv4 address; IPv6 is not understood'
      : undefined;
    return { ...address, wrong: new Wrong(`${quoted(text)} is not a SIP URI`, hint) };
  }
  const to = scheme === 'tel' ? text.slice(4).replace(/[-.()\s]/g, '') : text;
  if (isE164(to)) return { to, transport: 'PSTN' };
  const bare = to.replace(/[-.()\s]/g, '');
  const hint = isE164(bare) ? `write ${bare}` : 'a number is written like +61255501234';
  return {
    to,
    transport: 'PSTN',
    wrong: new Wrong(`${quoted(text)} is neither a number with + and country code nor a SIP URI`, hint),
  };
}
