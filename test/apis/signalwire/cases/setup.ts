import { expect } from 'vitest';
import { type Api, accounts, app, ours } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';
import { numberSid } from './calls.ts';

const makeBin = (api: Api, form: Record<string, string>) => done(api, 'POST', '/LamlBins', { form });

export const setup: Case[] = [
  shows('applications.create shows', 'makes an application, 201, with POST wherever nothing is said', async (api) => {
    const { status, body } = await api.ask('POST', `${api.base}/Applications`, {
      form: { FriendlyName: 'Menu', VoiceUrl: `${app}/menu`, VoiceMethod: 'get' },
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      friendly_name: 'Menu',
      voice_url: `${app}/menu`,
      voice_method: 'GET',
      voice_fallback_url: null,
      voice_fallback_method: 'POST',
      sms_url: null,
      voice_caller_id_lookup: null,
    });
  }),
  refuses('applications.create name', 'needs a name', ['POST', '/Applications', { form: {} }], {
    status: 400,
    code: 10000,
  }),
  refuses(
    'applications.create long',
    'refuses a long name',
    ['POST', '/Applications', { form: { FriendlyName: 'x'.repeat(65) } }],
    { status: 400, code: 20002 },
  ),
  refuses(
    'applications.create url',
    'refuses a VoiceUrl that is none',
    ['POST', '/Applications', { form: { FriendlyName: 'x', VoiceUrl: 'x' } }],
    { status: 400, code: 21402 },
  ),
  shows('applications.list name', 'lists applications, by their exact name', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    await signalwire.applications.create({ friendlyName: 'One' });
    await twilio.applications.create({ friendlyName: 'Two' });
    expect(await twilio.applications.list()).toMatchObject([{ friendlyName: 'Two' }, { friendlyName: 'One' }]);
    expect(await signalwire.applications.list({ friendlyName: 'One' })).toHaveLength(1);
    expect(await signalwire.applications.list({ friendlyName: 'one' })).toEqual([]);
  }),
  shows('applications.get clients', 'shows an application to both clients', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const { sid } = await twilio.applications.create({ friendlyName: 'One' });
    expect(sid).toMatch(/^AP/);
    expect((await signalwire.applications(sid).fetch()).friendlyName).toBe('One');
  }),
  shows('applications.update change', 'changes what is said, and takes away what is empty', async (api) => {
    const { sid } = await done(api, 'POST', '/Applications', { form: { FriendlyName: 'One', VoiceUrl: app } });
    expect(
      await done(api, 'POST', `/Applications/${sid}`, { form: { VoiceUrl: '', FriendlyName: 'Two' } }),
    ).toMatchObject({ friendly_name: 'Two', voice_url: null });
  }),
  shows('applications.delete gone', 'deletes an application', async (api) => {
    const { sid } = await api.signalwire().applications.create({ friendlyName: 'One' });
    expect(await api.signalwire().applications(sid).remove()).toBe(true);
    await expect(api.signalwire().applications(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  }),
  shows('numbers.create clients', 'takes any number that nobody has, and one of an area', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const one = await signalwire.incomingPhoneNumbers.create({ phoneNumber: '+15550100500', voiceUrl: `${app}/menu` });
    expect(one).toMatchObject({
      phoneNumber: '+15550100500',
      friendlyName: '(555) 010-0500',
      voiceUrl: `${app}/menu`,
      voiceMethod: 'POST',
      origin: 'signalwire',
    });
    expect((await twilio.incomingPhoneNumbers.create({ areaCode: '212' })).phoneNumber).toBe('+12125550100');
    await expect(twilio.incomingPhoneNumbers.create({ phoneNumber: ours })).rejects.toMatchObject({
      status: 400,
      code: 21422,
    });
  }),
  shows(
    'numbers.import own',
    'takes a number that was brought along, by the request that both clients send',
    async (api) => {
      const [signalwire, twilio] = bothClients(api);
      for (const [client, number] of [
        [signalwire, '+15550100501'],
        [twilio, '+15550100502'],
      ] as const) {
        const uri = `${api.url}/2010-04-01/Accounts/${client.accountSid}/ImportedPhoneNumbers.json`;
        const data = { PhoneNumber: number, VoiceUrl: `${app}/menu` };
        const { statusCode } = await client.request({ method: 'post', uri, data });
        expect(statusCode).toBe(201);
        const [shown] = await client.incomingPhoneNumbers.list({ phoneNumber: number });
        expect(shown).toMatchObject({ phoneNumber: number, origin: 'hosted', voiceUrl: `${app}/menu` });
        expect((await client.incomingPhoneNumbers(shown!.sid).update({ friendlyName: 'Desk' })).origin).toBe('hosted');
      }
    },
  ),
  refuses(
    'numbers.import missing',
    'needs the number that was brought along',
    ['POST', '/ImportedPhoneNumbers', { form: { AreaCode: '212' } }],
    { status: 400, code: 21421 },
  ),
  refuses(
    'numbers.create number',
    'refuses what is no number',
    ['POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: '5' } }],
    { status: 400, code: 21421 },
  ),
  refuses(
    'numbers.create other',
    'refuses a number that another project has',
    ['POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: '+15550100600' } }],
    { status: 400, code: 21422 },
    async (api) => {
      const base = api.base.replace(accounts.uuid, accounts.other);
      const made = await api.ask('POST', `${base}/IncomingPhoneNumbers`, {
        as: [accounts.other, 'other-token'],
        form: { PhoneNumber: '+15550100600' },
      });
      expect(made.status).toBe(201);
    },
  ),
  shows('numbers.list pattern', 'lists numbers by a part of them, with * for any digit', async (api) => {
    await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: '+15550100500' } });
    const client = api.signalwire();
    expect(await client.incomingPhoneNumbers.list()).toHaveLength(2);
    expect(await client.incomingPhoneNumbers.list({ phoneNumber: '01005**' })).toMatchObject([
      { phoneNumber: '+15550100500' },
    ]);
    expect(await client.incomingPhoneNumbers.list({ friendlyName: '(555) 010-0001' })).toMatchObject([
      { phoneNumber: ours },
    ]);
  }),
  shows('numbers.get same', 'is the number that the API of Enfonica shows', async (api) => {
    const sid = await numberSid(api);
    expect((await api.twilio().incomingPhoneNumbers(sid).fetch()).phoneNumber).toBe(ours);
    const answer = await fetch(`${api.url}/v1beta1/projects/demo/phoneNumberInstances/${ours.slice(1)}`, {
      headers: { authorization: 'Bearer demo-token' },
    });
    expect(await answer.json()).toMatchObject({ phoneNumber: { phoneNumber: ours } });
  }),
  refuses(
    'numbers.get hostile',
    'finds no number that is none',
    ['GET', '/IncomingPhoneNumbers/PNffffffffffff7fff8ffffffffffffff000'],
    missing,
  ),
  shows('numbers.update incoming', 'has calls run an application rather than a URL', async (api) => {
    const application = await done(api, 'POST', '/Applications', {
      form: { FriendlyName: 'x', VoiceUrl: `${app}/application` },
    });
    const sid = await numberSid(api);
    const form = { VoiceUrl: `${app}/url`, VoiceApplicationSid: application.sid! };
    expect(await done(api, 'POST', `/IncomingPhoneNumbers/${sid}`, { form })).toMatchObject({
      voice_application_sid: application.sid,
    });
    await api.network.callIn({ to: ours, from: '+15550100042', transport: 'PSTN' }, { person: {} });
    await api.pass(1_000);
    expect(api.asked.map(({ url }) => url)).toEqual([`${app}/application`]);
  }),
  shows('numbers.update unknown', 'refuses an application that is not there', async (api) => {
    const answer = await api.ask('POST', `${api.base}/IncomingPhoneNumbers/${await numberSid(api)}`, {
      form: { VoiceApplicationSid: 'x' },
    });
    expectRefused(answer, { status: 400, code: 21420 });
  }),
  shows('numbers.delete back', 'gives a number back: whoever takes it again begins with nothing', async (api) => {
    const sid = await numberSid(api);
    await done(api, 'POST', `/IncomingPhoneNumbers/${sid}`, { form: { VoiceUrl: app } });
    expect(await api.signalwire().incomingPhoneNumbers(sid).remove()).toBe(true);
    expectRefused(await api.ask('GET', `${api.base}/IncomingPhoneNumbers/${sid}`), missing);
    await api.pass(1_000);
    expect(await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: ours } })).toMatchObject({
      sid,
      voice_url: null,
    });
  }),
  shows('available.list countries', 'lists the countries', async (api) => {
    expect(await api.signalwire().availablePhoneNumbers.list()).toMatchObject([{ countryCode: 'US' }]);
  }),
  shows('available.get country', 'shows a country, and knows no other', async (api) => {
    expect((await api.twilio().availablePhoneNumbers('US').fetch()).country).toBe('United States');
    expectRefused(await api.ask('GET', `${api.base}/AvailablePhoneNumbers/XX`), missing);
  }),
  shows('available.local numbers', 'lists numbers that can be taken', async (api) => {
    const [one] = await api.signalwire().availablePhoneNumbers('US').local.list({ areaCode: 310, limit: 2 });
    expect(one.phoneNumber).toBe('+13105550100');
    await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: one.phoneNumber } });
  }),
  shows(
    'available.local pattern',
    'lists those that have some digits in a row, of the area where they begin',
    async (api) => {
      const { local } = api.twilio().availablePhoneNumbers('US');
      const numbers = async (query: object) => (await local.list(query)).map(({ phoneNumber }) => phoneNumber);
      expect(await numbers({ contains: '310555****', limit: 2 })).toEqual(['+13105550100', '+13105550101']);
      expect(await numbers({ areaCode: 310, contains: '5017' })).toHaveLength(10);
      expect(await numbers({ contains: '9999' })).toEqual([]);
      expectRefused(await api.ask('GET', `${api.base}/AvailablePhoneNumbers/US/Local?Contains=abc`), {
        status: 400,
        code: 21421,
      });
    },
  ),
  shows('available.tollFree numbers', 'lists numbers that nobody pays for to call', async (api) => {
    const { tollFree } = api.signalwire().availablePhoneNumbers('US');
    expect(await tollFree.list({ limit: 1 })).toMatchObject([{ phoneNumber: '+18005550100' }]);
    expect(await tollFree.list({ areaCode: 888, limit: 1 })).toMatchObject([{ phoneNumber: '+18885550100' }]);
    expect(await tollFree.list({ areaCode: 310, limit: 1 })).toMatchObject([{ phoneNumber: '+18005550100' }]);
    expectRefused(await api.ask('GET', `${api.base}/AvailablePhoneNumbers/XX/TollFree`), missing);
  }),
  shows('bins.create shows', 'makes a bin, with dates of ISO 8601', async (api) => {
    const bin = await makeBin(api, { Name: 'Hello' });
    expect(bin).toEqual({
      sid: expect.any(String),
      account_sid: accounts.uuid,
      name: 'Hello',
      contents: expect.stringContaining('<Response>'),
      request_url: `${api.url}/laml-bins/${bin.sid}`,
      num_requests: 0,
      date_created: '2026-01-01T09:00:00.000Z',
      date_updated: '2026-01-01T09:00:00.000Z',
      date_last_accessed: null,
      api_version: '2010-04-01',
      uri: `${api.base}/LamlBins/${bin.sid}.json`,
    });
  }),
  refuses('bins.create name', 'needs a name', ['POST', '/LamlBins', { form: {} }], { status: 400, code: 10000 }),
  shows(
    'bins.get hosted',
    'serves the document to anybody, with the parameters of the request, escaped, and counts',
    async (api) => {
      const bin = await makeBin(api, {
        Name: 'Hello',
        Contents: '<Response><Say>Hi {{From}} {{Name}}</Say></Response>',
      });
      // A query may have question marks of its own.
      const got = await fetch(`${bin.request_url}?Name=%3CAnn?%3E`, {
        method: 'POST',
        body: new URLSearchParams({ From: '+1' }),
      });
      expect([got.headers.get('content-type'), await got.text()]).toEqual([
        'text/xml; charset=utf-8',
        '<Response><Say>Hi +1 &lt;Ann?&gt;</Say></Response>',
      ]);
      expect((await fetch(`${bin.request_url!}`)).status).toBe(200);
      expect((await fetch(`${api.url}/laml-bins/x`)).status).toBe(404);
      expect(await done(api, 'GET', `/LamlBins/${bin.sid}`)).toMatchObject({
        num_requests: 2,
        date_last_accessed: expect.any(String),
      });
    },
  ),
  shows('bins.list name', 'lists bins by their exact name', async (api) => {
    await makeBin(api, { Name: 'One' });
    await makeBin(api, { Name: 'Two' });
    expect((await done(api, 'GET', '/LamlBins?Name=Two')).laml_bins).toHaveLength(1);
  }),
  shows('bins.update change', 'changes a bin', async (api) => {
    const { sid } = await makeBin(api, { Name: 'One' });
    expect(await done(api, 'POST', `/LamlBins/${sid}`, { form: { Contents: '<Response/>' } })).toMatchObject({
      name: 'One',
      contents: '<Response/>',
    });
  }),
  shows('bins.delete gone', 'deletes a bin, which is served no more', async (api) => {
    const bin = await makeBin(api, { Name: 'One' });
    expect((await api.ask('DELETE', `${api.base}/LamlBins/${bin.sid}`)).status).toBe(204);
    expect((await fetch(`${bin.request_url!}`)).status).toBe(404);
  }),
];
