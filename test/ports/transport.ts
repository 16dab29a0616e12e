import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { HttpExchange, HttpRequest, Transport } from '../../src/http/transport.ts';

/** What the far side does when it is asked. */
export type Behaviour =
  | { type: 'answers'; status: number; headers: Readonly<Record<string, string | string[]>>; body: string }
  | { type: 'saysNothing' }
  | { type: 'isNotThere' };

export interface TransportUnderTest {
  transport: Transport;
  /** A URL at which the far side does this. */
  at(behaviour: Behaviour): string;
  close(): Promise<void>;
}

/** The laws that every transport keeps, whatever it is made of. */
export function describeTransport(name: string, open: (clock: VirtualClock) => Promise<TransportUnderTest>): void {
  describe(`the transport ${name}`, () => {
    const clock = new VirtualClock({ patienceMs: 200 });
    let far: TransportUnderTest;
    beforeAll(async () => {
      far = await open(clock);
    });
    afterAll(() => far.close());

    const asked = (behaviour: Behaviour, more: Partial<HttpRequest> = {}) => {
      const exchanges: HttpExchange[] = [];
      const sent = far.transport.send(
        {
          method: 'POST',
          url: far.at(behaviour),
          headers: {},
          body: 'hello',
          maxBytes: 1000,
          timeoutMs: 10_000,
          ...more,
        },
        (exchange) => exchanges.push(exchange),
      );
      return { exchanges, sent };
    };
    const ok: Behaviour = { type: 'answers', status: 200, headers: { 'X-Said': 'Yes' }, body: '<Response/>' };

    test('answers once, with lower-case header names and the body as bytes, and leaves no timer', async () => {
      const { exchanges } = asked(ok);
      await clock.run();
      expect(exchanges.map(readable)).toEqual([
        {
          ok: true,
          status: 200,
          headers: expect.objectContaining({ 'x-said': 'Yes' }),
          setCookies: [],
          body: '<Response/>',
        },
      ]);
      expect(clock.pending).toBe(0);
    });

    test.for([
      ['an answer', ok],
      ['nobody there', { type: 'isNotThere' }],
    ] as const)('tells of %s never from within send', async ([, behaviour]) => {
      const { exchanges } = asked(behaviour);
      expect(exchanges).toEqual([]);
      await clock.run();
      expect(exchanges).toHaveLength(1);
    });

    test.for([301, 404, 500])(
      'an answer with status %i is an answer: nothing is followed, nothing thrown',
      async (status) => {
        const { exchanges } = asked({ type: 'answers', status, headers: { location: '/elsewhere' }, body: 'no' });
        await clock.run();
        expect(exchanges.map(readable)).toMatchObject([
          { ok: true, status, body: 'no', headers: { location: '/elsewhere' } },
        ]);
      },
    );

    test('cookies come apart from the other headers, each for itself', async () => {
      const setCookies = ['a=1; Expires=Thu, 01 Jan 2026 00:00:00 GMT', 'b=2'];
      const { exchanges } = asked({ type: 'answers', status: 200, headers: { 'Set-Cookie': setCookies }, body: '' });
      await clock.run();
      expect(exchanges).toMatchObject([{ setCookies }]);
      expect(exchanges[0]?.headers).not.toHaveProperty('set-cookie');
    });

    test('a body of exactly the limit is an answer, one byte more is refused', async () => {
      const { exchanges } = asked({ ...ok, body: 'x'.repeat(1000) });
      await clock.run();
      const { exchanges: refused } = asked({ ...ok, body: 'x'.repeat(1001) });
      await clock.run();
      expect([...exchanges, ...refused]).toMatchObject([
        { ok: true },
        { ok: false, code: 'HANDLER_TOO_LARGE', reason: 'the answer is larger than 1000 bytes' },
      ]);
      expect(clock.pending).toBe(0);
    });

    test('a far side that says nothing is given up at the deadline, by the clock', async () => {
      const { exchanges } = asked({ type: 'saysNothing' }, { timeoutMs: 3_000 });
      await clock.run();
      expect(exchanges).toEqual([
        {
          ok: false,
          code: 'HANDLER_TIMEOUT',
          reason: 'timed out after 3000 ms waiting for headers',
          bytes: 0,
          ms: 3_000,
        },
      ]);
      expect(clock.pending).toBe(0);
    });

    test('a far side that is not there is refused', async () => {
      const { exchanges } = asked({ type: 'isNotThere' });
      await clock.run();
      expect(exchanges).toMatchObject([{ ok: false, code: 'HANDLER_REFUSED' }]);
    });

    test.for([
      ['that is answered', ok],
      ['that is never answered', { type: 'saysNothing' }],
      ['to nobody', { type: 'isNotThere' }],
    ] as const)('nothing is told of an aborted request %s', async ([, behaviour]) => {
      const { exchanges, sent } = asked(behaviour);
      sent.abort();
      sent.abort();
      await clock.run();
      expect([exchanges, clock.pending]).toEqual([[], 0]);
    });

    test.for([
      ['not a url', 'URL_NOT_VALID'],
      ['tel:+61491570006', 'URL_SCHEME'],
    ] as const)('the URL "%s" is an exchange that failed: %s', async ([url, code]) => {
      const { exchanges } = asked(ok, { url });
      expect(exchanges).toEqual([]);
      await clock.run();
      expect(exchanges).toMatchObject([{ ok: false, code, bytes: 0 }]);
    });
  });
}

function readable(exchange: HttpExchange) {
  const { ms: _, ...rest } = exchange;
  return 'body' in rest ? { ...rest, body: Buffer.from(rest.body).toString() } : rest;
}
