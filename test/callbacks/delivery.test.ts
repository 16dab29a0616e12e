import { describe, expect, test } from 'vitest';
import { sign } from '../../src/vendors/enfonica/signature.ts';
import { type Answer, letter, openPostOffice, type PostOffice, type Request, signingKey } from './post-office.ts';

const state = 'https://app.example.test/state';
const other = 'https://other.example.test/state';

const times = ({ requests }: PostOffice) => requests.map(({ at }) => at / 1000);
const visits = ({ requests }: PostOffice) => requests.map(({ at, url }) => `${at / 1000} ${url}`);

describe('a callback', () => {
  test('that is received is sent once, and what happened is in the journal', async () => {
    const office = openPostOffice(() => ({ status: 204, afterMs: 30 }));
    const owed = letter();
    office.post(owed);
    expect([office.deliveries.owed, office.deliveries.underWay, office.deliveries.settled()]).toEqual([1, 1, false]);
    await office.clock.run();
    const { dueTime: _, ...rest } = owed;
    expect([...office.store.deliveries()]).toStrictEqual([{ ...rest, attempts: 1, state: 'delivered' }]);
    expect(office.journal()).toEqual([
      {
        seq: 0,
        at: 30,
        subject: 'f1',
        family: 'f1',
        input: {
          type: 'callback.attempted',
          delivery: owed.id,
          event: 'CALL_STATE_UPDATE',
          number: 1,
          attempt: {
            url: state,
            method: 'POST',
            status: 204,
            bytes: 0,
            ms: 30,
            requestHeaders: office.requests[0]?.headers,
            requestBody: owed.body,
            responseHeaders: {},
            responseBody: '',
          },
        },
      },
      {
        seq: 1,
        at: 30,
        subject: 'f1',
        family: 'f1',
        output: { type: 'callback.delivered', delivery: owed.id, event: 'CALL_STATE_UPDATE', attempts: 1 },
      },
    ]);
    expect([office.deliveries.owed, office.deliveries.underWay, office.deliveries.settled()]).toEqual([0, 0, true]);
  });

  test('carries the vendor’s headers, its own id, and its body as it is', async () => {
    const office = openPostOffice(() => ({}));
    const owed = letter();
    office.post(owed);
    await office.clock.run();
    expect(office.requests).toEqual([
      {
        at: 0,
        url: state,
        delivery: owed.id,
        body: owed.body,
        headers: {
          'content-type': 'application/json; charset=utf-8',
          'x-enfonica-event': 'CALL_STATE_UPDATE',
          'x-enfonica-signature': sign(signingKey, state, 'CALL_STATE_UPDATE', owed.body),
          'x-callflow-delivery': owed.id,
          'user-agent': expect.stringMatching(/^callflow\/\d/),
        },
      },
    ]);
  });

  test.for<[answer: string, delivered: boolean, Answer]>([
    ['200', true, { status: 200 }],
    ['299', true, { status: 299 }],
    ['a 200 whose body breaks off', true, { status: 200, broken: true }],
    ['300', false, { status: 300 }],
    ['303', false, { status: 303, location: other }],
    ['304', false, { status: 304 }],
    ['a 302 without a place', false, { status: 302 }],
    ['a 302 to something that is no URL', false, { status: 302, location: 'http://[' }],
    ['400', false, { status: 400 }],
    ['500', false, { status: 500 }],
    ['nothing', false, { silent: true }],
  ])('answered with %s counts as delivered: %s', async ([, delivered, answer]) => {
    const office = openPostOffice((_, before) => (before === 0 ? answer : {}));
    office.post(letter());
    await office.clock.run();
    expect(office.requests).toHaveLength(delivered ? 1 : 2);
  });
});

