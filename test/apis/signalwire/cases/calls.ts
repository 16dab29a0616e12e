import { expect } from 'vitest';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, missing, refuses, shows } from '../case.ts';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const hold = `${app}/hold`;
export const newCall = (more: Record<string, string> = {}) => ({ To: somebody, From: ours, Url: hold, ...more });

/** A call that has been answered and goes on. */
export async function talking(api: Api, more: Record<string, string> = {}): Promise<string> {
  const { sid } = await done(api, 'POST', '/Calls', { form: newCall(more) });
  await api.pass(10_000);
  return sid!;
}

export const status = async (api: Api, sid: string) => (await done(api, 'GET', `/Calls/${sid}`)).status;

const wrong: readonly (readonly [string, string, Record<string, string>, number])[] = [
  ['to-missing', 'needs To', { To: '' }, 21201],
  ['to-words', 'refuses a To that is neither a number, a SIP URI nor a client', { To: 'nobody' }, 21211],
  ['to-national', 'refuses a number without its +', { To: '5550100099' }, 21211],
  ['to-sip', 'refuses a SIP URI that is none', { To: 'sip:' }, 21217],
  ['to-sip-header', 'refuses a SIP header with a line of its own', { To: 'sip:a@b.example?X-A=1%0d%0aVia:x' }, 21217],
  ['url-line', 'refuses a Url with a line end in it', { Url: 'http://app.example/\r\nX:1' }, 21205],
  ['from-missing', 'needs From', { From: '' }, 21213],
  ['from-words', 'refuses a From that is no number', { From: 'me' }, 21212],
  ['from-not-owned', 'refuses a From that is no number of the project', { From: '+15550100777' }, 21210],
  ['url-missing', 'needs to know where the document comes from', { Url: '' }, 21205],
  ['url-wrong', 'refuses a Url that is none', { Url: 'ftp://app.example' }, 21205],
  ['url-broken', 'refuses a Url that no program can read', { Url: 'http://[::1' }, 21205],
  ['application-unknown', 'refuses an application that is not there', { ApplicationSid: 'x' }, 21218],
  ['method', 'refuses a Method that is neither GET nor POST', { Method: 'PUT' }, 21209],
  ['fallback', 'refuses a FallbackUrl that is none', { FallbackUrl: 'x' }, 21402],
  ['callback', 'refuses a StatusCallback that is none', { StatusCallback: 'x' }, 21456],
  ['callback-event', 'refuses an event that there is not', { StatusCallbackEvent: 'dialed' }, 21626],
  ['timeout-zero', 'refuses a Timeout of 0', { Timeout: '0' }, 21208],
  ['timeout-long', 'refuses a Timeout of more than 600 seconds', { Timeout: '601' }, 21208],
  ['digits', 'refuses SendDigits that are none', { SendDigits: '12x' }, 13222],
  ['detection', 'refuses an unknown MachineDetection', { MachineDetection: 'maybe' }, 21234],
  [
    'detection-timeout',
    'refuses a MachineDetectionTimeout of more than 120',
    { MachineDetectionTimeout: '121' },
    21234,
  ],
  ['detection-callback', 'needs a callback for AsyncAmd', { MachineDetection: 'Enable', AsyncAmd: 'true' }, 21262],
  ['record-words', 'refuses a Record that is neither true nor false', { Record: 'maybe' }, 10000],
  ['recording-event', 'refuses an unknown event of a recording', { RecordingStatusCallbackEvent: 'x' }, 13621],
  ['trim', 'refuses an unknown Trim', { Trim: 'all' }, 13699],
  ['price', 'refuses a call that costs more than it may', { MaxPricePerMinute: '0.0084' }, 30010],
  ['price-digits', 'refuses a price with five decimal places', { MaxPricePerMinute: '0.00841' }, 30010],
  ['not-permitted', 'refuses a number that may not be called', { To: '+19005550100' }, 21216],
];

