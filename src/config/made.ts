/** What is made where nothing is given: once, and then kept. */
import { secretBytes, type Vault } from './vault.ts';

type Keeping = Pick<Vault, 'get' | 'put'>;

export const madeProject = (vault: Keeping): string =>
  kept(vault, 'project', () => `p-${secretBytes(4).toString('hex')}`);

export const madeToken = (vault: Keeping, project: string): string =>
  kept(vault, `token.${project}`, () => `cf_${secretBytes(30).toString('base64url')}`);

export const madeSigningKey = (vault: Keeping, project: string): string =>
  kept(vault, `signingKey.${project}`, () => secretBytes(64).toString('base64'));

function kept(vault: Keeping, name: string, make: () => string): string {
  const known = vault.get(name);
  if (known !== undefined) return known;
  const made = make();
  vault.put(name, made);
  return made;
}
