import type { Clock } from '../clock.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Transport } from '../http/transport.ts';
import { Asking, type Listener } from './asking.ts';
import { CallCookies } from './cookies.ts';
import type { Handler, HandlerRequest } from './handler.ts';
import { KeptDocuments } from './kept-documents.ts';
import { ReadDocuments } from './read-documents.ts';

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
  /** What has been read before, when several handlers are to share it; its own one unless given. */
  known?: ReadDocuments;
}

export interface HandlerLimits {
  /** How many URLs of a list are tried. */
  urls: number;
}

const noOptions: { document?: string } = {};

/** Asks the customer's application over any transport: signed, with cookies, redirects and fallback. */
export function createHandler({
  transport,
  clock,
  dialects,
  limits,
  known = new ReadDocuments(),
  ...options
}: HandlerOptions): Handler {
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
    const { urls } = request;
    const asking = new Asking(
      {
        transport,
        clock,
        dialect,
        cookies,
        documents,
        known,
        signingKey: options.signingKey(project),
        publicUrl: options.publicUrl?.(),
      },
      urls.length > maxUrls ? { ...request, urls: urls.slice(0, maxUrls) } : request,
      listener,
    );
    asking.begin();
    return asking;
  };

  return {
    ask,
    programOf: ({ dialect: name, options: { document } = noOptions }) => {
      const dialect = document === undefined ? undefined : dialects[name];
      return dialect && known.read(dialect, { body: Buffer.from(document!), url: '' }).program;
    },
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
