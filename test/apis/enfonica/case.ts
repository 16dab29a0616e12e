import { expect } from 'vitest';
import type { Answer, Api, Sent } from './api.ts';

/** One rule of the API, and how it shows. The documentation lists them by `id`, which begins with that of the route. */
export interface Case {
  id: string;
  says: string;
  run(api: Api): Promise<void>;
}

export const shows = (id: string, says: string, run: Case['run']): Case => ({ id, says, run });

/** What the refusal of a request must be. */
export interface Refused {
  code: number;
  status: string;
  /** The field that is wrong. */
  field?: string;
  /** What its message must say. */
  message?: RegExp;
}

interface Envelope {
  error: { code: number; status: string; message: string; details?: { '@type': string; fieldViolations: object[] }[] };
}

/** The whole envelope: nothing beside it, and nothing of our insides in it. */
export function expectRefused(answer: Answer, { code, status, field, message = /./ }: Refused): void {
  expect(answer.body, answer.text).toEqual({
    error: {
      code,
      status,
      message: expect.stringMatching(message),
      ...(field !== undefined && {
        details: [
          {
            '@type': 'type.googleapis.com/google.rpc.BadRequest',
            fieldViolations: expect.arrayContaining([{ field, description: expect.any(String) }]),
          },
        ],
      }),
    },
  } satisfies { [K in keyof Envelope]: unknown });
  expect(answer.status).toBe(code);
  expect(answer.text).not.toMatch(/\bat .*\.[jt]s\b|node_modules|stack/);
}

/** A request that must be refused, as a rule of its own. */
export const refuses = (
  id: string,
  says: string,
  [method, path, sent]: [method: string, path: string, sent?: Sent],
  refused: Refused,
  before?: Case['run'],
): Case => ({
  id,
  says,
  run: async (api) => {
    await before?.(api);
    expectRefused(await api.ask(method, path, sent), refused);
  },
});

export const invalidArgument = (field: string): Refused => ({ code: 400, status: 'INVALID_ARGUMENT', field });
export const notFound: Refused = { code: 404, status: 'NOT_FOUND' };
export const permissionDenied: Refused = { code: 403, status: 'PERMISSION_DENIED' };
export const failedPrecondition: Refused = { code: 400, status: 'FAILED_PRECONDITION' };
export const alreadyExists: Refused = { code: 409, status: 'ALREADY_EXISTS' };

/** Asks, and must succeed. */
export async function done(api: Api, method: string, path: string, sent?: Sent): Promise<Record<string, unknown>> {
  const answer = await api.ask(method, path, sent);
  expect(answer.status, answer.text).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  return answer.body as Record<string, unknown>;
}
