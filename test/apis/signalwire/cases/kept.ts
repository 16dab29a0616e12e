/** Every field of applications and bins, and every value that is refused. */
import { expect } from 'vitest';
import { type Api, accounts, app, ours } from '../api.ts';
import { type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';
import { numberSid } from './calls.ts';
import { about, bad, everyUrl, later, made, namesOf, settings, shown, urlCodes, walked } from './whole.ts';

const application = (api: Api, sid: string) => ({
  sid,
  ...about,
  date_created: made,
  date_updated: made,
  friendly_name: 'Menu',
  voice_url: null,
  voice_method: 'POST',
  voice_fallback_url: null,
  voice_fallback_method: 'POST',
  status_callback: null,
  status_callback_method: 'POST',
  sms_url: null,
  sms_method: 'POST',
  sms_fallback_url: null,
  sms_fallback_method: 'POST',
  sms_status_callback: null,
  sms_status_callback_method: 'POST',
  message_status_callback: null,
  voice_caller_id_lookup: null,
  uri: `${api.base}/Applications/${sid}.json`,
});

export const kept: Case[] = [
  shows(
    'applications.get whole',
    'shows every field of the vendor, as they were set and as they are unless set',
    async (api) => {
      const { sid } = await done(api, 'POST', '/Applications', { form: { FriendlyName: 'Menu' } });
      expect(await done(api, 'GET', `/Applications/${sid}.json`)).toEqual(application(api, sid!));
      await api.pass(5_000);
      const form = {
        ...everyUrl,
        SmsStatusCallback: `${app}/6`,
        SmsStatusCallbackMethod: 'GET',
        MessageStatusCallback: `${app}/7`,
      };
      const changed = { ...application(api, sid!), ...shown(form), date_updated: later };
      expect(await done(api, 'POST', `/Applications/${sid}`, { form })).toEqual(changed);
      expect(await done(api, 'GET', `/Applications/${sid}`)).toEqual(changed);
    },
  ),
  ...settings(
    'applications',
    '/Applications',
    { FriendlyName: 'x' },
    {
      ...urlCodes,
      SmsStatusCallback: 21402,
      SmsStatusCallbackMethod: 21209,
      MessageStatusCallback: 21402,
    },
  ),
  shows('applications.create bounds', 'takes names of 1 to 64 characters, whatever they are', async (api) => {
    for (const FriendlyName of ['x', '\u{1F600}'.repeat(64)])
      expect((await done(api, 'POST', '/Applications', { form: { FriendlyName } })).friendly_name).toBe(FriendlyName);
    const form = { FriendlyName: '\u{1F600}'.repeat(65) };
    expectRefused(await api.ask('POST', `${api.base}/Applications`, { form }), bad(20002));
    expectRefused(await api.ask('POST', `${api.base}/Applications`, { form: { FriendlyName: '' } }), bad(10000));
  }),
  shows('applications.update name', 'takes no name away', async (api) => {
    const { sid } = await done(api, 'POST', '/Applications', { form: { FriendlyName: 'Menu' } });
    const form = { FriendlyName: '' };
    expectRefused(await api.ask('POST', `${api.base}/Applications/${sid}`, { form }), bad(10000));
    expect((await done(api, 'GET', `/Applications/${sid}`)).friendly_name).toBe('Menu');
  }),
  shows(
    'applications.list pages',
    'lists the newest first, in pages, and keeps the filter in its links',
    async (api) => {
      for (const FriendlyName of ['a', 'b', 'a', 'a', 'c'])
        await done(api, 'POST', '/Applications', { form: { FriendlyName } });
      expect(await walked(api, '/Applications', 'applications', 'friendly_name')).toEqual([
        ['c', 'a'],
        ['a', 'b'],
        ['a'],
      ]);
      const first = await done(api, 'GET', '/Applications?FriendlyName=a&PageSize=2');
      const { body } = await api.ask('GET', api.url + first.next_page_uri);
      expect(namesOf((body as { applications: unknown }).applications, 'friendly_name')).toEqual(['a']);
      expect((await done(api, 'GET', '/Applications?FriendlyName=A')).applications).toEqual([]);
    },
  ),
  shows(
    'applications.delete used',
    'is deleted while a number names it: the number runs its own URL then',
    async (api) => {
      const { sid } = await done(api, 'POST', '/Applications', { form: { FriendlyName: 'x', VoiceUrl: `${app}/old` } });
      const path = `/IncomingPhoneNumbers/${await numberSid(api)}`;
      await done(api, 'POST', path, { form: { VoiceApplicationSid: sid!, VoiceUrl: `${app}/hold` } });
      await done(api, 'DELETE', `/Applications/${sid}`);
      expectRefused(await api.ask('DELETE', `${api.base}/Applications/${sid}`), missing);
      await api.network.callIn({ to: ours, from: '+15550100042', transport: 'PSTN' }, { person: {} });
      await api.pass(1_000);
      expect(api.asked.map((asked) => asked.url)).toEqual([`${app}/hold`]);
    },
  ),
  shows('bins.update whole', 'changes what is given, and nothing by what is empty', async (api) => {
    const bin = await done(api, 'POST', '/LamlBins', { form: { Name: 'One' } });
    await api.pass(5_000);
    const path = `/LamlBins/${bin.sid}`;
    const updated = { date_updated: '2026-01-01T09:00:05.000Z' };
    expect(await done(api, 'POST', path, { form: { Name: '', Contents: '' } })).toEqual({ ...bin, ...updated });
    const form = { Name: 'Two', Contents: '<Response/>' };
    expect(await done(api, 'POST', path, { form })).toEqual({ ...bin, ...updated, ...shown(form) });
    expect(await done(api, 'GET', `${path}.json`)).toEqual({ ...bin, ...updated, ...shown(form) });
  }),
  refuses(
    'bins.create long',
    'refuses a long name',
    ['POST', '/LamlBins', { form: { Name: 'x'.repeat(65) } }],
    bad(20002),
  ),
  refuses(
    'bins.create large',
    'refuses a document that no call could run, of more than 64 kB',
    ['POST', '/LamlBins', { form: { Name: 'x', Contents: 'x'.repeat(65_537) } }],
    bad(11750, 422),
  ),
  shows('bins.list pages', 'lists the newest first, in pages', async (api) => {
    for (const Name of ['a', 'b', 'a']) await done(api, 'POST', '/LamlBins', { form: { Name } });
    expect(await walked(api, '/LamlBins', 'laml_bins', 'name')).toEqual([['a', 'b'], ['a']]);
    expect(namesOf((await done(api, 'GET', '/LamlBins?Name=a')).laml_bins, 'name')).toEqual(['a', 'a']);
  }),
  shows(
    'bins.get twilio',
    'shows a bin to the other spelling of the account, and serves it by either sid',
    async (api) => {
      const { sid } = await done(api, 'POST', '/LamlBins', { form: { Name: 'One', Contents: '<Response/>' } });
      const prefixed = `LB${String(sid).replaceAll('-', '')}`;
      const base = `${api.url}/2010-04-01/Accounts/${accounts.ac}`;
      const { body } = await api.ask('GET', `${base}/LamlBins/${prefixed}.json`, { as: [accounts.ac, 'demo-token'] });
      expect(body).toMatchObject({
        sid: prefixed,
        account_sid: accounts.ac,
        request_url: `${api.url}/laml-bins/${sid}`,
      });
      expect(await (await fetch(`${api.url}/laml-bins/${prefixed}`)).text()).toBe('<Response/>');
    },
  ),
  shows('bins.get example', 'fills in what is asked with and what stands in its URL (LaML 11.14)', async (api) => {
    const Contents = `<Response>
  <Say>Welcome to the {{Shop}} branch. You called from {{From}}.</Say>
  <Dial callerId="{{To}}"><Sip>sip:front@pbx.example</Sip></Dial>
</Response>`;
    const { request_url } = await done(api, 'POST', '/LamlBins', { form: { Name: 'front', Contents } });
    const document = await fetch(`${request_url}?Shop=Lyon`, {
      method: 'POST',
      body: new URLSearchParams({ From: '+15550100042', To: ours, CallSid: 'x' }),
    });
    expect(await document.text()).toBe(`<Response>
  <Say>Welcome to the Lyon branch. You called from +15550100042.</Say>
  <Dial callerId="${ours}"><Sip>sip:front@pbx.example</Sip></Dial>
</Response>`);
  }),
  refuses('bins.get unknown', 'finds no other', ['GET', '/LamlBins/x'], missing),
];
