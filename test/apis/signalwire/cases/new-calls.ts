/** What new calls do with what they are told (LaML 6.3). */
import { expect } from 'vitest';
import { type Api, app, ours, somebody } from '../api.ts';
import { type Case, done, expectRefused, shows } from '../case.ts';
import { hold, newCall } from './calls.ts';
import { amd, detection, type Form, kept, optionsOf, recorded, refused } from './kept-calls.ts';

export const newCalls: Case[] = [
  shows('calls.create plus', 'reads a plus as a blank, and %2B as a plus', async (api) => {
    const body = `To=+15550100099&From=%2B15550100001&Url=${encodeURIComponent(hold)}`;
    expectRefused(await api.ask('POST', `${api.base}/Calls`, { body }), { status: 400, code: 21211 });
    expect((await api.ask('POST', `${api.base}/Calls`, { body: body.replace('To=+', 'To=%2B') })).status).toBe(200);
  }),
  shows(
    'calls.create events',
    'takes events one by one, several in one value, and completed unless given',
    async (api) => {
      const StatusCallback = `${app}/state`;
      const all = ['initiated', 'ringing', 'answered', 'completed'];
      const of = async (...values: string[]) => {
        const form: [string, string][] = values.map((value) => ['StatusCallbackEvent', value]);
        return (await optionsOf(api, [['StatusCallback', StatusCallback], ...form])).stateCallback!.events;
      };
      expect(await of()).toEqual(['completed']);
      expect(await of('')).toEqual(['completed']);
      expect(await of(...all)).toEqual(all);
      expect(await of(' completed  answered ')).toEqual(['answered', 'completed']);
      expect(await of('ringing_forwarded', 'ringing ringing_queued')).toEqual(['ringing']);
      await refused(api, { StatusCallback, StatusCallbackEvent: 'answered dialed' }, 21626);
      await refused(api, { StatusCallback, StatusCallbackEvent: 'answered,completed' }, 21626);
    },
  ),
  shows(
    'calls.create recording-events',
    'takes events of a recording, one by one or several in one value',
    async (api) => {
      const of = async (...values: string[]) => {
        const form: [string, string][] = values.map((value) => ['RecordingStatusCallbackEvent', value]);
        return (await optionsOf(api, [...Object.entries(recorded), ...form])).recording!.events;
      };
      expect(await of()).toBeUndefined();
      expect(await of('absent', 'in-progress')).toEqual(['began', 'empty']);
      expect(await of('in-progress completed absent')).toEqual(['began', 'completed', 'empty']);
      await refused(api, { ...recorded, RecordingStatusCallbackEvent: 'completed failed' }, 13621);
    },
  ),
  shows('calls.create digits-bounds', 'takes 1 to 32 keys and pauses as SendDigits', async (api) => {
    expect((await optionsOf(api, { SendDigits: '0123456789*#wABCD' })).sendDigits).toBe('0123456789*#wABCD');
    expect((await optionsOf(api, { SendDigits: '1W2' })).sendDigits, 'a second is two halves').toBe('1ww2');
    expect((await optionsOf(api, { SendDigits: 'w'.repeat(32) })).sendDigits).toHaveLength(32);
    for (const SendDigits of ['1'.repeat(33), '1 2', '1,2', 'p', '+1', '1\n'])
      await refused(api, { SendDigits }, 13222);
  }),
  shows(
    'calls.create digits-first',
    'sends SendDigits after the answer, and asks for the document after them',
    async (api) => {
      const msUntilAsked = async (more: Form) => {
        await kept(api, more);
        const [before, began] = [api.asked.length, api.clock.now()];
        while (api.asked.length === before) await api.pass(100);
        return api.clock.now() - began;
      };
      // Two pauses of a second, and a key that sounds for a while.
      expect((await msUntilAsked({ SendDigits: 'WW1' })) - (await msUntilAsked({}))).toBe(2_200);
    },
  ),
  shows('calls.create document-bounds', 'takes a document of 11 to 4000 characters, under either name', async (api) => {
    const long = `<Response><Say>${'ä'.repeat(3_968)}</Say></Response>`.padEnd(4_000);
    for (const [name, document] of [
      ['Twiml', '<Response/>'],
      ['Laml', '<Response/>'],
      ['Laml', '<Response>\r\n\t<Hangup/>\n</Response>'],
      ['Twiml', long],
      ['Laml', `<Response><Say>${'😀'.repeat(3_900)}</Say></Response>`],
    ] as const)
      expect((await kept(api, { Url: '', [name]: document })).options!.document).toBe(document);
    const wrong = [
      '<Response>',
      '<Respons/>',
      `${long} `,
      '<Response><Paus',
      '<Response>\0</Response>',
      '<html></html>x',
    ];
    for (const Twiml of [...wrong, '<!DOCTYPE x><Response/>', '<Response><Say>&x;</Say></Response>'])
      await refused(api, { Url: '', Twiml }, 20422, 422);
    const { document } = (await kept(api, { Twiml: '<Resp' })).options!;
    expect(document, 'Url is stronger').toBeUndefined();
  }),
  shows(
    'calls.create application-alone',
    'takes nothing of URLs, methods and callbacks beside an application',
    async (api) => {
      const { sid } = await done(api, 'POST', '/Applications', {
        form: {
          FriendlyName: 'Menu',
          VoiceUrl: hold,
          VoiceFallbackUrl: `${app}/fallback`,
          VoiceFallbackMethod: 'GET',
          StatusCallback: `${app}/state`,
        },
      });
      const ignored = {
        Method: 'x',
        FallbackUrl: 'x',
        FallbackMethod: 'x',
        StatusCallback: `${app}/no`,
        StatusCallbackMethod: 'x',
      };
      const { handlerUrls, fallback, stateCallback, ringMs } = await optionsOf(api, {
        ...ignored,
        StatusCallbackEvent: 'answered',
        Url: `${app}/no`,
        ApplicationSid: sid!,
        Timeout: '20',
      });
      expect({ handlerUrls, fallback, stateCallback, ringMs }).toEqual({
        handlerUrls: [{ url: hold, method: 'POST' }],
        fallback: { url: `${app}/fallback`, method: 'GET' },
        stateCallback: { url: `${app}/state`, method: 'POST', events: ['completed'] },
        ringMs: 20_000,
      });
    },
  ),
  shows('calls.create caller', 'shows CallerId instead of From, which stays what it was', async (api) => {
    const call = await kept(api, { CallerId: '+15550100042' });
    expect([call.from, call.callerId]).toEqual([ours, '+15550100042']);
    for (const CallerId of ['Front-Desk_1', 'sip:desk@pbx.example', 'client:ann'])
      expect((await kept(api, { CallerId })).callerId).toBe(CallerId);
    for (const CallerId of ['Front Desk', '"x"', 'x'.repeat(101)]) await refused(api, { CallerId }, 21212);
  }),
  shows(
    'calls.create from-of-sip',
    'takes any number or name as From of a call that is none to a telephone',
    async (api) => {
      for (const To of ['sip:ann@sip.example', 'client:ann'])
        for (const From of ['+15550100777', 'alice', 'sip:me@pbx.example', 'client:me'])
          expect((await kept(api, { To, From })).from).toBe(From);
      await refused(api, { To: 'sip:ann@sip.example', From: 'a b' }, 21212);
      await refused(api, { From: 'alice' }, 21212);
    },
  ),
  shows('calls.create to-forms', 'calls numbers of E.164, SIP URIs with headers, and clients', async (api) => {
    const shown = async (To: string) => {
      const { to, formatted_to } = await done(api, 'POST', '/Calls', { form: newCall({ To }) });
      return [to, formatted_to];
    };
    expect(await shown('+61255501234')).toEqual(['+61255501234', '+61255501234']);
    expect(await shown('+13105678901')).toEqual(['+13105678901', '(310) 567-8901']);
    expect(await shown('sip:ann@sip.example:5070;transport=tcp?X-A=1&X-B=b%20c')).toEqual(
      Array(2).fill('sip:ann@sip.example:5070;transport=tcp'),
    );
    expect(await shown('client:ann')).toEqual(['client:ann', 'client:ann']);
    for (const To of [
      '+0123456',
      '+1',
      '+1234567890123456',
      '+1 555',
      'tel:+15550100099',
      'client:',
      'client:a b',
      ' ',
    ])
      await refused(api, { To }, 21211);
    for (const To of ['sip:@', 'sip:a@b c', `sip:a@b?X-A=${'x'.repeat(1_100)}`, `sip:${'a'.repeat(300)}@b`])
      await refused(api, { To }, 21217);
  }),
  shows('calls.create secrets', 'keeps who we are at a SIP server, and shows the password nowhere', async (api) => {
    const sip = { To: 'sip:ann@sip.example', SipAuthUsername: 'me', SipAuthPassword: 'pässword 1' };
    const place = api.network.place.bind(api.network);
    const placed: [string, string | undefined][] = [];
    api.network.place = (...asked) => {
      const { from, sip: at } = asked[1];
      placed.push([from, at && `${at.username} ${at.password?.reveal()}`]);
      return place(...asked);
    };
    const call = await kept(api, { ...sip, CallerId: 'front-desk' });
    await api.pass(1_000);
    expect(placed, 'the network is told').toEqual([['front-desk', 'me pässword 1']]);
    expect(JSON.stringify([call, ...api.store.calls(), ...api.store.journal()])).not.toContain('pässword');
    expect((await kept(api, { ...sip, SipAuthUsername: '' })).options!.sip).toBeUndefined();
  }),
  shows(
    'calls.create price-forms',
    'takes MaxPricePerMinute with up to four decimal places, and says what it would cost',
    async (api) => {
      for (const MaxPricePerMinute of ['1', '0.0085', '0.01', '999999.9999']) await kept(api, { MaxPricePerMinute });
      for (const MaxPricePerMinute of ['0', '0.0084', '-1', '0.00851', '1e1', 'x', '1,0', '.5', '1.'])
        await refused(api, { MaxPricePerMinute }, 30010);
      await kept(api, { To: '+61255501234', MaxPricePerMinute: '0' });
      const { body } = await api.ask('POST', `${api.base}/Calls`, { form: newCall({ MaxPricePerMinute: '0.008' }) });
      expect(body).toMatchObject({ code: 30010, message: expect.stringContaining('0.0085 USD') });
    },
  ),
  shows('calls.create order', 'refuses To first, then From, the document, methods, numbers, and URLs', async (api) => {
    const wrong: Form = {
      To: 'x',
      From: 'x',
      Url: 'x',
      Method: 'x',
      Timeout: 'x',
      FallbackUrl: 'x',
      StatusCallback: 'x',
    };
    const right: Form = { ...newCall(), Method: 'GET', Timeout: '5', FallbackUrl: hold, StatusCallback: hold };
    const codes: number[] = [];
    for (const name of Object.keys(wrong)) {
      const { body } = await api.ask('POST', `${api.base}/Calls`, { form: wrong });
      codes.push((body as { code: number }).code);
      wrong[name] = right[name]!;
    }
    expect(codes).toEqual([21211, 21212, 21205, 21209, 21208, 21402, 21456]);
    expect((await api.ask('POST', `${api.base}/Calls`, { form: wrong })).status).toBe(200);
  }),
  shows(
    'calls.create amd-beside',
    'asks for the document at once and tells AsyncAmdStatusCallback who has answered',
    async (api) => {
      api.phones[somebody] = {
        answers: 1,
        machine: { greeting: 'Nobody is here, please leave a message.', beep: true },
      };
      await kept(api, { ...amd, StatusCallback: `${app}/state` });
      await api.pass(20_000);
      const [document, told] = api.asked;
      expect([document!.url, document!.form.AnsweredBy]).toEqual([hold, undefined]);
      expect([told!.url, told!.form.AnsweredBy]).toEqual([`${app}/amd`, 'machine_start']);
      expect(await done(api, 'GET', `/Calls/${await newest(api)}`)).toMatchObject({ answered_by: 'machine' });
    },
  ),
  shows('calls.create amd-before', 'asks for the document once it knows who has answered', async (api) => {
    api.phones[somebody] = { answers: 1, script: [{ after: 0.5, say: 'Hello?' }] };
    await kept(api, detection);
    await api.pass(20_000);
    expect(api.asked.map(({ url, form }) => [url, form.AnsweredBy])).toEqual([[hold, 'human']]);
    expect(await done(api, 'GET', `/Calls/${await newest(api)}`)).toMatchObject({ answered_by: 'human' });
  }),
];

async function newest(api: Api): Promise<string> {
  const { calls } = await done(api, 'GET', '/Calls?PageSize=1');
  return (calls as unknown as { sid: string }[])[0]!.sid;
}
