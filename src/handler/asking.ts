import type { Clock } from '../clock.ts';
import type { Dialect, SpelledRequest } from '../dialects/dialect.ts';
import type { HttpExchange, Transport } from '../http/transport.ts';
import type { Answer, Attempt } from '../journal.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import { toAttempt, toSkipped, withoutCredentials } from './attempt.ts';
import type { CallCookies } from './cookies.ts';
import type { HandlerRequest } from './handler.ts';
import { type Failure, isHttp, judge, type Verdict } from './verdict.ts';

export interface Listener {
  attempted(attempt: Attempt): void;
  answered(answer: Answer): void;
}

export interface AskingOptions {
  transport: Transport;
  clock: Clock;
  dialect: Dialect;
  cookies: CallCookies;
  signingKey: Uint8Array;
}

/** One asking of the application: URL after URL, redirect after redirect, until there is a program or nothing left. */
export class Asking {
  readonly #options: AskingOptions;
  readonly #request: HandlerRequest;
  readonly #listener: Listener;
  #index = 0;
  #last: Last | undefined;
  #exchange: { abort(): void } | undefined;
  /** Until when one URL may take, redirects and all. */
  #deadline = 0;
  /** What is under way. */
  #sent: Sent | undefined;
  #timer: unknown;
  #over = false;

  constructor(options: AskingOptions, request: HandlerRequest, listener: Listener) {
    this.#options = options;
    this.#request = request;
    this.#listener = listener;
  }

  begin(): void {
    const first = this.#request.urls[0];
    const url = first && URL.parse(first.url);
    if (first && url && isHttp(url)) this.#send(first, url, 0);
    else this.#timer = this.#options.clock.setTimeout(() => this.#try(), 0); // nothing is told from within `ask`
  }

  cancel(): void {
    if (this.#over) return;
    this.#over = true;
    this.#options.clock.clearTimeout(this.#timer);
    this.#exchange?.abort();
    if (this.#sent) this.#listener.attempted(this.#abandoned(this.#sent));
  }

  /** The application may have heard of a request whose answer nobody waits for any more. */
  #abandoned({ seen, spelled, at }: Sent): Attempt {
    const failure: Failure = { code: 'HANDLER_ABANDONED', reason: 'the call does not wait for the answer any more' };
    const ms = this.#options.clock.now() - at;
    return toAttempt(
      seen,
      spelled,
      { ok: false, ...failure, bytes: 0, ms },
      { type: 'failed', document: false, ...failure },
    );
  }

  #try(): void {
    if (this.#over) return;
    const target = this.#request.urls[this.#index];
    const url = target ? URL.parse(target.url) : null;
    if (!target) this.#answer(toRefusal(this.#last, this.#request.urls.length));
    else if (url && isHttp(url)) this.#send(target, url, 0);
    else this.#takeOrSkip(target, url);
  }

  /** A URL that is not asked by HTTP is a program of its own, or nothing. */
  #takeOrSkip(target: HandlerUrl, url: URL | null): void {
    const { urls, call } = this.#request;
    const program = this.#options.dialect.programFor?.(target.url, urls.slice(this.#index + 1), call);
    if (program) this.#answer({ type: 'program', program });
    else this.#skip(target, url);
  }

  #skip(target: HandlerUrl, url: URL | null): void {
    const failure: Failure = url
      ? { code: 'URL_SCHEME', reason: `nothing can be asked of ${url.protocol} URLs` }
      : { code: 'URL_NOT_VALID', reason: `"${target.url}" is not a URL` };
    this.#listener.attempted(toSkipped(target, failure));
    this.#next(target.url, failure, false);
  }

  #send(target: HandlerUrl, url: URL, hops: number): void {
    const { transport, clock, dialect, cookies, signingKey } = this.#options;
    const { call, result } = this.#request;
    if (hops === 0) this.#deadline = clock.now() + dialect.attemptTimeoutMs;
    url.hash = '';
    const seen: HandlerUrl = { url: withoutCredentials(url), method: target.method };
    const spelled = withCookie(dialect.spell({ call, result, target: seen, signingKey }), cookies.header(url.href));
    const sent: Sent = { target, seen, url, spelled, hops, at: clock.now() };
    this.#sent = sent;
    this.#exchange = transport.send(
      {
        method: target.method,
        url: url.href,
        headers: spelled.headers,
        ...(spelled.body !== undefined && { body: spelled.body }),
        maxBytes: dialect.maxBytes,
        timeoutMs: Math.max(this.#deadline - clock.now(), 1),
      },
      (exchange) => this.#heard(exchange, sent),
    );
  }

  #heard(exchange: HttpExchange, sent: Sent): void {
    if (this.#over) return;
    this.#sent = undefined;
    const { target, seen, url, spelled, hops } = sent;
    if (exchange.ok && exchange.setCookies.length > 0) this.#options.cookies.keep(url.href, exchange.setCookies);
    const verdict = this.#judge(exchange, url, hops);
    this.#listener.attempted(toAttempt(seen, spelled, exchange, verdict));
    if (this.#over) return;
    if (verdict.type === 'redirected') this.#send(target, verdict.to, hops + 1);
    else if (verdict.type === 'failed') this.#next(seen.url, verdict, verdict.document);
    else this.#answer(toAnswer(verdict));
  }

  /** A defect in reading one document must not end the process, nor leave the call waiting. */
  #judge(exchange: HttpExchange, url: URL, hops: number): Verdict {
    try {
      return judge({ exchange, url, hops, dialect: this.#options.dialect });
    } catch (error) {
      return { type: 'failed', code: 'CALL_INTERNAL', reason: `reading the document failed: ${error}`, document: true };
    }
  }

  #next(url: string, failure: Failure, document: boolean): void {
    this.#last = { url, failure, document };
    this.#index++;
    this.#try();
  }

  #answer(answer: Answer): void {
    if (this.#over) return;
    this.#over = true;
    this.#listener.answered(answer);
  }
}

/** The failure after which the next URL is tried. */
interface Last {
  url: string;
  failure: Failure;
  document: boolean;
}

function toRefusal(last: Last | undefined, count: number): Answer {
  if (!last) return { type: 'refused', code: 'HANDLER_UNAVAILABLE', reason: 'there is no handler URL' };
  const where = count > 1 ? `none of ${count} handler URLs gave a document; the last, ${last.url}` : last.url;
  return {
    type: 'refused',
    code: last.document ? 'DOCUMENT_NOT_VALID' : 'HANDLER_UNAVAILABLE',
    reason: `${where}: ${last.failure.reason}`,
  };
}

const toAnswer = ({ program, problems }: Extract<Verdict, { type: 'program' }>): Answer => ({
  type: 'program',
  program,
  ...(problems.length > 0 && { problems }),
});

interface Sent {
  target: HandlerUrl;
  /** What the application sees of the URL. */
  seen: HandlerUrl;
  url: URL;
  spelled: SpelledRequest;
  hops: number;
  at: number;
}

function withCookie(spelled: SpelledRequest, cookie: string | undefined): SpelledRequest {
  return cookie === undefined ? spelled : { ...spelled, headers: { ...spelled.headers, cookie } };
}
