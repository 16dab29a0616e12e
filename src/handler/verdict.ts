import type { Dialect } from '../dialects/dialect.ts';
import type { ErrorCode } from '../errors.ts';
import type { HttpExchange } from '../http/transport.ts';
import type { Problem } from '../journal/journal.ts';
import type { Program, Purpose } from '../verbs/verb.ts';
import { isCookie } from './cookies.ts';
import type { ReadDocuments } from './read-documents.ts';

export interface Failure {
  code: ErrorCode;
  reason: string;
}

/** What an answer of the application comes down to. */
export type Verdict =
  | { type: 'program'; program: Program; problems: readonly Problem[] }
  | { type: 'redirected'; to: URL; toGet: boolean }
  /** `document`: something came, but not what the dialect can execute. */
  | ({ type: 'failed'; document: boolean } & Failure);

export interface Answered {
  exchange: HttpExchange;
  /** What was asked, without a fragment. */
  url: string;
  dialect: Dialect;
  /** What has been read before. */
  known: ReadDocuments;
  /** How many redirects led here. */
  hops: number;
  purpose?: Purpose | undefined;
}

/** Judges one exchange by the rules of the dialect (VoiceML 2.3, 2.5, 2.6; LaML 3.4). */
export function judge(answered: Answered): Verdict {
  const { exchange, dialect } = answered;
  if (!exchange.ok) return judgeUnread(answered, exchange);
  const { status, setCookies } = exchange;
  const wrong = dialect.refusesWrongCookies && setCookies.find((written) => !isCookie(written));
  if (wrong !== undefined) return failed('HANDLER_NOT_HTTP', `"${wrong.slice(0, 60)}" is no cookie`);
  if (status >= 200 && status < 300) return judgeDocument(answered, exchange);
  if (redirects.has(status)) return judgeRedirect(answered, exchange);
  return failed('HANDLER_STATUS', `answered with status ${status}`);
}

type Received = Extract<HttpExchange, { ok: true }>;
type Unread = Extract<HttpExchange, { ok: false }>;

const redirects = new Set([301, 302, 303, 307, 308]);

const failed = (code: ErrorCode, reason: string, document = false): Verdict => ({
  type: 'failed',
  code,
  reason,
  document,
});

/** Of some answers nothing but the content type matters: it is all the same that there was more than anybody reads. */
function judgeUnread(answered: Answered, { code, reason, status = 0, headers = {} }: Unread): Verdict {
  const type = headers['content-type'] ?? '';
  const suffices = status >= 200 && status < 300 && answered.dialect.needsNoBody?.(type);
  return code === 'HANDLER_TOO_LARGE' && suffices
    ? judgeDocument(answered, { headers, body: new Uint8Array() })
    : failed(code, reason);
}

function judgeRedirect({ url, dialect, hops }: Answered, { status, headers }: Received): Verdict {
  const toGet = dialect.redirectStatusesToGet?.includes(status) ?? false;
  if (!toGet && !dialect.redirectStatuses.includes(status))
    return failed('HANDLER_REDIRECTS', `status ${status} redirects in a way that does not repeat the request`);
  const { location } = headers;
  if (!location) return failed('HANDLER_REDIRECTS', `status ${status} without a Location`);
  if (hops >= dialect.maxRedirects)
    return failed('HANDLER_REDIRECTS', `redirected more than ${dialect.maxRedirects} times`);
  const to = URL.parse(location, url);
  if (!to) return failed('URL_NOT_VALID', `redirected to "${location}", which is not a URL`);
  if (!isHttp(to)) return failed('URL_SCHEME', `redirected to ${to.protocol} which is not http: or https:`);
  return { type: 'redirected', to, toGet };
}

function judgeDocument(
  { url, dialect, known, purpose }: Answered,
  { headers, body }: Pick<Received, 'headers' | 'body'>,
): Verdict {
  const encoding = headers['content-encoding'];
  if (encoding && encoding !== 'identity')
    return failed('DOCUMENT_ENCODING', `the document came compressed (${encoding}), which was not asked for`, true);
  const contentType = headers['content-type'];
  const { program, problems } = known.read(dialect, { body, url, contentType, purpose });
  if (program) return { type: 'program', program, problems };
  const problem = problems.find(({ severity }) => severity === 'error');
  if (!problem) return failed('CALL_INTERNAL', 'the dialect gave neither a program nor a reason', true);
  return failed(problem.code, describe(problem) + describeType(contentType), true);
}

const describe = ({ line, column, message, hint }: Problem) =>
  `${line}:${column} ${message}${hint ? ` (${hint})` : ''}`;

/** Web pages and JSON come by mistake: saying so finds it faster than any line and column. */
const describeType = (contentType: string | undefined) =>
  contentType && /html|json/i.test(contentType) ? `; the answer came as ${contentType}` : '';

const isHttp = ({ protocol }: URL) => protocol === 'http:' || protocol === 'https:';
