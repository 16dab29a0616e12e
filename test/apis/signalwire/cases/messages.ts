import { expect } from 'vitest';
import { segmentsOf } from '../../../../src/vendors/signalwire/message-json.ts';
import { prefixed } from '../../../../src/vendors/signalwire/sids.ts';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';

const text = { to: somebody, from: ours, body: 'On our way.' };
const form = { To: somebody, From: ours, Body: 'On our way.' };
/** Long enough for the network to take it. */
const taken = 10_000;

const told = (api: Api, path = '/told') =>
  api.asked.filter(({ url }) => new URL(url).pathname === path).map(({ form: heard }) => heard);

type Shown = { sid: string; body: string };

const send = async (api: Api, more: Record<string, string> = {}): Promise<Shown> =>
  (await done(api, 'POST', '/Messages', { form: { ...form, ...more } })) as object as Shown;

const wrong: readonly (readonly [string, string, Record<string, string>, number])[] = [
  ['to-missing', 'needs To', { To: '' }, 21201],
  ['to-words', 'refuses a To that is no number', { To: 'nobody' }, 21211],
  ['to-sip', 'sends nothing to a SIP URI', { To: 'sip:ann@example.org' }, 21211],
  ['from-missing', 'needs From', { From: '' }, 21213],
  ['from-words', 'refuses a From that is no number', { From: 'Shop' }, 21212],
  ['from-not-owned', 'refuses a From that is no number of the project', { From: '+15550100777' }, 21210],
  ['body-missing', 'needs Body', { Body: '' }, 10000],
  ['body-long', 'refuses a text of more than 1600 characters', { Body: 'x'.repeat(1601) }, 10000],
  ['body-control', 'refuses control characters in the text', { Body: 'a\u0000b' }, 10000],
  ['media', 'sends no pictures', { MediaUrl: 'https://app.example/a.png' }, 90000],
  ['service', 'knows no messaging services', { MessagingServiceSid: `MG${'0'.repeat(32)}` }, 90000],
  ['later', 'sends at once only', { SendAt: '2026-01-02T00:00:00Z' }, 90000],
  ['template', 'knows no templates', { ContentSid: `HX${'0'.repeat(32)}` }, 90000],
  ['callback-url', 'refuses a StatusCallback that is none', { StatusCallback: 'ftp://app.example' }, 21456],
  ['application', 'refuses an application that is not there', { ApplicationSid: 'x' }, 21218],
  ['premium', 'refuses a number that may not be called', { To: '+19005550100' }, 21216],
];

