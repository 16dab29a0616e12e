const e164 = /^\+[1-9]\d{1,14}$/;

/** A telephone number in E.164 form, with its plus. */
export const isE164 = (text: string): boolean => e164.test(text);

const sip = /^(sips?):(?:([^@\s]*)@)?([^\s;?:@[\]]+)(:\d{1,5})?((?:;[^?\s]*)?(?:\?\S*)?)$/i;

/** A SIP URI taken apart; undefined for what is none (hosts are names or IPv4). */
export function sipUri(text: string): { scheme: string; user?: string; host: string; rest: string } | undefined {
  const found = sip.exec(text);
  if (!found) return undefined;
  const [, scheme, user, host, port = '', tail = ''] = found;
  return { scheme: scheme!.toLowerCase(), ...(user && { user }), host: host!, rest: port + tail };
}

/** The same SIP URI with a user part: its own, else the one of its `to` header, else that of whom was called. */
export function withUser(text: string, called: string): string {
  const uri = sipUri(text);
  if (!uri || uri.user) return text;
  const to = /[?&]to=([^&]+)/i.exec(uri.rest)?.[1];
  const user = (to && userIn(decode(to))) ?? userIn(called);
  return user ? `${uri.scheme}:${escaped(user)}@${uri.host}${uri.rest}` : text;
}

/** What a user part may hold as it is (RFC 3261, 25.1); anything else could end the URI, or the header it stands in. */
const escaped = (user: string): string => user.replace(/[^\w.!~*'()&=+$,;?/-]/gu, encodeURIComponent);

/** Who is meant by a number, a name or a URI, which may name nobody. */
const userIn = (text: string): string | undefined => userOf(text) ?? (sipUri(text) ? undefined : text);

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Who is meant by a header such as `"Ann" <sip:ann@example.org>;tag=1` or `tel:+61…`: the user part or the number. */
export function userOf(header: string): string | undefined {
  const address = /<([^>]*)>/.exec(header)?.[1] ?? header.trim();
  const tel = /^tel:([^;?]+)/i.exec(address)?.[1];
  if (tel !== undefined) return tel.replace(/[-.()]/g, '');
  // A password or a parameter of the user is nobody else's business.
  const user = sipUri(address)?.user?.split(/[:;]/)[0];
  const plain = user && decode(user);
  return plain && /^[!-~]+$/.test(plain) ? plain : user;
}
