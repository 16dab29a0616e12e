import type { Clock } from '../clock.ts';
import type { Dialect, SpelledRequest } from '../dialects/dialect.ts';
import { type KnownUrl, knownUrl } from '../http/known-url.ts';
import type { HttpExchange, HttpRequest, Transport } from '../http/transport.ts';
import type { Answer, Attempt } from '../journal/journal.ts';
import type { HandlerUrl, Result } from '../verbs/verb.ts';
import { type Last, toAnswer, toRefusal } from './answer.ts';
import { toAttempt, toSkipped, withCredentialsOf } from './attempt.ts';
import type { CallCookies } from './cookies.ts';
import type { HandlerRequest } from './handler.ts';
import type { DocumentKey, KeptDocuments } from './kept-documents.ts';
import type { ReadDocuments } from './read-documents.ts';
import { type Failure, judge, type Verdict } from './verdict.ts';

export interface Listener {
  attempted(attempt: Attempt): void;
  answered(answer: Answer): void;
}

export interface AskingOptions {
  transport: Transport;
  clock: Clock;
  dialect: Dialect;
  cookies: CallCookies;
  documents: KeptDocuments;
  /** What has been read before. */
  known: ReadDocuments;
  signingKey: Uint8Array;
  /** Where the engine can be reached from outside, as far as that is known. */
  publicUrl?: string | undefined;
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
  /** How long it may keep us waiting in between. */
  #limits: Limits = noLimits;
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
    const url = first && knownUrl(first.url);
    if (first && url?.isHttp) this.#send(first, url, 0);
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
    const url = target && knownUrl(target.url);
    if (!target) this.#answer(toRefusal(this.#last, this.#request.urls.length));
    else if (url?.isHttp) this.#send(target, url, 0);
    else this.#takeOrSkip(target, url?.url);
  }

  /** A URL that is not asked by HTTP is a program of its own, or nothing. */
  #takeOrSkip(target: HandlerUrl, url: URL | undefined): void {
    const { urls, call } = this.#request;
    const program = this.#options.dialect.programFor?.(target.url, urls.slice(this.#index + 1), call);
    if (program) this.#answer({ type: 'program', program });
    else this.#skip(target, url);
  }

  #skip(target: HandlerUrl, url: URL | undefined): void {
    const failure: Failure = url
      ? { code: 'URL_SCHEME', reason: `nothing can be asked of ${url.protocol} URLs` }
      : { code: 'URL_NOT_VALID', reason: `"${target.url}" is not a URL` };
    this.#listener.attempted(toSkipped(target, failure));
    this.#next(target.url, failure, false);
  }

  #send(target: HandlerUrl, url: KnownUrl, hops: number): void {
    const { transport, clock, dialect, cookies, documents } = this.#options;
    if (hops === 0) this.#limit(target.url);
    const cookie = cookies.header(url.href);
    const { seen, spelled, asked } = this.#spell(target, url, hops, cookie);
    const key = target.method === 'GET' ? { project: this.#request.call.project, url: asked, cookie } : undefined;
    const fresh = key && documents.fresh(key);
    const sent: Sent = { target, seen, url, spelled, hops, at: clock.now(), key };
    if (fresh) {
      this.#take(fresh, sent);
      return;
    }
    if (key) sent.spelled = { ...spelled, headers: { ...spelled.headers, ...documents.conditions(key) } };
    this.#sent = sent;
    const request: HttpRequest = {
      method: target.method,
      url: asked,
      headers: sent.spelled.headers,
      maxBytes: dialect.maxBytes,
      timeoutMs: Math.max(this.#deadline - clock.now(), 1),
    };
    const { connectMs, readMs } = this.#limits;
    if (spelled.body !== undefined) request.body = spelled.body;
    if (connectMs !== undefined) request.connectMs = connectMs;
    if (readMs !== undefined) request.readMs = readMs;
    this.#exchange = transport.send(request, (exchange) => this.#heard(exchange, sent));
  }

  #limit(url: string): void {
    const { clock, dialect } = this.#options;
    this.#limits = dialect.timeoutsOf?.(url) ?? noLimits;
    this.#deadline = clock.now() + (this.#limits.totalMs ?? dialect.attemptTimeoutMs);
  }

  #spell(target: HandlerUrl, url: KnownUrl, hops: number, cookie: string | undefined) {
    const { dialect, signingKey, publicUrl } = this.#options;
    const { call } = this.#request;
    const last = this.#last;
    const seen: HandlerUrl = { url: url.seen, method: target.method };
    const spelled = dialect.spell({
      call,
      result: hops > 0 && dialect.redirectStatusesToGet ? nothing : this.#request.result,
      target: seen,
      signingKey,
      configured: url.href,
      ...(last && { failed: { url: last.url, code: last.failure.code } }),
      ...(publicUrl !== undefined && { publicUrl }),
    });
    const asked = spelled.url === undefined ? url.href : withCredentialsOf(url, spelled.url);
    return { seen, spelled: withCookie(spelled, cookie), asked };
  }

  /** Nothing is told from within `ask`. */
  #take(exchange: HttpExchange, { url, hops, seen }: Sent): void {
    this.#timer = this.#options.clock.setTimeout(() => {
      const verdict = this.#judge(exchange, url, hops);
      if (verdict.type === 'program') this.#answer(toAnswer(verdict));
      else if (verdict.type === 'failed') this.#next(seen.url, verdict, verdict.document);
    }, 0);
  }

  #heard(heard: HttpExchange, sent: Sent): void {
    if (this.#over) return;
    this.#sent = undefined;
    const { target, seen, url, spelled, hops, key } = sent;
    if (heard.ok && heard.setCookies.length > 0) this.#options.cookies.keep(url.href, heard.setCookies);
    const exchange = heard.ok && key ? this.#options.documents.heard(key, heard) : heard;
    const verdict = this.#judge(exchange, url, hops);
    this.#listener.attempted(this.#kept(toAttempt(seen, spelled, heard, verdict, exchange)));
    if (this.#over) return;
    if (verdict.type === 'redirected')
      this.#send(verdict.toGet ? { ...target, method: 'GET' } : target, knownUrl(verdict.to.href)!, hops + 1);
    else if (verdict.type === 'failed') this.#next(seen.url, verdict, verdict.document);
    else this.#answer(toAnswer(verdict));
  }

  /** As the journal may keep it. */
  #kept(attempt: Attempt): Attempt {
    const { withoutSecrets } = this.#options.dialect;
    if (withoutSecrets) attempt.responseBody = withoutSecrets(attempt.responseBody);
    return attempt;
  }

  /** A defect in reading one document must not end the process, nor leave the call waiting. */
  #judge(exchange: HttpExchange, { href }: KnownUrl, hops: number): Verdict {
    try {
      const { dialect, known } = this.#options;
      return judge({ exchange, url: href, hops, dialect, known, purpose: this.#request.purpose });
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

const nothing: Result = { type: 'nothing' };
const noLimits: Limits = {};

type Limits = ReturnType<NonNullable<Dialect['timeoutsOf']>>;

interface Sent {
  target: HandlerUrl;
  /** What the application sees of the URL. */
  seen: HandlerUrl;
  url: KnownUrl;
  spelled: SpelledRequest;
  hops: number;
  at: number;
  /** Under which its answer may be kept. */
  key: DocumentKey | undefined;
}

function withCookie(spelled: SpelledRequest, cookie: string | undefined): SpelledRequest {
  return cookie === undefined ? spelled : { ...spelled, headers: { ...spelled.headers, cookie } };
}