export const messages: Case[] = [
  ...wrong.map(([id, says, more, code]) =>
    refuses(`messages.create ${id}`, says, ['POST', '/Messages', { form: { ...form, ...more } }], {
      status: 400,
      code,
    }),
  ),
  shows('messages.create clients', 'sends a text for both clients, 201, and shows it', async (api) => {
    for (const client of bothClients(api)) {
      const made = await client.messages.create(text);
      expect(made).toMatchObject({ ...text, status: 'queued', direction: 'outbound-api', dateSent: null });
      expect((await client.messages(made.sid).fetch()).status).toBe('sending');
      await api.pass(taken);
      expect(await client.messages(made.sid).fetch()).toMatchObject({
        ...text,
        sid: made.sid,
        status: 'sent',
        dateSent: expect.any(Date),
        errorCode: null,
        numSegments: '1',
        numMedia: '0',
      });
    }
    expect((await api.ask('POST', `${api.base}/Messages`, { form })).status).toBe(201);
  }),
  shows('messages.create answer', 'answers in the vendor’s fields', async (api) => {
    const made = await send(api);
    expect(made).toEqual({
      sid: made.sid,
      account_sid: accounts.uuid,
      api_version: '2010-04-01',
      body: 'On our way.',
      date_created: 'Thu, 01 Jan 2026 09:00:00 +0000',
      date_updated: 'Thu, 01 Jan 2026 09:00:00 +0000',
      date_sent: null,
      direction: 'outbound-api',
      error_code: null,
      error_message: null,
      from: ours,
      to: somebody,
      messaging_service_sid: null,
      num_media: '0',
      num_segments: '1',
      price: null,
      price_unit: 'USD',
      status: 'queued',
      subresource_uris: { media: null },
      uri: `/api/laml/2010-04-01/Accounts/${accounts.uuid}/Messages/${made.sid}.json`,
    });
    expect((await api.twilio().messages.create(text)).sid).toMatch(/^SM[0-9a-f]{32}$/);
  }),
  shows('messages.create callback', 'tells StatusCallback once that it was sent, under both names', async (api) => {
    const { sid } = await send(api, { StatusCallback: `${app}/told` });
    await api.pass(taken);
    expect(told(api)).toEqual([
      {
        AccountSid: accounts.uuid,
        ApiVersion: '2010-04-01',
        MessageSid: sid,
        MessageStatus: 'sent',
        SmsSid: sid,
        SmsStatus: 'sent',
        From: ours,
        To: somebody,
        Body: 'On our way.',
      },
    ]);
  }),
  shows('messages.create failed', 'tells it that it failed, with the number of an error', async (api) => {
    api.phones[somebody] = { texts: false };
    const { sid } = await send(api, { StatusCallback: `${app}/told` });
    await api.pass(taken);
    expect(told(api)).toMatchObject([{ MessageSid: sid, MessageStatus: 'failed', ErrorCode: '21214' }]);
    expect(await done(api, 'GET', `/Messages/${sid}`)).toMatchObject({
      status: 'failed',
      error_code: 21214,
      error_message: `${somebody} receives no text messages`,
      date_sent: null,
    });
  }),
  shows(
    'messages.create for-application',
    'tells an application, unless the request says whom to tell',
    async (api) => {
      const client = api.signalwire();
      const make = async (settings: object) =>
        (await client.applications.create({ friendlyName: 'x', ...settings })).sid;
      const both = await make({ messageStatusCallback: `${app}/message`, smsStatusCallback: `${app}/sms` });
      const old = await make({ smsStatusCallback: `${app}/sms` });
      const none = await make({});
      await client.messages.create({ ...text, applicationSid: both });
      await client.messages.create({ ...text, applicationSid: old });
      await client.messages.create({ ...text, applicationSid: none });
      await client.messages.create({ ...text, applicationSid: both, statusCallback: `${app}/told` });
      await api.pass(taken);
      expect(['/message', '/sms', '/told'].map((path) => told(api, path).length)).toEqual([1, 1, 1]);
    },
  ),
  shows('messages.create segments', 'counts the pieces that a text is cut into', async (api) => {
    const sizes = [
      ['a', 160, 1],
      ['a', 161, 2],
      ['a', 306, 2],
      ['a', 307, 3],
      ['€', 80, 1],
      ['€', 81, 2],
      ['ж', 70, 1],
      ['ж', 71, 2],
      ['😀', 35, 1],
      ['😀', 36, 2],
    ] as const;
    expect(sizes.map(([letter, times]) => segmentsOf(letter.repeat(times)))).toEqual(sizes.map(([, , count]) => count));
    expect((await send(api, { Body: 'Grüße\naus Köln' })).body).toBe('Grüße\naus Köln');
  }),
  shows(
    'messages.list filters',
    'lists messages for both clients, by who has got them, from whom and when',
    async (api) => {
      const other = '+15550100088';
      await send(api);
      await api.pass(taken);
      await send(api, { To: other });
      await api.pass(24 * 60 * 60 * 1000);
      const last = await send(api);
      await api.pass(taken);
      for (const client of bothClients(api)) {
        const find = async (filter: object) =>
          (await client.messages.list(filter)).map(({ to, dateSent }: { to: string; dateSent: Date }) => [
            to,
            dateSent.toISOString().slice(0, 10),
          ]);
        expect(await find({})).toEqual([
          [somebody, '2026-01-02'],
          [other, '2026-01-01'],
          [somebody, '2026-01-01'],
        ]);
        expect(await find({ to: other })).toEqual([[other, '2026-01-01']]);
        expect(await find({ from: '+15550100777' })).toEqual([]);
        expect(await find({ dateSentAfter: new Date('2026-01-02T00:00:00Z') })).toEqual([[somebody, '2026-01-02']]);
        expect(await find({ dateSentBefore: new Date('2026-01-01T23:00:00Z') })).toHaveLength(2);
        expect(await find({ pageSize: 1 })).toHaveLength(3);
      }
      const day = await done(api, 'GET', '/Messages?DateSent=2026-01-02');
      expect(day.messages).toMatchObject([{ sid: last.sid }]);
      expectRefused(await api.ask('GET', `${api.base}/Messages?DateSent=soon`), { status: 400, code: 10000 });
    },
  ),
  shows('messages.get sms', 'shows what <Sms> has sent, by the sid that the application was told', async (api) => {
    api.documents['/sms'] =
      `<Response><Sms action="${app}/done" statusCallback="${app}/told">Your order is ready.</Sms></Response>`;
    api.documents['/done'] = '<Response><Pause length="600"/></Response>';
    await done(api, 'POST', '/Calls', { form: { To: somebody, From: ours, Url: `${app}/sms` } });
    await api.pass(taken);
    const [after] = told(api, '/done');
    expect(after).toMatchObject({ SmsStatus: 'sending' });
    expect(await api.twilio().messages(prefixed('SM', after!.SmsSid!)).fetch()).toMatchObject({
      to: somebody,
      from: ours,
      body: 'Your order is ready.',
      direction: 'outbound-call',
      status: 'sent',
    });
    expect(told(api)).toMatchObject([{ SmsSid: after!.SmsSid, SmsStatus: 'sent', CallSid: after!.CallSid }]);
  }),
  refuses('messages.get unknown', 'finds no other', ['GET', '/Messages/x'], missing),
  shows('messages.get strangers', 'shows nothing of it to another project', async (api) => {
    const { sid } = await send(api);
    const as = [accounts.other, 'other-token'] as const;
    const path = `${api.base.replace(accounts.uuid, accounts.other)}/Messages`;
    for (const method of ['GET', 'DELETE']) expectRefused(await api.ask(method, `${path}/${sid}`, { as }), missing);
    expect((await api.ask('GET', path, { as })).body).toMatchObject({ messages: [] });
  }),
  shows('messages.delete gone', 'deletes a message for both clients, with what the journal has of it', async (api) => {
    for (const client of bothClients(api)) {
      const { sid } = await client.messages.create(text);
      await api.pass(taken);
      expect(await client.messages(sid).remove()).toBe(true);
      await expect(client.messages(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    }
    expect(JSON.stringify([...api.store.journal()])).not.toContain('On our way.');
  }),
  shows('messages.delete sending', 'does not delete one that is being sent', async (api) => {
    const { sid } = await send(api);
    expectRefused(await api.ask('DELETE', `${api.base}/Messages/${sid}`), { status: 422, code: 20009 });
  }),
];
