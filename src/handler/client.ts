import type { Clock } from '../clock.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Transport } from '../http/transport.ts';
import { Asking, type Listener } from './asking.ts';
import { CallCookies } from './cookies.ts';
import type { Handler, HandlerRequest } from './handler.ts';
import { KeptDocuments } from './kept-documents.ts';

export interface HandlerOptions {
  transport: Transport;
  clock: Clock;
  /** By name. */
  dialects: Readonly<Record<string, Dialect>>;
  /** The bytes with which requests of this project are signed. */
  signingKey(project: string): Uint8Array;
  /** Where the engine can be reached from outside, as far as that is known. */
  publicUrl?(): string | undefined;
  limits?: Partial<HandlerLimits>;
}

export interface HandlerLimits {
  /** How many URLs of a list are tried. */
  urls: number;
}

const noOptions: { document?: string } = {};

/** Asks the customer's application over any transport: signed, with cookies, redirects and fallback. */
export function createHandler({ transport, clock, dialects, limits, ...options }: HandlerOptions): Handler {
  const documents = new KeptDocuments(clock);
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
    const asking = new Asking(
      {
        transport,
        clock,
        dialect,
        cookies,
        documents,
        signingKey: options.signingKey(project),
        publicUrl: options.publicUrl?.(),
      },
      { ...request, urls },
      listener,
    );
    asking.begin();
    return asking;
  };

  return {
    ask,
    programOf: ({ dialect, options: { document } = noOptions }) =>
      document === undefined ? undefined : dialects[dialect]?.parse({ body: Buffer.from(document), url: '' }).program,
    invitationHeaders: (call) => dialects[call.dialect]?.invitationHeaders?.(call),
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
