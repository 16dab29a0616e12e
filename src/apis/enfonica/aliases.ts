/** Aliases: addresses of a SIP domain behind which several devices stand. */
import type { Static } from '@sinclair/typebox';
import { belowDomain } from './below-domains.ts';
import { flag, integer, list, message, optional, text, uri } from './kinds.ts';
import { kinds } from './resources.ts';

/** Of an endpoint that says none. */
export const usualWeight = 10;

export const endpoint = message({
  uri: uri('The SIP URI of the device.', ['sip', 'sips']),
  priority: optional(integer('The lowest is tried first.', { minimum: 0, maximum: 65_535 })),
  weight: optional(
    integer('How often it is the first among those of its priority.', {
      minimum: 1,
      maximum: 65_535,
      default: usualWeight,
    }),
  ),
  enabled: optional(flag('Whether it is tried at all; not unless true.')),
});

const weighted = (one: Static<typeof endpoint>) => ({ ...one, weight: one.weight ?? usualWeight });

export const loadBalancer = message({
  endpoints: optional(list(endpoint, { maxItems: 10 })),
  failoverCallHandlerUris: optional(
    list(uri('Asked when no device takes the call.', ['http', 'https', 'tel', 'sip', 'sips']), { maxItems: 5 }),
  ),
});

export const alias = message({
  displayName: optional(text('What the alias is called.', { maxLength: 100 })),
  loadBalancerConfig: optional(loadBalancer),
});

export type Alias = Static<typeof alias>;

export const aliases = belowDomain({
  kind: kinds.alias,
  one: 'alias',
  many: 'aliases',
  about: 'an alias of a SIP domain',
  schema: alias,
  complete: ({ loadBalancerConfig: config, ...fields }) => ({
    ...fields,
    ...(config && { loadBalancerConfig: { ...config, endpoints: config.endpoints?.map(weighted) } }),
  }),
});
