import { expect } from 'vitest';
import type { Answer, Api, Sent } from './api.ts';

/** One rule of the API, and how it shows. The documentation lists them by `id`, which begins with that of the route. */
export interface Case {
  id: string;
  says: string;
  run(api: Api): Promise<void>;
}

export const shows = (id: string, says: string, run: Case['run']): Case => ({ id, says, run });

export interface Refused {
  status: number;
  code: number;
}

/** The whole body, in both shapes at once, and nothing of our insides in it. */
export function expectRefused({ status: has, body, text }: Answer, { status, code }: Refused): void {
  const about = { message: expect.stringMatching(/./), more_info: expect.stringMatching(/^http/) };
  expect(body, text).toEqual({ code, status, ...about, errors: [{ code: String(code), ...about }] });
  expect(has).toBe(status);
  expect(text).not.toMatch(/\bat .*\.[jt]s\b|node_modules|stack/);
}

/** A request that must be refused, as a rule of its own; the path is below the account. */
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
    expectRefused(await api.ask(method, path.startsWith('/') ? api.base + path : `/${path}`, sent), refused);
  },
});

/** Asks below the account, and must succeed. */
export async function done(api: Api, method: string, path: string, sent?: Sent): Promise<Record<string, never>> {
  const answer = await api.ask(method, api.base + path, sent);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body as Record<string, never>;
}

/** What both clients give: the vendor's own, and Twilio's with the other spelling of the account. */
export const bothClients = (api: Api) => [api.signalwire(), api.twilio()] as const;

export const missing: Refused = { status: 404, code: 20404 };
