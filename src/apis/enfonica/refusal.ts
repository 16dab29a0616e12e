/** How the API says no: the vendor's error envelope (VoiceML 4.1), which its client requires. */
import { CallflowError } from '../../errors.ts';

/** gRPC's names and the HTTP statuses that stand for them. */
export const httpStatuses = {
  INVALID_ARGUMENT: 400,
  FAILED_PRECONDITION: 400,
  OUT_OF_RANGE: 400,
  UNAUTHENTICATED: 401,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
} as const;

export type Status = keyof typeof httpStatuses;

/** A field of the request that is not what it must be. */
export interface Violation {
  field: string;
  description: string;
}

/** A request that is not done, and why. */
export class Refusal extends Error {
  readonly status: Status;
  /** The HTTP status, where it is not the usual one. */
  readonly code: number;
  readonly violations: readonly Violation[];

  constructor(status: Status, message: string, more: { code?: number; violations?: readonly Violation[] } = {}) {
    super(message);
    this.name = 'Refusal';
    this.status = status;
    this.code = more.code ?? httpStatuses[status];
    this.violations = more.violations ?? [];
  }
}

/** Refuses what is wrong with one field or several. */
export function invalid(violations: readonly Violation[]): Refusal {
  const [first] = violations;
  const message = first ? `${first.field} ${first.description}` : 'the request is not valid';
  return new Refusal('INVALID_ARGUMENT', message, { violations });
}

export const wrong = (field: string, description: string): Refusal => invalid([{ field, description }]);

export const notFound = (name: string): Refusal => new Refusal('NOT_FOUND', `${name} was not found`);

export interface Envelope {
  error: { code: number; status: Status; message: string; details?: object[] };
}

export function envelope({ code, status, message, violations }: Refusal): Envelope {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: violations }];
  return { error: { code, status, message, ...(violations.length > 0 && { details }) } };
}

/** Whatever was thrown, as a refusal; undefined for what nobody has foreseen. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  if (error instanceof CallflowError) return ofEngine(error);
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  if (status === 413) return new Refusal('INVALID_ARGUMENT', 'the body is too large', { code: 413 });
  if (status === 429) return new Refusal('RESOURCE_EXHAUSTED', (error as Error).message);
  return typeof status === 'number' && status >= 400 && status < 500
    ? new Refusal('INVALID_ARGUMENT', 'the request is not understood')
    : undefined;
}

const engineStatuses: Readonly<Record<number, Status>> = {
  400: 'INVALID_ARGUMENT',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  409: 'ALREADY_EXISTS',
  422: 'INVALID_ARGUMENT',
  429: 'RESOURCE_EXHAUSTED',
  503: 'UNAVAILABLE',
};

const ofEngine = ({ status, message }: CallflowError): Refusal | undefined => {
  const named = engineStatuses[status];
  return named && new Refusal(named, message);
};
