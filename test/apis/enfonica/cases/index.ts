import type { Case } from '../case.ts';
import { access } from './access.ts';
import { belowDomains } from './below-domains.ts';
import { callsCreate } from './calls-create.ts';
import { callsGet } from './calls-get.ts';
import { callsList } from './calls-list.ts';
import { client } from './client.ts';
import { files } from './files.ts';
import { incoming } from './incoming.ts';
import { incomingDomains } from './incoming-domains.ts';
import { incomingFallback } from './incoming-fallback.ts';
import { numbers } from './numbers.ts';
import { ownNumbers } from './own-numbers.ts';
import { products } from './products.ts';
import { sipDomains } from './sip-domains.ts';
import { sipInfo } from './sip-info.ts';
import { token } from './token.ts';
import { trouble } from './trouble.ts';

/** Every rule of the API. */
export const cases: readonly Case[] = [
  ...access,
  ...callsCreate,
  ...callsGet,
  ...callsList,
  ...sipInfo,
  ...products,
  ...files,
  ...sipDomains,
  ...belowDomains,
  ...numbers,
  ...incoming,
  ...incomingFallback,
  ...incomingDomains,
  ...ownNumbers,
  ...token,
  ...client,
  ...trouble,
];
