import { CallflowError, type ErrorCode } from '../errors.ts';

/** What an exchange was waiting for. */
export type Phase = 'for a free connection' | 'to connect' | 'for headers' | 'for the body';

export interface Situation {
  url: URL;
  phase: Phase;
  /** Of the answer's body. */
  bytes: number;
}

export interface Failure {
  code: ErrorCode;
  /** For a developer to read. */
  reason: string;
}

/** What an error of a socket, of TLS or of undici means to somebody who wrote a handler. */
export function toFailure(error: unknown, situation: Situation): Failure {
  if (error instanceof CallflowError) return { code: error.code, reason: error.message };
  const { name, code = '', message } = error as NodeJS.ErrnoException;
  if (situation.phase === 'to connect') return toConnectFailure(code, message, situation);
  if (code === 'UND_ERR_HEADERS_OVERFLOW')
    return { code: 'HANDLER_TOO_LARGE', reason: 'the headers of the answer are too large' };
  if (name === 'HTTPParserError') {
    const code = message.includes('Invalid HTTP version') ? 'HANDLER_HTTP_VERSION' : 'HANDLER_NOT_HTTP';
    return { code, reason: `the answer is not HTTP: ${message}` };
  }
  const where =
    situation.phase === 'for headers'
      ? 'before an answer came'
      : `in the middle of the answer, after ${situation.bytes} bytes of the body`;
  return { code: 'HANDLER_BROKEN', reason: `the connection was closed ${where}` };
}

const nameErrors = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_NONAME', 'EAI_FAIL', 'ENODATA']);
const unreachableErrors = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EADDRNOTAVAIL']);

function toConnectFailure(code: string, message: string, { url }: Situation): Failure {
  if (code === 'ECONNREFUSED') return { code: 'HANDLER_REFUSED', reason: `nothing listens on ${hostAndPort(url)}` };
  if (nameErrors.has(code))
    return { code: 'HANDLER_NAME_NOT_FOUND', reason: `${url.hostname} has no address (${code})` };
  if (unreachableErrors.has(code))
    return { code: 'HANDLER_UNREACHABLE', reason: `there is no way to ${url.hostname} (${code})` };
  if (code === 'ETIMEDOUT')
    return { code: 'HANDLER_TIMEOUT', reason: `${hostAndPort(url)} did not take the connection` };
  if (code === 'UND_ERR_INVALID_ARG')
    return { code: 'URL_NOT_VALID', reason: `the request cannot be sent: ${message}` };
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED')
    return { code: 'HANDLER_BROKEN', reason: 'callflow is closing its connections' };
  if (code === 'ERR_SSL_WRONG_VERSION_NUMBER')
    return { code: 'HANDLER_NOT_TLS', reason: `${hostAndPort(url)} does not speak TLS` };
  if (url.protocol === 'https:')
    return { code: 'HANDLER_TLS', reason: `no secure connection to ${hostAndPort(url)}: ${message.split(';')[0]}` };
  return { code: 'HANDLER_BROKEN', reason: `no connection to ${hostAndPort(url)}: ${message}` };
}

function hostAndPort({ hostname, port, protocol }: URL): string {
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
