import type { Principal, Tenants } from '../service.ts';
import { Refusal } from './refusal.ts';

const longest = 8_192;

/** Who sends this header, or a refusal. */
export function authenticate(tenants: Tenants, authorization: string | undefined): Principal {
  const token = authorization === undefined ? undefined : /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  if (authorization === undefined)
    throw new Refusal('UNAUTHENTICATED', 'the header Authorization: Bearer <token> is missing');
  const principal = token !== undefined && token.length <= longest ? tenants.authenticate(token) : undefined;
  if (!principal) throw new Refusal('UNAUTHENTICATED', 'the token is not valid');
  return principal;
}
