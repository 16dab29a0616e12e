import { accountSid, sameSid } from '../../vendors/signalwire/sids.ts';
import type { Principal, Tenants } from '../service.ts';
import { unauthenticated } from './refusal.ts';

/** Who asks: Basic, the sid of the account in either spelling and a token of it (LaML 6.1). */
export function authenticate(tenants: Tenants, header: string | undefined): Principal {
  const refused = unauthenticated('the account or its token is not right: HTTP Basic, the account sid and a token');
  const encoded = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(header ?? '')?.[1];
  if (encoded === undefined || encoded.length > 4_096) throw refused;
  const text = Buffer.from(encoded, 'base64').toString();
  const colon = text.indexOf(':');
  const principal = colon < 0 ? undefined : tenants.authenticate(text.slice(colon + 1));
  if (!principal || !sameSid(text.slice(0, colon), accountSid(principal.project))) throw refused;
  return principal;
}
