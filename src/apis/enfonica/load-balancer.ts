/** In which order the devices behind an alias are tried (VoiceML 4.10). */
import type { Static } from '@sinclair/typebox';
import type { Dial } from '../../verbs/dial.ts';
import { type endpoint, type loadBalancer, usualWeight } from './aliases.ts';
import { post } from './recording-config.ts';

type Endpoint = Static<typeof endpoint>;

/** How long one device may ring, as long as an endpoint of the API (inferred). */
const ringMs = 30_000;
const maxMs = 14_400_000;

/** Calls one device after the other until one answers; then the failover handlers have their turn. */
export function balanced(config: Static<typeof loadBalancer>, random: () => number): Dial {
  const { endpoints = [], failoverCallHandlerUris: failover = [] } = config;
  return {
    verb: 'dial',
    answers: false,
    targets: inOrder(endpoints, random).map(({ uri }) => ({ to: uri, transport: 'SIP' })),
    strategy: 'linear',
    ringMs,
    maxMs,
    ...(failover.length > 0 ? { otherwise: failover.map(post) } : { relays: true }),
  };
}

/** The lowest priority first; among equals each is as often the first as its weight says (RFC 2782). */
export function inOrder(endpoints: readonly Endpoint[], random: () => number): Endpoint[] {
  const enabled = endpoints.filter((one) => one.enabled);
  const priorities = [...new Set(enabled.map(({ priority = 0 }) => priority))].sort((a, b) => a - b);
  return priorities.flatMap((priority) =>
    drawn(
      enabled.filter((one) => (one.priority ?? 0) === priority),
      random,
    ),
  );
}

function drawn(from: readonly Endpoint[], random: () => number): Endpoint[] {
  const left = [...from];
  const order: Endpoint[] = [];
  while (left.length > 1) order.push(...left.splice(drawOne(left, random), 1));
  return [...order, ...left];
}

function drawOne(from: readonly Endpoint[], random: () => number): number {
  const weights = from.map(({ weight = usualWeight }) => weight);
  let at = random() * weights.reduce((sum, weight) => sum + weight, 0);
  const found = weights.findIndex((weight) => {
    at -= weight;
    return at < 0;
  });
  return Math.max(found, 0);
}
