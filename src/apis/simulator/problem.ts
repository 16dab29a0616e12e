import { CallflowError, type ErrorCode } from '../../errors.ts';
import { type Complaint, pathText } from '../../replay/shape.ts';

/** Why a request was not answered as asked. */
export interface Problem {
  status: number;
  code: ErrorCode;
  message: string;
  /** Each thing that is wrong with what was sent, when it is that. */
  problems?: readonly { where: string; found: string; expected: string; hint?: string }[];
}

/** Statuses of errors that say what whoever asked has to mend. */
const statuses: Partial<Record<ErrorCode, number>> = {
  CALL_NO_ROUTE: 422,
  FLOW_NOT_VALID: 422,
  FLOW_ENDLESS: 422,
};

/** What an error means to whoever sent the request; what is not for them is not told. */
export function toProblem(error: unknown): Problem {
  if (!(error instanceof CallflowError)) return fromOutside(error);
  const { code, message, cause } = error;
  const problems = Array.isArray(cause) ? (cause as Complaint[]).map(complaintView) : undefined;
  return { status: statuses[code] ?? error.status, code, message, ...(problems && { problems }) };
}

const complaintView = ({ path, found, expected, hint }: Complaint) => ({
  where: path.length === 0 ? '' : pathText(path),
  found,
  expected,
  ...(hint !== undefined && { hint }),
});

/** Errors of the web server have a status; those of 4xx are about the request. */
function fromOutside(error: unknown): Problem {
  const { statusCode = 500, message } = error as Error & { statusCode?: number };
  if (statusCode === 413) return { status: 413, code: 'REQUEST_TOO_LARGE', message };
  if (statusCode >= 400 && statusCode < 500) return { status: statusCode, code: 'REQUEST_NOT_VALID', message };
  return { status: 500, code: 'CALL_INTERNAL', message: 'a defect of callflow: please report it' };
}

/** What is wrong with a body, as an error. */
export const requestNotValid = (complaints: readonly Complaint[]): CallflowError =>
  new CallflowError(
    'REQUEST_NOT_VALID',
    complaints
      .map(({ path, found, expected, hint }) => {
        const where = path.length === 0 ? 'the body' : pathText(path);
        return `${where}: found ${found}, expected ${expected}${hint ? `; ${hint}` : ''}`;
      })
      .join('\n'),
    { cause: complaints },
  );
