import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction, Socket } from 'node:net';
import { buildConnector } from 'undici';
import { CallflowError } from '../errors.ts';
import type { Guard } from './guard.ts';

export interface ConnectOptions {
  guard: Guard;
  /** Certificate authorities to trust, in PEM, instead of the ones Node brings. */
  ca?: string | readonly string[];
  /** How names become addresses; the system's way unless given. */
  lookup?: LookupFunction;
}

/** A connection that is being made, and need not be. */
export interface Connecting {
  destroy(): unknown;
}

export type Connect = (options: buildConnector.Options, done: buildConnector.Callback) => Connecting;

/** Makes connections that lead only where the guard allows: it is asked about every address, before and after. */
export function createConnect({ guard, ca, lookup = systemLookup }: ConnectOptions): Connect {
  // undici's connector keeps TLS sessions; its type hides that it gives back the socket
  const connect = buildConnector({
    timeout: 0,
    lookup: guardedLookup(guard, lookup),
    ...(ca !== undefined && { ca: typeof ca === 'string' ? ca : [...ca] }),
  }) as unknown as (...words: Parameters<Connect>) => Socket;
  return (options, done) =>
    connect(options, (...[error, socket]) => {
      if (error) return done(error, null);
      const refusal = guard.refusal(socket.remoteAddress ?? '', options.hostname);
      if (refusal === undefined) return done(null, socket);
      socket.destroy();
      return done(new CallflowError('URL_NOT_ALLOWED', refusal), null);
    });
}

/** Leaves out the addresses that are not allowed; a name that has no others is refused. */
function guardedLookup(guard: Guard, lookup: LookupFunction): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return done(error, []);
      const addresses = found as LookupAddress[];
      const allowed = addresses.filter(({ address }) => guard.refusal(address) === undefined);
      const [first] = allowed;
      if (!first) return done(refusalOf(guard, addresses, hostname), []);
      return options.all ? done(null, allowed) : done(null, first.address, first.family);
    });
  };
}

function refusalOf(guard: Guard, [first]: LookupAddress[], hostname: string): Error {
  if (!first) return Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' });
  return new CallflowError('URL_NOT_ALLOWED', guard.refusal(first.address, hostname) ?? '');
}