export const calls: Case[] = [
  shows('calls.create clients', 'makes a call for both clients, and each reads it in its own spelling', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const one = await signalwire.calls.create({
      to: somebody,
      from: ours,
      url: hold,
      statusCallbackEvent: ['answered'],
    });
    const other = await twilio.calls.create({ to: somebody, from: ours, url: hold });
    expect(one).toMatchObject({
      sid: expect.stringMatching(uuid),
      accountSid: accounts.uuid,
      status: 'queued',
      direction: 'outbound',
      to: somebody,
      from: ours,
      dateCreated: new Date('2026-01-01T09:00:00Z'),
      startTime: null,
      endTime: null,
      duration: 0,
      price: null,
      priceUnit: 'USD',
      apiVersion: '2010-04-01',
      parentCallSid: null,
    });
    expect(other).toMatchObject({
      sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
      accountSid: accounts.ac,
      phoneNumberSid: expect.stringMatching(/^PN[0-9a-f]{32}$/),
      uri: `/2010-04-01/Accounts/${accounts.ac}/Calls/${other.sid}.json`,
    });
    expect((await twilio.calls(other.sid).fetch()).sid).toBe(other.sid);
    const bare = other.sid.slice(2);
    expect((await signalwire.calls(bare).fetch()).status).toBe('queued');
  }),
  shows('calls.create whole', 'answers 200 with every field of the vendor', async (api) => {
    const { status, body } = await api.ask('POST', `${api.base}/Calls`, { form: newCall() });
    const { sid } = body as { sid: string };
    expect(status).toBe(200);
    expect(body).toEqual({
      sid: expect.stringMatching(uuid),
      account_sid: accounts.uuid,
      date_created: 'Thu, 01 Jan 2026 09:00:00 +0000',
      date_updated: 'Thu, 01 Jan 2026 09:00:00 +0000',
      parent_call_sid: null,
      to: somebody,
      formatted_to: '(555) 010-0099',
      to_formatted: '(555) 010-0099',
      from: ours,
      formatted_from: '(555) 010-0001',
      from_formatted: '(555) 010-0001',
      phone_number_sid: expect.stringMatching(uuid),
      status: 'queued',
      start_time: null,
      end_time: null,
      duration: 0,
      price: null,
      price_unit: 'USD',
      direction: 'outbound',
      answered_by: null,
      api_version: '2010-04-01',
      forwarded_from: null,
      caller_name: null,
      annotation: null,
      group_sid: null,
      uri: `${api.base}/Calls/${sid}.json`,
      subresource_uris: { notifications: null, recordings: `${api.base}/Calls/${sid}/Recordings.json` },
      audio_in_mos: null,
      sip_result_code: null,
      audio_rtt_avg: null,
      audio_rtt_min: null,
      audio_rtt_max: null,
      audio_out_jitter_min: null,
      audio_out_jitter_max: null,
      audio_out_jitter_avg: null,
      audio_out_lost: null,
    });
  }),
  shows('calls.create callbacks', 'tells every event that the client repeats', async (api) => {
    await api.signalwire().calls.create({
      to: somebody,
      from: ours,
      url: hold,
      statusCallback: `${app}/state`,
      statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
      timeLimit: 5,
    });
    await api.pass(60_000);
    const told = api.asked.filter(({ url }) => url.endsWith('/state')).map(({ form }) => form.CallStatus);
    expect(told).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
  }),
  shows('calls.create document', 'runs the document that the request gives, without asking', async (api) => {
    const twiml = `<Response><Pause length="2"/><Redirect>${app}/next</Redirect></Response>`;
    await api.twilio().calls.create({ to: somebody, from: ours, twiml });
    await api.pass(10_000);
    expect(api.asked.map(({ url }) => url)).toEqual([`${app}/next`]);
  }),
  shows('calls.create document-and-url', 'asks Url when there is a document too', async (api) => {
    await done(api, 'POST', '/Calls', { form: newCall({ Laml: '<Response/>' }) });
    await api.pass(5_000);
    expect(api.asked.map(({ url }) => url)).toEqual([hold]);
  }),
  shows('calls.create application', 'runs what an application says, and ignores other URLs', async (api) => {
    const client = api.signalwire();
    const application = await client.applications.create({ friendlyName: 'Menu', voiceUrl: hold, voiceMethod: 'GET' });
    await client.calls.create({ to: somebody, from: ours, applicationSid: application.sid, method: 'POST' });
    await api.pass(10_000);
    expect(api.asked.map(({ method, url }) => [method, url.split('?')[0]])).toEqual([['GET', hold]]);
  }),
  shows('calls.create sip', 'calls a SIP URI with its headers, and never shows the password', async (api) => {
    const form = newCall({ To: 'sip:ann@sip.example?X-Order=7', SipAuthUsername: 'me', SipAuthPassword: 'hush-hush' });
    const made = await done(api, 'POST', '/Calls', { form });
    expect(made.to).toBe('sip:ann@sip.example');
    await api.pass(1_000);
    const kept = JSON.stringify([[...api.store.calls()], [...api.store.journal()]]);
    expect(kept).toContain('(secret)');
    expect(kept).toContain('"X-Order":"7"');
    expect(kept + JSON.stringify(made)).not.toContain('hush-hush');
  }),
  shows('calls.create price-fits', 'makes a call that costs as much as it may', async (api) => {
    expect((await done(api, 'POST', '/Calls', { form: newCall({ MaxPricePerMinute: '0.0085' }) })).status).toBe(
      'queued',
    );
  }),
  ...wrong.map(([name, says, form, code]) =>
    refuses(`calls.create ${name}`, says, ['POST', '/Calls', { form: newCall(form) }], { status: 400, code }),
  ),
  shows('calls.create client-error', 'is refused so that both clients can say why', async (api) => {
    for (const client of bothClients(api))
      await expect(client.calls.create({ to: 'nobody', from: ours, url: hold })).rejects.toMatchObject({
        status: 400,
        code: 21211,
        message: expect.stringMatching(/nobody/),
        moreInfo: expect.stringMatching(/^http/),
      });
  }),
  refuses(
    'calls.create too-many',
    'refuses more calls than may wait',
    ['POST', '/Calls', { form: newCall() }],
    { status: 429, code: 20429 },
    async (api) => {
      for (let n = 0; n < 151; n++)
        api.engine.create({
          project: 'demo',
          dialect: 'laml',
          to: somebody,
          from: ours,
          options: { handlerUrls: [], ringMs: 1000 },
        });
    },
  ),
  shows('calls.get life', 'shows a call from queued to completed, with what it cost', async (api) => {
    const client = api.signalwire();
    const { sid } = await client.calls.create({ to: somebody, from: ours, url: hold, timeLimit: 61 });
    expect(await status(api, sid)).toBe('queued');
    await api.pass(10_000);
    expect(await client.calls(sid).fetch()).toMatchObject({ status: 'in-progress', duration: 0, endTime: null });
    await api.pass(100_000);
    expect(await client.calls(sid).fetch()).toMatchObject({ status: 'completed', duration: 61, price: 0.017 });
  }),
  shows('calls.get incoming', 'shows who called one of our numbers', async (api) => {
    await done(api, 'POST', `/IncomingPhoneNumbers/${await numberSid(api)}`, { form: { VoiceUrl: hold } });
    await api.network.callIn({ to: ours, from: '+15550100042', transport: 'PSTN' }, { person: {} });
    await api.pass(5_000);
    const [call] = await api.signalwire().calls.list();
    // A document that begins with a pause lets it ring.
    expect(call).toMatchObject({ direction: 'inbound', to: ours, from: '+15550100042', status: 'ringing' });
    expect(call.phoneNumberSid).toBe(await numberSid(api));
  }),
  shows('calls.get both-apis', 'is the same call in the API of Enfonica', async (api) => {
    const sid = await talking(api);
    const answer = await fetch(`${api.url}/v1beta1/projects/demo/calls`, {
      headers: { authorization: 'Bearer demo-token' },
    });
    const { calls: seen } = (await answer.json()) as { calls: { to: string; state: string; name: string }[] };
    expect(seen).toMatchObject([{ to: somebody, state: 'IN_PROGRESS' }]);
    await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'completed' } });
    await api.pass(1_000);
    const again = await fetch(`${api.url}/v1beta1/${seen[0]!.name}`, {
      headers: { authorization: 'Bearer demo-token' },
    });
    expect(await again.json()).toMatchObject({ state: 'COMPLETED' });
  }),
  ...['x', 'CA', `CA${'0'.repeat(32)}`, '..%2f..%2fetc', "'%20OR%20'1'='1", '__proto__', '%00', 'a'.repeat(90)].map(
    (sid) =>
      refuses(
        `calls.get hostile ${sid.slice(0, 40)}`,
        `finds no call ${decodeURIComponent(sid).replace('\0', 'NUL').slice(0, 40)}`,
        ['GET', `/Calls/${sid}`],
        missing,
      ),
  ),
  shows('calls.list newest', 'lists the newest first, in pages that both clients walk', async (api) => {
    for (let n = 0; n < 5; n++) {
      await done(api, 'POST', '/Calls', { form: newCall({ To: `+1555010020${n}` }) });
      await api.pass(1_000);
    }
    for (const client of bothClients(api)) {
      const found = await client.calls.list({ pageSize: 2 });
      expect(found.map(({ to }: { to: string }) => to)).toEqual([4, 3, 2, 1, 0].map((n) => `+1555010020${n}`));
    }
  }),
  shows('calls.list stable', 'keeps its pages while calls come, forwards and backwards', async (api) => {
    for (let n = 0; n < 5; n++) {
      await done(api, 'POST', '/Calls', { form: newCall({ To: `+1555010020${n}` }) });
      await api.pass(1_000);
    }
    const client = api.signalwire();
    const first = await client.calls.page({ pageSize: 2 });
    await done(api, 'POST', '/Calls', { form: newCall() });
    const second = await first.nextPage();
    const third = await second.nextPage();
    const to = (page: { instances: { to: string }[] }) => page.instances.map((call) => call.to.at(-1));
    expect([to(first), to(second), to(third)]).toEqual([['4', '3'], ['2', '1'], ['0']]);
    expect(third.nextPageUrl).toBeUndefined();
    const back = await third.previousPage();
    expect(to(back)).toEqual(['2', '1']);
  }),
  shows('calls.list envelope', 'has nothing beside the list but what the client allows', async (api) => {
    await done(api, 'POST', '/Calls', { form: newCall() });
    const answer = await done(api, 'GET', '/Calls?To=%2B15550100099&PageSize=1');
    const uri = `${api.base}/Calls?To=%2B15550100099&Page=0&PageSize=1`;
    expect(answer).toEqual({
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
      page: 0,
      page_size: 1,
      calls: [expect.anything()],
    });
  }),
  shows('calls.list filters', 'finds by status, parties and times, in every form of a date', async (api) => {
    const ended = await talking(api, { TimeLimit: '1' });
    await api.pass(60_000);
    const going = await talking(api, { To: '+15550100098' });
    const sids = async (query: string) => {
      const { calls: found } = await done(api, 'GET', `/Calls?${query}`);
      return (found as unknown as { sid: string }[]).map(({ sid }) => sid);
    };
    expect(await sids('Status=completed')).toEqual([ended]);
    expect(await sids('Status=in-progress')).toEqual([going]);
    expect(await sids('Status=busy')).toEqual([]);
    expect(await sids('To=%2B15550100098')).toEqual([going]);
    expect(await sids(`From=${encodeURIComponent(ours)}`)).toEqual([going, ended]);
    expect(await sids(`ParentCallSid=${ended}`)).toEqual([]);
    expect(await sids('StartTime=2026-01-01')).toEqual([going, ended]);
    expect(await sids('StartTime=2026-01-02')).toEqual([]);
    expect(await sids('StartTime%3E=2026-01-01T09:01:00Z')).toEqual([going]);
    expect(await sids('StartTime%3C=Thu,%2001%20Jan%202026%2009:00:00%20%2B0000')).toEqual([ended]);
    expect(await sids('EndTime%3E=2026-01-01')).toEqual([ended]);
    const client = api.signalwire();
    expect(await client.calls.list({ startTimeAfter: new Date('2026-01-01T09:01:00Z') })).toMatchObject([
      { sid: going },
    ]);
    expect(await api.twilio().calls.list({ status: 'completed' })).toHaveLength(1);
  }),
  ...(
    [
      ['page-token', 'needs a token for any page but the first', 'Page=1', 54453],
      ['page-words', 'refuses a Page that is no number', 'Page=x', 54453],
      ['page-size-zero', 'refuses a PageSize of 0', 'PageSize=0', 54454],
      ['page-size-large', 'refuses a PageSize of more than 1000', 'PageSize=1001', 54454],
      ['token-made-up', 'refuses a token that is none of ours', 'Page=1&PageToken=PAabc', 21481],
      ['token-not-sealed', 'refuses a token with a wrong seal', 'PageToken=PAWzAsIiJd.AAAA', 21481],
      ['token-prototype', 'refuses a token that is a name of JavaScript', 'PageToken=__proto__', 21481],
      ['date-words', 'refuses a date that is none', 'StartTime=yesterday', 10000],
      ['status-unknown', 'refuses a status that there is not', 'Status=initiated', 10000],
    ] as const
  ).map(([name, says, query, code]) =>
    refuses(`calls.list ${name}`, says, ['GET', `/Calls?${query}`], { status: 400, code }),
  ),
  shows('calls.update redirect', 'gives a call that goes on another document at once', async (api) => {
    api.documents['/other'] = '<Response><Pause length="30"/></Response>';
    const sid = await talking(api);
    await api
      .signalwire()
      .calls(sid)
      .update({ url: `${app}/other`, method: 'GET' });
    await api.pass(1_000);
    expect(api.asked.map(({ method, url }) => [method, url.split('?')[0]])).toEqual([
      ['POST', hold],
      ['GET', `${app}/other`],
    ]);
    expect(await status(api, sid)).toBe('in-progress');
  }),
  shows('calls.update document', 'runs a document that is given', async (api) => {
    const sid = await talking(api);
    await api
      .twilio()
      .calls(`CA${sid.replaceAll('-', '')}`)
      .update({ twiml: '<Response><Hangup/></Response>' });
    await api.pass(1_000);
    expect(await status(api, sid)).toBe('completed');
  }),
  shows('calls.update completed', 'hangs up a call that goes on', async (api) => {
    const sid = await talking(api);
    expect((await api.signalwire().calls(sid).update({ status: 'completed' })).status).toBe('completed');
    await api.pass(1_000);
    expect(await status(api, sid)).toBe('completed');
  }),
  ...(['canceled', 'completed'] as const).flatMap((wanted) => [
    shows(`calls.update ${wanted}-queued`, `cancels a call that is queued when it is to be ${wanted}`, async (api) => {
      const { sid } = await done(api, 'POST', '/Calls', { form: newCall() });
      expect(await done(api, 'POST', `/Calls/${sid}`, { form: { Status: wanted } })).toMatchObject({
        sid,
        status: 'canceled',
      });
      await api.pass(5_000);
      expect(await status(api, sid!)).toBe('canceled');
    }),
    shows(`calls.update ${wanted}-ringing`, `cancels a call that rings when it is to be ${wanted}`, async (api) => {
      api.phones['+15550100097'] = { answers: 60 };
      const { sid } = await done(api, 'POST', '/Calls', { form: newCall({ To: '+15550100097' }) });
      await api.pass(1_500);
      const before = await status(api, sid!);
      await done(api, 'POST', `/Calls/${sid}`, { form: { Status: wanted } });
      await api.pass(5_000);
      expect([before, await status(api, sid!)]).toEqual(['ringing', 'canceled']);
    }),
  ]),
  shows('calls.update callback', 'tells another URL of the end from now on', async (api) => {
    const sid = await talking(api, { StatusCallback: `${app}/before` });
    await done(api, 'POST', `/Calls/${sid}`, { form: { StatusCallback: `${app}/after`, TimeLimit: '20' } });
    await api.pass(60_000);
    const told = api.asked.filter(({ form }) => form.CallStatus === 'completed').map(({ url }) => url);
    expect(told).toEqual([`${app}/after`]);
  }),
  ...(
    [
      ['canceled-talking', 'does not cancel a call that has been answered', { Status: 'canceled' }, 10000, talking],
      ['status-unknown', 'knows no other status', { Status: 'paused' }, 10000, talking],
      ['url-wrong', 'refuses a Url that is none', { Url: 'x' }, 21402, talking],
      [
        'document-wrong',
        'refuses a document that is none, and changes nothing',
        { Twiml: '<Response><Pau' },
        20422,
        talking,
      ],
    ] as const
  ).map(([name, says, form, code, before]) =>
    shows(`calls.update ${name}`, says, async (api) => {
      const sid = await before(api);
      await expect(
        api
          .ask('POST', `${api.base}/Calls/${sid}`, { form })
          .then(({ status: http, body }) => [http, (body as { code: number }).code]),
      ).resolves.toEqual([code === 20422 ? 422 : 400, code]);
      expect(await status(api, sid)).toBe('in-progress');
    }),
  ),
  shows('calls.update not-answered', 'gives no document to a call that nobody has answered', async (api) => {
    const { sid } = await done(api, 'POST', '/Calls', { form: newCall() });
    for (const client of bothClients(api))
      await expect(client.calls(sid!).update({ url: hold })).rejects.toMatchObject({
        status: 400,
        code: 21220,
      });
  }),
  shows('calls.delete ended', 'deletes a call that has ended, and leaves its children', async (api) => {
    api.documents['/dial'] = `<Response><Dial timeLimit="5"><Number>+15550100096</Number></Dial></Response>`;
    const sid = await talking(api, { Url: `${app}/dial` });
    await api.pass(60_000);
    const [child] = await api.signalwire().calls.list({ parentCallSid: sid });
    expect(await api.signalwire().calls(sid).remove()).toBe(true);
    await expect(api.signalwire().calls(sid).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
    expect((await api.signalwire().calls(child.sid).fetch()).parentCallSid).toBe(sid);
  }),
  shows('calls.delete going-on', 'does not delete a call that goes on', async (api) => {
    const sid = await talking(api);
    await expect(api.signalwire().calls(sid).remove()).rejects.toMatchObject({ status: 422, code: 20009 });
  }),
];

export async function numberSid(api: Api): Promise<string> {
  const { incoming_phone_numbers: found } = await done(api, 'GET', '/IncomingPhoneNumbers');
  return (found as unknown as { sid: string }[])[0]!.sid;
}
