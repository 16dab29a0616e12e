/** How the API says no (LaML 7): a number that says why, and an HTTP status. */
import { CallflowError, type ErrorCode } from '../../errors.ts';

/** The vendor's number of a parameter or a document that is not valid. */
export const notValid = 20422;

/** A request that is not done, and why. */
export class Refusal extends Error {
  readonly code: number;
  readonly status: number;
  /** It is told as one text, as the vendor does in few places. */
  readonly isText: boolean;

  constructor(code: number, message: string, status = code === notValid ? 422 : 400, isText = false) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = status;
    this.isText = isText;
  }
}

/** What is not there, or somebody else's. */
export const notFound = (what: string): Refusal => new Refusal(20404, `${what} was not found`, 404);

/** The path is there, and nothing like this can be asked of it. */
export const notPossible = (message: string): Refusal => new Refusal(20004, message, 405);

export const unauthenticated = (message: string): Refusal => new Refusal(20003, message, 401);

/** The call does not go on as it must for this. */
export const notInProgress = (): Refusal => new Refusal(21220, 'the call is not in progress');

export const invalid = (message: string): Refusal => new Refusal(10000, message);

/** Both shapes at once (LaML 7.1): clients read the one, others the list. */
export function body({ code, message, status, isText }: Refusal, moreInfo: string): object {
  const error = isText ? message : { code: String(code), message, more_info: moreInfo };
  return { code, message, more_info: moreInfo, status, errors: [error] };
}

/** Whatever was thrown, as a refusal; undefined for what nobody has foreseen. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof CallflowError) return ofEngine(error);
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  if (status === 429) return new Refusal(20429, (error as Error).message, 429);
  if (status === 413) return new Refusal(20422, 'the body is too large', 413);
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Refusal(20422, 'the request is not understood', status)
    : undefined;
}

const engineCodes: Partial<Record<ErrorCode, readonly [code: number, status: number]>> = {
  CALLS_LIMIT: [20429, 429],
  REQUESTS_LIMIT: [20429, 429],
  SPEND_LIMIT: [4001, 400],
  MINUTES_LIMIT: [4001, 400],
  CALL_NOT_PERMITTED: [21216, 400],
  PAYMENT_REFUSED: [10000, 400],
  IDEMPOTENCY_CONFLICT: [10000, 400],
  CONFERENCE_COACH: [16002, 400],
  CONFERENCE_OVER: [10000, 400],
  QUEUE_NAME_TAKEN: [20422, 422],
  QUEUE_NOT_EMPTY: [20422, 422],
  STORE_FAILED: [20504, 503],
  SERVER_ENDING: [20504, 503],
  FILES_BUSY: [20504, 503],
};

function ofEngine({ code, message }: CallflowError): Refusal | undefined {
  const known = engineCodes[code as ErrorCode];
  return known && new Refusal(known[0], message, known[1]);
}
