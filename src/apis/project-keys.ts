/** Keys for purposes of our own, made from the one of the project, so that no signature is good for two things. */
import { createHmac } from 'node:crypto';
import type { Tenants } from './service.ts';

const made = (purpose: string) => {
  const known = new WeakMap<Uint8Array, Uint8Array>();
  return ({ tenants }: { tenants: Pick<Tenants, 'signingKey'> }, project: string): Uint8Array => {
    const key = tenants.signingKey(project);
    let derived = known.get(key);
    if (!derived) {
      derived = createHmac('sha256', key).update(`callflow ${purpose}`).digest();
      known.set(key, derived);
    }
    return derived;
  };
};

/** With which page tokens are signed. */
export const listKey = made('page tokens');

/** With which links to files are signed. */
export const linkKey = made('links to files');
