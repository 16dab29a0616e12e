import { accountSid, idOf, sameSid, sidOf } from '../../vendors/signalwire/sids.ts';
import type { Principal, Service } from '../service.ts';
import { notFound } from './refusal.ts';

/** The project that a path speaks of: that of the token, or one below it; nobody learns which others there are (LaML 6.1). */
export function projectAt(
  { subprojects }: Pick<Service, 'subprojects'>,
  { project }: Pick<Principal, 'project'>,
  account: string,
): string {
  if (sameSid(account, accountSid(project))) return project;
  const id = idOf(account);
  const named = id === undefined ? undefined : subprojects.get(sidOf(id));
  if (named?.parent === project) return named.id;
  // The sid of whatever the configuration names says nothing of the name.
  if (id === undefined)
    for (const below of subprojects.of(project)) {
      if (below.record) break;
      if (sameSid(account, accountSid(below.id))) return below.id;
    }
  throw notFound('the account');
}