describe('a callback that always fails', () => {
  test('is tried nine times: after 1, 2, 4, 8, 60, 1800, 3600 and 7200 s', async () => {
    const office = openPostOffice(() => ({ status: 500 }));
    office.post(letter());
    await office.clock.run();
    expect(times(office)).toEqual([0, 1, 3, 7, 15, 75, 1875, 5475, 12_675]);
  });

  test('has each delay measured from the end of the attempt before', async () => {
    const office = openPostOffice((_, before) => ({ status: 500, afterMs: before * 100 }));
    office.post(letter());
    await office.clock.run();
    expect(times(office)).toEqual([0, 1, 3.1, 7.3, 15.6, 76, 1876.5, 5477.1, 12_677.8]);
  });

  test('waits 15 s for an answer, redirects included', async () => {
    const office = openPostOffice(({ url }) =>
      url === state ? { status: 307, location: other, afterMs: 10_000 } : { silent: true },
    );
    office.post(letter());
    await office.clock.advance(40_000);
    expect(visits(office)).toEqual([`0 ${state}`, `10 ${other}`, `16 ${state}`, `26 ${other}`, `33 ${state}`]);
  });

  test('tries every URL once, then goes round them', async () => {
    const urls = [state, other, 'https://third.example.test/state'];
    const office = openPostOffice(() => ({ status: 500 }));
    office.post(letter({ urls }));
    await office.clock.run();
    const at = [0, 0, 0, 1, 3, 7, 15, 75, 1875, 5475, 12_675];
    expect(visits(office)).toEqual(at.map((seconds, index) => `${seconds} ${urls[index % 3]}`));
  });

  test('is given up in the end, stays visible, and can be sent again', async () => {
    let healthy = false;
    const office = openPostOffice(() => ({ status: healthy ? 200 : 500 }));
    const owed = letter();
    office.post(owed);
    await office.clock.run();
    const { dueTime: _, ...rest } = owed;
    expect(office.store.delivery(owed.id)).toStrictEqual({ ...rest, attempts: 9, state: 'givenUp' });
    expect(office.journal().at(-1)?.output).toEqual({
      type: 'callback.givenUp',
      delivery: owed.id,
      event: 'CALL_STATE_UPDATE',
      attempts: 9,
    });
    expect([office.deliveries.settled(), office.clock.pending]).toEqual([true, 0]);

    healthy = true;
    expect([office.deliveries.resend(owed.id), office.deliveries.resend(owed.id)]).toEqual([true, false]);
    await office.clock.run();
    expect(office.store.delivery(owed.id)).toStrictEqual({ ...rest, attempts: 1, state: 'delivered' });
    expect(office.requests).toHaveLength(10);
    expect([office.deliveries.resend(owed.id), office.deliveries.resend('none')]).toEqual([false, false]);
  });

  test('is sent with the same id and body each time, whatever has happened to the call meanwhile', async () => {
    const office = openPostOffice((_, before) => ({ status: before < 3 ? 500 : 200 }));
    office.post(letter());
    await office.clock.run();
    const sent = office.requests.map(({ delivery, body, headers }) => JSON.stringify({ delivery, body, headers }));
    expect([sent.length, new Set(sent).size]).toEqual([4, 1]);
  });
});

describe('a redirect', () => {
  test.for([301, 302, 307, 308])('with %i repeats the callback there, signed for the new place', async (status) => {
    const office = openPostOffice(({ url }) => (url === state ? { status, location: '/moved?to=1' } : {}));
    const owed = letter();
    office.post(owed);
    await office.clock.run();
    const moved = 'https://app.example.test/moved?to=1';
    expect(office.requests.map(({ url, body, headers }) => [url, body, headers['x-enfonica-signature']])).toEqual([
      [state, owed.body, sign(signingKey, state, owed.event, owed.body)],
      [moved, owed.body, sign(signingKey, moved, owed.event, owed.body)],
    ]);
    const attempts = office.journal().flatMap(({ input }) => (input?.type === 'callback.attempted' ? [input] : []));
    expect(attempts.map(({ number, attempt }) => [number, attempt.url, attempt.redirectedTo, attempt.code])).toEqual([
      [1, state, moved, undefined],
      [1, moved, undefined, undefined],
    ]);
  });

  test('is followed five times, not six', async () => {
    const hop = ({ url }: Request) => Number(new URL(url).searchParams.get('hop'));
    const chainOf = (length: number) => (request: Request) =>
      hop(request) < length ? { status: 302, location: `?hop=${hop(request) + 1}` } : { status: 200 };
    const five = openPostOffice(chainOf(5));
    five.post(letter());
    await five.clock.run();
    expect([five.requests.length, five.journal().at(-1)?.output?.type]).toEqual([6, 'callback.delivered']);

    const six = openPostOffice(chainOf(6));
    six.post(letter());
    await six.clock.run();
    expect([six.requests.length, six.journal().at(-1)?.output?.type]).toEqual([9 * 6, 'callback.givenUp']);
  });
});

