import type { Clock } from '../clock.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Transport } from '../http/transport.ts';
import { Asking, type Listener } from './asking.ts';
import { CallCookies } from './cookies.ts';
import type { Handler, HandlerRequest } from './handler.ts';

export interface HandlerOptions {
  transport: Transport;
  clock: Clock;
  /** By name. */
  dialects: Readonly<Record<string, Dialect>>;
  /** The bytes with which requests of this project are signed. */
  signingKey(project: string): Uint8Array;
  limits?: Partial<HandlerLimits>;
}

export interface HandlerLimits {
  /** How many URLs of a list are tried. */
  urls: number;
}

/** Asks the customer's application over any transport: signed, with cookies, redirects and fallback. */
export function createHandler({ transport, clock, dialects, signingKey, limits }: HandlerOptions): Handler {
  const maxUrls = limits?.urls ?? 5;
  const cookiesOf = new Map<string, CallCookies>();

  const ask = (request: HandlerRequest, listener: Listener) => {
    const { id, project, dialect: name } = request.call;
    const dialect = dialects[name];
    if (!dialect) return refuse(clock, name, listener);
    let cookies = cookiesOf.get(id);
    if (!cookies) {
      cookies = new CallCookies(clock.now);
      cookiesOf.set(id, cookies);
    }
    const urls = request.urls.length > maxUrls ? request.urls.slice(0, maxUrls) : request.urls;
    const options = { transport, clock, dialect, cookies, signingKey: signingKey(project) };
    const asking = new Asking(options, { ...request, urls }, listener);
    asking.begin();
    return asking;
  };

  return {
    ask,
    forget: (call) => {
      cookiesOf.delete(call);
    },
  };
}

function refuse(clock: Clock, name: string, { answered }: Listener): { cancel(): void } {
  const reason = `there is no dialect "${name}"`;
  const timer = clock.setTimeout(() => answered({ type: 'refused', code: 'DIALECT_UNKNOWN', reason }), 0);
  return { cancel: () => clock.clearTimeout(timer) };
}
