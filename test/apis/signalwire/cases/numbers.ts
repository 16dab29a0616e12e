/** Every field of numbers, and every value that is refused. */
import { expect } from 'vitest';
import { type Api, accounts, ours } from '../api.ts';
import { type Case, done, expectRefused, missing, shows } from '../case.ts';
import { numberSid } from './calls.ts';
import { about, bad, everyUrl, later, made, settings, shown, urlCodes, walked } from './whole.ts';

const number = (api: Api, sid: string) => ({
  sid,
  ...about,
  account_id: accounts.uuid,
  address_requirements: 'none',
  address_sid: null,
  beta: false,
  capabilities: { voice: true, sms: true, mms: false, fax: true },
  // 555 is no area.
  country_code: null,
  date_created: made,
  date_updated: made,
  emergency_address_sid: null,
  emergency_status: 'Inactive',
  friendly_name: '(555) 010-0001',
  identity_sid: null,
  origin: 'signalwire',
  phone_number: ours,
  sms_application_sid: null,
  sms_fallback_method: 'POST',
  sms_fallback_url: null,
  sms_method: 'POST',
  sms_url: null,
  status_callback: null,
  status_callback_method: 'POST',
  trunk_sid: null,
  uri: `${api.base}/IncomingPhoneNumbers/${sid}.json`,
  voice_application_sid: null,
  voice_caller_id_lookup: false,
  voice_fallback_method: 'POST',
  voice_fallback_url: null,
  voice_method: 'POST',
  voice_receive_mode: 'voice',
  voice_url: null,
});

export const numberCases: Case[] = [
  shows(
    'numbers.get whole',
    'shows every field of the vendor, as they were set and as they are unless set',
    async (api) => {
      const sid = await numberSid(api);
      expect(await done(api, 'GET', `/IncomingPhoneNumbers/${sid}.json`)).toEqual(number(api, sid));
      await api.pass(5_000);
      const own = await done(api, 'POST', '/Applications', { form: { FriendlyName: 'x' } });
      const form = {
        FriendlyName: 'Desk',
        ...everyUrl,
        VoiceApplicationSid: own.sid!,
        SmsApplicationSid: own.sid!,
        VoiceReceiveMode: 'fax',
      };
      const changed = { ...number(api, sid), ...shown(form), date_updated: later };
      expect(await done(api, 'POST', `/IncomingPhoneNumbers/${sid}`, { form })).toEqual(changed);
      const empty = Object.fromEntries(Object.keys(form).map((name) => [name, '']));
      expect(await done(api, 'POST', `/IncomingPhoneNumbers/${sid}`, { form: empty })).toEqual({
        ...number(api, sid),
        date_updated: later,
      });
    },
  ),
  ...settings(
    'numbers',
    '/IncomingPhoneNumbers',
    { PhoneNumber: '+15550100500' },
    {
      ...urlCodes,
      VoiceApplicationSid: 21420,
      SmsApplicationSid: 21420,
      VoiceReceiveMode: 10000,
    },
  ),
  shows('numbers.create bounds', 'takes numbers of 5 to 15 digits', async (api) => {
    for (const PhoneNumber of ['+12345', '+123456789012345'])
      expect((await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber } })).phone_number).toBe(
        PhoneNumber,
      );
    for (const PhoneNumber of [
      '+1234',
      '+1234567890123456',
      '15550100500',
      '+0123456',
      '+1555010050x',
      '+1 5550100500',
    ])
      expectRefused(await api.ask('POST', `${api.base}/IncomingPhoneNumbers`, { form: { PhoneNumber } }), bad(21421));
  }),
  shows('numbers.create area', 'takes one after the other of an area, until none is left', async (api) => {
    for (const AreaCode of ['1', '12', '1234', '112', 'abc', ''])
      expectRefused(await api.ask('POST', `${api.base}/IncomingPhoneNumbers`, { form: { AreaCode } }), bad(21421));
    const taken = [];
    for (let count = 0; count < 100; count++)
      taken.push((await done(api, 'POST', '/IncomingPhoneNumbers', { form: { AreaCode: '310' } })).phone_number);
    expect([new Set(taken).size, taken[0], taken[99]]).toEqual([100, '+13105550100', '+13105550199']);
    const one = await api.ask('POST', `${api.base}/IncomingPhoneNumbers`, { form: { AreaCode: '310' } });
    expectRefused(one, bad(21452));
  }),
  shows('numbers.list pages', 'lists the newest first, in pages, by pattern and by name', async (api) => {
    for (const PhoneNumber of ['+15550100500', '+15550100501', '+442071838750'])
      await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber, FriendlyName: PhoneNumber.slice(-2) } });
    expect(await walked(api, '/IncomingPhoneNumbers', 'incoming_phone_numbers', 'phone_number')).toEqual([
      ['+442071838750', '+15550100501'],
      ['+15550100500', ours],
    ]);
    const found = async (query: object) =>
      (await api.signalwire().incomingPhoneNumbers.list(query)).map((one: { phoneNumber: string }) => one.phoneNumber);
    expect(await found({ phoneNumber: '+1555' })).toEqual(['+15550100501', '+15550100500', ours]);
    expect(await found({ phoneNumber: '2*7' })).toEqual(['+442071838750']);
    expect(await found({ phoneNumber: '050*' })).toEqual(['+15550100501', '+15550100500']);
    expect(await found({ friendlyName: '50' })).toEqual(['+442071838750']);
    expect(await found({ friendlyName: '5' })).toEqual([]);
    expectRefused(await api.ask('GET', `${api.base}/IncomingPhoneNumbers?PhoneNumber=5-5`), bad(21421));
    await done(api, 'POST', '/ImportedPhoneNumbers', { form: { PhoneNumber: '+15550100600' } });
    expect(await found({ origin: 'hosted' })).toEqual(['+15550100600']);
    for (const origin of ['twilio', 'signalwire']) expect(await found({ origin })).toHaveLength(4);
    expect([await found({ beta: true }), (await found({ beta: false })).length]).toEqual([[], 5]);
    expectRefused(await api.ask('GET', `${api.base}/IncomingPhoneNumbers?Origin=x`), bad(10000));
  }),
  shows(
    'available.local whole',
    'shows what a number that nobody has can do, and no number of anybody',
    async (api) => {
      await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: '+12125550100' } });
      expect(await done(api, 'GET', '/AvailablePhoneNumbers/US/Local.json?PageSize=1')).toEqual({
        uri: `${api.base}/AvailablePhoneNumbers/US/Local.json`,
        available_phone_numbers: [
          {
            friendly_name: '(212) 555-0101',
            phone_number: '+12125550101',
            iso_country: 'US',
            beta: false,
            capabilities: { voice: true, SMS: true, MMS: false, fax: true },
            address_requirements: 'none',
          },
        ],
      });
      for (const [query, code] of [
        ['AreaCode=199', 10000],
        ['AreaCode=x', 10000],
        ['PageSize=0', 54454],
        ['PageSize=1001', 54454],
      ] as const)
        expectRefused(await api.ask('GET', `${api.base}/AvailablePhoneNumbers/US/Local?${query}`), bad(code));
      expectRefused(await api.ask('GET', `${api.base}/AvailablePhoneNumbers/DE/Local`), missing);
    },
  ),
];
