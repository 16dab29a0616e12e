import { aliases } from './aliases.ts';
import { calls } from './calls.ts';
import { faxes } from './faxes.ts';
import { numberActs } from './number-acts.ts';
import { phoneNumberInstances } from './phone-number-instances.ts';
import { phoneNumbers } from './phone-numbers.ts';
import { recordings } from './recordings.ts';
import type { Route } from './route.ts';
import { sipDomains } from './sip-domains.ts';
import { sipInfo } from './sip-info.ts';
import { transcriptions } from './transcriptions.ts';
import { users } from './users.ts';

/** Every route that needs a token. */
export const routes: readonly Route[] = [
  ...calls,
  ...sipInfo,
  ...recordings,
  ...transcriptions,
  ...faxes,
  ...sipDomains,
  ...aliases,
  ...users,
  ...phoneNumberInstances,
  ...numberActs,
  ...phoneNumbers,
];
