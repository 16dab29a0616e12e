/** Aliases: addresses of a SIP domain behind which several devices stand. */
import type { Static } from '@sinclair/typebox';
import { belowDomain } from './below-domains.ts';
import { flag, integer, list, message, optional, text, uri } from './kinds.ts';
import { kinds } from './resources.ts';

const endpoint = message({
  uri: uri('The SIP URI of the device.', ['sip', 'sips']),
  priority: optional(integer('The lowest is tried first.', { minimum: 0, maximum: 65_535 })),
  weight: optional(
    integer('How often it is the first among those of its priority.', { minimum: 1, maximum: 65_535, default: 10 }),
  ),
  enabled: optional(flag('Whether it is tried at all.')),
});

const weighted = (one: Static<typeof endpoint>) => ({ ...one, weight: one.weight ?? 10 });

const loadBalancer = message({
  endpoints: optional(list(endpoint, { maxItems: 10 })),
  failoverCallHandlerUris: optional(
    list(uri('Asked when no device takes the call.', ['http', 'https', 'tel', 'sip', 'sips']), { maxItems: 5 }),
  ),
});

export const aliases = belowDomain({
  kind: kinds.alias,
  one: 'alias',
  many: 'aliases',
  about: 'an alias of a SIP domain',
  schema: message({
    displayName: optional(text('What the alias is called.', { maxLength: 100 })),
    loadBalancerConfig: optional(loadBalancer),
  }),
  complete: ({ loadBalancerConfig: config, ...fields }) => ({
    ...fields,
    ...(config && { loadBalancerConfig: { ...config, endpoints: config.endpoints?.map(weighted) } }),
  }),
});
