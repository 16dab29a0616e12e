import { rootCertificates } from 'node:tls';
import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { createGuard } from '../http/guard.ts';
import type { Transport } from '../http/transport.ts';
import { type UndiciTransport, undiciTransport } from '../http/undici.ts';

/** Where URLs may lead, and whom to trust there. */
export interface Policy {
  allow: readonly string[];
  /** Certificate authorities in PEM, beside those that Node brings. */
  ca: readonly string[];
  connections: number;
}

export interface Outlet extends Transport {
  /** From now on; what is under way goes on as it began. */
  obey(policy: Policy): void;
  close(): Promise<void>;
}

export const policyOf = ({ allow, ca, limits }: Settings): Policy => ({
  allow,
  ca,
  connections: limits.connectionsPerHost ?? 128,
});

/** Longer than any exchange may take. */
const longestMs = 60_000;

/** All requests to applications go through here. Connections made under one policy are not used under another. */
export function createOutlet(clock: Clock, policy: Policy): Outlet {
  const open = new Set<UndiciTransport>();
  const make = ({ allow, ca, connections }: Policy) => {
    const transport = undiciTransport({
      clock,
      guard: createGuard({ allow }),
      connections,
      ...(ca.length > 0 && { ca: [...rootCertificates, ...ca] }),
    });
    open.add(transport);
    return transport;
  };
  let obeyed = policy;
  let current = make(policy);
  return {
    send: (request, done) => current.send(request, done),
    obey: (next) => {
      if (JSON.stringify(next) === JSON.stringify(obeyed)) return;
      const last = current;
      obeyed = next;
      current = make(next);
      clock.setTimeout(() => {
        if (open.delete(last)) void last.close();
      }, longestMs);
    },
    close: async () => {
      await Promise.all([...open].map((transport) => transport.close()));
      open.clear();
    },
  };
}
