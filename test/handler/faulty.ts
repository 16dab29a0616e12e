import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../src/errors.ts';
import { application, type Page } from '../http/far-side.ts';
import { type Asked, asker, call } from './asked.ts';

/** How long a slow application may hold up these tests in real time. */
const patienceMs = 400;

export interface Fault {
  page?: Page;
  /** When it is not a page of an application. */
  url?: () => Promise<string>;
  code: ErrorCode;
  reason: string | RegExp;
  attempts?: number;
  document?: boolean;
  slow?: boolean;
}

export type Faults = Readonly<Record<string, Fault>>;

export const says =
  (text: string | Buffer, contentType = 'application/xml'): Page =>
  (_heard, response) =>
    response.setHeader('content-type', contentType).end(text);

export const status =
  (code: number, headers: Record<string, string> = {}): Page =>
  (_heard, response) =>
    response.writeHead(code, headers).end('<html>no</html>');

/** The beginning of an answer, and then nothing. */
export const stalls =
  (begin: (response: ServerResponse) => void): Page =>
  (_heard, response) =>
    begin(response);

export const bad = (xml: string, code: ErrorCode, reason: RegExp): Fault => ({
  page: says(xml),
  code,
  reason,
  document: true,
});

/** The application has the fault at each place of a list of URLs, where others are good, or broken too. */
export function faultMatrix(dialect: string, faults: Faults): void {
  describe.for([
    ['the first of two URLs', ['fault', 'good']],
    ['the last of two URLs', ['broken', 'fault']],
    ['the only URL', ['fault']],
  ] as const)('at %s', ([, order]) => {
    test.concurrent.for(Object.entries(faults))('%s', async ([, fault]) => {
      const { asked, pending, urls } = await meet(fault, order, dialect);
      const { code, reason, attempts = 1, document = false } = fault;

      const went = {
        fault: [...Array(attempts - 1).fill(fine), [code, matching(reason)]],
        good: [fine],
        broken: [['HANDLER_STATUS', 'answered with status 500']],
      };
      expect(asked.attempts.map((attempt) => [attempt.code, attempt.reason])).toEqual(
        order.flatMap((name) => went[name]),
      );
      expect(asked.answers).toEqual([
        order.at(-1) === 'good'
          ? { type: 'program', program: expect.objectContaining({ url: urls.good }) }
          : {
              type: 'refused',
              code: document ? 'DOCUMENT_NOT_VALID' : 'HANDLER_UNAVAILABLE',
              reason: expect.stringContaining(asked.attempts.at(-1)?.reason ?? '?'),
            },
      ]);
      expect(pending).toBe(0);
    });
  });
}

/** Code and reason of an attempt that gave what was asked for, or led on. */
const fine = [undefined, undefined];

const matching = (reason: string | RegExp) => (typeof reason === 'string' ? reason : expect.stringMatching(reason));

/** Asks an application that has the fault, and sees to it that nothing is left open. */
export async function meet(
  { page = status(404), url, slow }: Pick<Fault, 'page' | 'url' | 'slow'>,
  order: readonly ('fault' | 'good' | 'broken')[],
  dialect = 'voiceml',
): Promise<{ asked: Asked; pending: number; urls: { fault: string; good: string } }> {
  const app = await application({ '/fault': page, '/good': says('<Response/>'), '/broken': status(500) });
  const { ask, clock, close } = asker(slow ? { patienceMs } : {});
  const urls = {
    fault: (await url?.()) ?? `${app.origin}/fault`,
    good: `${app.origin}/good`,
    broken: `${app.origin}/broken`,
  };
  const asked = await ask(
    order.map((name) => urls[name]),
    { call: { ...call, dialect } },
  );
  await close();
  await app.quiet();
  await app.close();
  return { asked, pending: clock.pending, urls };
}