describe('several callbacks', () => {
  test('of one subject to one URL start in order, each once the first attempt before it has ended', async () => {
    const office = openPostOffice((_, before) => ({ afterMs: [500, 100, 0][before]! }));
    const [one, two, three] = [letter(), letter(), letter()];
    office.post(one, two);
    office.post(three);
    await office.clock.run();
    expect(office.requests.map(({ at, delivery }) => [at, delivery])).toEqual([
      [0, one.id],
      [500, two.id],
      [600, three.id],
    ]);
  });

  test('do not wait for the retries of an older one', async () => {
    const first = letter();
    const office = openPostOffice(({ delivery }) => ({ status: delivery === first.id ? 500 : 200 }));
    const second = letter();
    office.post(first, second);
    await office.clock.advance(1000);
    expect(office.requests.map(({ at, delivery }) => [at, delivery])).toEqual([
      [0, first.id],
      [0, second.id],
      [1000, first.id],
    ]);
  });

  test('of other subjects, or to other URLs, do not wait for one another', async () => {
    const office = openPostOffice(() => ({ afterMs: 5000 }));
    office.post(letter(), letter({ subject: 'c2' }), letter({ urls: [`${state}?2`] }));
    expect(times(office)).toEqual([0, 0, 0]);
    await office.clock.run();
  });

  test('share the places at a host, and a dead host delays nobody else’s', async () => {
    const office = openPostOffice(({ url }) => ({ silent: url === state }), { perHost: 2 });
    const subjects = ['c1', 'c2', 'c3', 'c4', 'c5'];
    office.post(...subjects.map((subject) => letter({ subject })));
    office.post(...subjects.map((subject) => letter({ subject, urls: [other] })));
    await office.clock.advance(15_500);
    const to = (url: string) => office.requests.filter((request) => request.url === url).map(({ at }) => at);
    expect(to(other)).toEqual([0, 0, 0, 0, 0]);
    expect(to(state)).toEqual([0, 0, 15_000, 15_000]);
    expect([office.deliveries.owed, office.deliveries.underWay]).toEqual([5, 3]);
    office.deliveries.close();
  });
});

describe('when the engine', () => {
  test('closes, nothing more is sent and no timer is left', async () => {
    const office = openPostOffice(({ url }) => (url === other ? { silent: true } : { status: 500 }));
    office.post(letter(), letter({ urls: [other] }), letter({ urls: [other] }));
    await office.clock.advance(500);
    office.deliveries.close();
    office.post(letter());
    expect([office.clock.pending, office.deliveries.owed, office.deliveries.underWay]).toEqual([0, 0, 0]);
    await office.clock.run();
    expect(visits(office)).toEqual([`0 ${state}`, `0 ${other}`]);
  });

  test('starts again, what was owed is sent at its time, in order', async () => {
    const before = openPostOffice(() => ({ status: 500 }));
    const [retried, ended] = [letter(), letter({ subject: 'c2' })];
    before.post(retried);
    await before.clock.advance(7500);
    before.deliveries.close();
    const [one, two] = [letter({ subject: 'c3' }), letter({ subject: 'c3' })];
    before.post(one, two, { ...ended, state: 'delivered' });

    const office = openPostOffice(() => ({ afterMs: 100 }), { store: before.store });
    office.deliveries.resume();
    await office.clock.run();
    expect(office.requests.map(({ at, delivery }) => [at, delivery])).toEqual([
      [0, one.id],
      [100, two.id],
      [15_000, retried.id],
    ]);
  });
});
