import { rootCertificates } from 'node:tls';
import type { Clock } from '../clock.ts';
import { createGuard } from './guard.ts';
import type { ProxyOptions } from './proxy.ts';
import { type UndiciTransport, undiciTransport } from './undici.ts';
import { createWebSockets, type WebSockets } from './web-sockets.ts';

/** Where URLs may lead, and how one gets there. */
export interface Reach {
  /** What the URL guard allows beside public addresses. */
  allow: readonly string[];
  /** Certificate authorities in PEM, trusted beside those that Node brings. */
  ca?: readonly string[];
  proxy?: ProxyOptions | undefined;
}

/** HTTP over real sockets, to wherever the reach goes. */
export const reachingTransport = (clock: Clock, reach: Reach, connections?: number): UndiciTransport =>
  undiciTransport({ ...connecting(clock, reach), ...(connections !== undefined && { connections }) });

/** WebSockets to wherever the reach goes. */
export const reachingSockets = (clock: Clock, reach: Reach): WebSockets => createWebSockets(connecting(clock, reach));

const connecting = (clock: Clock, { allow, ca = [], proxy }: Reach) => ({
  clock,
  guard: createGuard({ allow }),
  ...(ca.length > 0 && { ca: [...rootCertificates, ...ca] }),
  ...(proxy && { proxy }),
});
