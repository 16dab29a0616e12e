/** What can be done to a call in each state (LaML 6.3). */
import { expect } from 'vitest';
import { idOf } from '../../../../src/vendors/signalwire/sids.ts';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, shows } from '../case.ts';
import { hold, newCall, status, talking } from './calls.ts';
import { at, callThat, shown, standing } from './standing-calls.ts';

/** Lets everything happen that needs no time. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((done) => setImmediate(done));
}

/** Requests that are there before any of them has been answered. */
async function atOnce(api: Api, path: string, forms: readonly Record<string, string>[]) {
  const authorization = `Basic ${Buffer.from(`${accounts.uuid}:demo-token`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/x-www-form-urlencoded' };
  const answers = await Promise.all(
    forms.map((form) =>
      api.server.inject({ method: 'POST', url: api.base + path, headers, payload: String(new URLSearchParams(form)) }),
    ),
  );
  return answers.map((answer) => answer.json<{ code?: number; status: string | number }>());
}

/** What the answer says and the call comes to; or the vendor's number of the refusal. */
type Becomes = string | number;

const document = '<Response><Pause length="600"/></Response>';

/** What can be asked, and what comes of it while a call is queued, rings, goes on, and has ended (LaML 6.3). */
const table: readonly (readonly [
  string,
  Record<string, string>,
  queued: Becomes,
  ringing: Becomes,
  on: Becomes,
  over: Becomes,
])[] = [
  ['Status=canceled', { Status: 'canceled' }, 'canceled', 'canceled', 10000, 10000],
  ['Status=completed', { Status: 'completed' }, 'canceled', 'canceled', 'completed', 10000],
  ['Status in another case', { Status: 'COMPLETED' }, 'canceled', 'canceled', 'completed', 10000],
  ['Url', { Url: `${app}/other` }, 21220, 21220, 'in-progress', 21220],
  ['Twiml', { Twiml: document }, 21220, 21220, 'in-progress', 21220],
  ['Laml', { Laml: document }, 21220, 21220, 'in-progress', 21220],
  ['both Status and Url', { Status: 'completed', Url: `${app}/other` }, 'canceled', 'canceled', 'completed', 10000],
  ['TimeLimit', { TimeLimit: '500' }, 'queued', 'ringing', 'in-progress', 10000],
  ['StatusCallback', { StatusCallback: `${app}/state` }, 'queued', 'ringing', 'in-progress', 10000],
  ['FallbackUrl', { FallbackUrl: `${app}/fallback` }, 'queued', 'ringing', 'in-progress', 10000],
  ['nothing', {}, 'queued', 'ringing', 'in-progress', 10000],
];

const columns = ['queued', 'ringing', 'in-progress', ['completed', 'busy', 'no-answer', 'failed']] as const;

const updates = table.flatMap(([name, form, ...cells]) =>
  cells.map((is, column) => {
    const stands = [columns[column]!].flat();
    const becomes = typeof is === 'number' ? `is refused with ${is}` : `is answered with ${is}`;
    return shows(
      `calls.update table ${name} ${stands[0]}`,
      `${name} of a call that ${column < 3 ? `is ${stands[0]}` : 'has ended'} ${becomes}`,
      async (api) => {
        api.documents['/other'] = document;
        for (const each of stands) {
          const sid = await callThat(api, each);
          const answer = await api.ask('POST', `${api.base}/Calls/${sid}`, { form });
          if (typeof is === 'number') expectRefused(answer, { status: 400, code: is });
          else expect(answer.body).toMatchObject({ sid, status: is });
          await api.pass(1);
          const stays = typeof is === 'number' ? standing[each]!.status : is;
          expect(await status(api, sid)).toBe(stays);
        }
      },
    );
  }),
);

/** How a call ends, and what is shown of it then. */
export const callUpdates: Case[] = [
  ...updates,
  shows(
    'calls.update ended-at-once',
    'answers Status=completed once the call has ended, with its end and how long it was',
    async (api) => {
      for (const client of bothClients(api)) {
        const { sid } = await client.calls.create({ to: somebody, from: ours, url: hold });
        await api.pass(10_500);
        const ended = await client.calls(sid).update({ status: 'completed' });
        expect(ended).toMatchObject({ status: 'completed', endTime: expect.any(Date), duration: expect.anything() });
        expect(Number(ended.duration)).toBeGreaterThan(5);
        expect(ended).toMatchObject({ price: 0.0085, sid });
        const again = await client.calls(sid).fetch();
        expect([again.endTime, again.duration, again.status]).toEqual([ended.endTime, ended.duration, ended.status]);
        const [listed] = await client.calls.list({ status: 'completed', limit: 1 });
        expect(listed.sid).toBe(sid);
      }
    },
  ),
  shows('calls.update race', 'does to a call what can still be done to it when the request comes', async (api) => {
    api.documents['/other'] = document;
    const url = { Url: `${app}/other` };
    const end = { Status: 'completed' };
    const races: readonly (readonly [string, Record<string, string>[], (string | number)[], string])[] = [
      ['in-progress', [end, end], ['completed', 'completed'], 'completed'],
      ['in-progress', [end, url, { Twiml: document }, end], ['completed', 21220, 21220, 'completed'], 'completed'],
      ['in-progress', [url, end], ['in-progress', 'completed'], 'completed'],
      ['in-progress', [url, { Twiml: document }, url], Array(3).fill('in-progress'), 'in-progress'],
      ['in-progress', [{ Status: 'canceled' }, end], [10000, 'completed'], 'completed'],
      ['ringing', [{ Status: 'canceled' }, end, url], ['canceled', 'canceled', 21220], 'canceled'],
      ['queued', [{ Status: 'canceled' }, end, url], ['canceled', 10000, 21220], 'canceled'],
    ];
    for (const [stands, forms, expected, becomes] of races) {
      const sid = await callThat(api, stands);
      const answers = await atOnce(api, `/Calls/${sid}`, forms);
      expect([stands, ...answers.map(({ code, status: is }) => code ?? is)]).toEqual([stands, ...expected]);
      expect(await status(api, sid)).toBe(becomes);
    }
  }),
  shows(
    'calls.update slow',
    'waits two seconds for a network that does not end a call, and says what will be',
    async (api) => {
      const { network } = api;
      const place = network.place.bind(network);
      network.place = (...asked) => {
        const leg = place(...asked);
        const send = leg.send.bind(leg);
        leg.send = (command) =>
          command.type === 'hangUp' ? void api.clock.setTimeout(() => send(command), 10_000) : send(command);
        return leg;
      };
      const sid = await callThat(api, 'in-progress');
      const answers = atOnce(api, `/Calls/${sid}`, [{ Status: 'completed' }]);
      let isAnswered = false;
      void answers.then(() => {
        isAnswered = true;
      });
      await turns();
      await api.pass(1_999);
      await turns();
      expect(isAnswered).toBe(false);
      await api.pass(1);
      expect(await answers).toMatchObject([{ status: 'completed', end_time: null, duration: 0 }]);
      expect(await status(api, sid)).toBe('in-progress');
      await api.pass(10_000);
      expect(await shown(api, sid)).toMatchObject({ status: 'completed', end_time: at(20) });
    },
  ),
  shows('calls.update after', 'does nothing to a call that has ended', async (api) => {
    const sid = await callThat(api, 'in-progress');
    await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'completed' } });
    const late = await api.ask('POST', `${api.base}/Calls/${sid}`, { form: { Status: 'completed' } });
    expectRefused(late, { status: 400, code: 10000 });
    expect(await status(api, sid)).toBe('completed');
  }),
  shows('calls.update ending', 'changes nothing in a call that is being ended', async (api) => {
    const sid = await talking(api);
    api.engine.act(idOf(sid)!, { type: 'act.hangUp' });
    const late = await api.ask('POST', `${api.base}/Calls/${sid}`, { form: { StatusCallback: `${app}/late` } });
    expectRefused(late, { status: 400, code: 10000 });
    await api.pass(1_000);
    expect(api.asked.filter(({ url }) => url.endsWith('/late'))).toEqual([]);
  }),
  shows('calls.update both', 'takes a Url or a document, and not both', async (api) => {
    const sid = await callThat(api, 'in-progress');
    for (const name of ['Twiml', 'Laml']) {
      const form = { Url: `${app}/other`, [name]: document };
      expectRefused(await api.ask('POST', `${api.base}/Calls/${sid}`, { form }), { status: 400, code: 10000 });
    }
    expect(api.asked.map(({ url }) => url)).toEqual([hold]);
  }),
  shows('calls.update methods', 'asks by Method, and by POST unless given, and nothing twice', async (api) => {
    api.documents['/other'] = document;
    const sid = await callThat(api, 'in-progress');
    for (const Method of ['GET', 'POST', '']) {
      await done(api, 'POST', `/Calls/${sid}`, { form: { Url: `${app}/other`, Method } });
      await api.pass(1_000);
    }
    expect(api.asked.map(({ method, url }) => `${method} ${url.split('?')[0]}`)).toEqual([
      `POST ${hold}`,
      `GET ${app}/other`,
      `POST ${app}/other`,
      `POST ${app}/other`,
    ]);
    for (const { form } of api.asked) expect(form).not.toHaveProperty('Digits');
  }),
  shows('calls.update wrong', 'refuses what is wrong and changes nothing', async (api) => {
    const sid = await callThat(api, 'in-progress');
    const before = await shown(api, sid);
    for (const [form, code, http] of [
      [{ Status: 'canceled' }, 10000, 400],
      [{ Status: 'queued' }, 10000, 400],
      [{ Status: 'completed\0' }, 10000, 400],
      [{ Url: 'x' }, 21402, 400],
      [{ Url: `${app}/other`, Method: 'PUT' }, 21209, 400],
      [{ Status: 'completed', FallbackUrl: 'x' }, 21402, 400],
      [{ Status: 'completed', FallbackMethod: 'x' }, 21209, 400],
      [{ Status: 'completed', StatusCallback: 'x' }, 21456, 400],
      [{ Status: 'completed', StatusCallbackMethod: 'x' }, 21209, 400],
      [{ Status: 'completed', TimeLimit: '0' }, 10000, 400],
      [{ Status: 'completed', Twiml: '<Response>' }, 20422, 422],
    ] as const)
      expectRefused(await api.ask('POST', `${api.base}/Calls/${sid}`, { form }), { status: http, code });
    expect(await shown(api, sid)).toEqual(before);
  }),
  shows('calls.update silent-cancel', 'tells nobody of a call that was canceled while it was queued', async (api) => {
    api.limits.concurrent = 0;
    const form = newCall({
      StatusCallback: `${app}/state`,
      StatusCallbackEvent: 'initiated ringing answered completed',
    });
    const { sid } = await done(api, 'POST', '/Calls', { form });
    await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'canceled' } });
    await api.pass(60_000);
    expect(api.asked).toEqual([]);
    expect(await shown(api, sid!)).toMatchObject({ status: 'canceled', start_time: null, duration: 0, price: null });
  }),
  shows('calls.update ringing-cancel', 'tells of a call that was canceled while it rang', async (api) => {
    api.phones[somebody] = { answers: 60 };
    const { sid } = await done(api, 'POST', '/Calls', { form: newCall({ StatusCallback: `${app}/state` }) });
    await api.pass(3_000);
    expect(await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'canceled' } })).toMatchObject({
      status: 'canceled',
      end_time: at(3),
      sip_result_code: '487',
      duration: 0,
    });
    await api.pass(1_000);
    expect(api.asked.map(({ form }) => [form.CallStatus, form.SequenceNumber])).toEqual([['canceled', '3']]);
  }),
  shows(
    'calls.update callback-events',
    'keeps the events when only StatusCallback is changed, and tells the end to a new one',
    async (api) => {
      api.phones[somebody] = { answers: 5, hangsUp: 5 };
      const events = { StatusCallback: `${app}/first`, StatusCallbackEvent: 'ringing answered completed' };
      for (const more of [events, {}]) {
        const { sid } = await done(api, 'POST', '/Calls', { form: newCall(more) });
        await api.pass(3_000);
        const form = { StatusCallback: `${app}/second`, StatusCallbackMethod: 'GET' };
        await done(api, 'POST', `/Calls/${sid}`, { form });
        await api.pass(30_000);
      }
      const told = api.asked.flatMap(({ method, url }) => {
        const { pathname, searchParams } = new URL(url);
        return pathname === '/hold' ? [] : [`${method} ${pathname} ${searchParams.get('CallStatus') ?? ''}`];
      });
      expect(told).toEqual([
        'POST /first ',
        'GET /second in-progress',
        'GET /second completed',
        'GET /second completed',
      ]);
    },
  ),
];
