import type { Clock } from '../clock.ts';
import type { Settings } from '../config/settings.ts';
import { type Reach, reachingSockets, reachingTransport } from '../http/reach.ts';
import type { Transport } from '../http/transport.ts';
import type { UndiciTransport } from '../http/undici.ts';
import type { WebSockets } from '../http/web-sockets.ts';

/** Where URLs may lead, how one gets there, and on how many connections. */
export interface Policy extends Reach {
  /** To one host. */
  connections: number;
}

export interface Outlet extends Transport {
  /** From now on; what is under way goes on as it began. */
  obey(policy: Policy): void;
  close(): Promise<void>;
}

/** Where audio is streamed to, through an outlet of its own: what is open stays open when the policy changes. */
export interface SocketOutlet extends WebSockets {
  obey(policy: Policy): void;
}

export function createSocketOutlet(clock: Clock, policy: Policy): SocketOutlet {
  let obeyed = policy;
  let current = reachingSockets(clock, policy);
  const made = new Set([current]);
  return {
    open: (request, listener) => current.open(request, listener),
    obey: (next) => {
      if (JSON.stringify(next) === JSON.stringify(obeyed)) return;
      obeyed = next;
      current = reachingSockets(clock, next);
      made.add(current);
    },
    close: async () => {
      await Promise.all([...made].map((sockets) => sockets.close()));
    },
  };
}

export const reachOf = ({ allow, ca, proxy }: Settings): Reach => ({ allow, ca, proxy });

export const policyOf = (settings: Settings): Policy => ({
  ...reachOf(settings),
  connections: settings.limits.connectionsPerHost ?? 128,
});

/** Longer than any exchange may take. */
const longestMs = 60_000;

/** All requests to applications go through here. Connections made under one policy are not used under another. */
export function createOutlet(clock: Clock, policy: Policy): Outlet {
  const open = new Set<UndiciTransport>();
  const make = ({ connections, ...reach }: Policy) => {
    const transport = reachingTransport(clock, reach, connections);
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
