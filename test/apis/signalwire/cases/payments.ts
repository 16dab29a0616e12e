import { expect } from 'vitest';
import { idOf } from '../../../../src/vendors/signalwire/sids.ts';
import { type Api, accounts, app, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';

const connector = 'https://pay.example/charge';
const statusCallback = `${app}/pay`;
const card = '4111111111111111';

const prefixed = (letters: string, sid: string) => letters + sid.replaceAll('-', '');

const asked = (key: string) => ({ IdempotencyKey: key, StatusCallback: statusCallback });
const begin = (more: Record<string, string> = {}) => ({ ...asked('begin'), PaymentConnector: connector, ...more });

const refused = { status: 400, code: 10000 };

/** Whoever was called keys that in, so many seconds after each other. */
function keys(api: Api, ...pressed: string[]): void {
  api.phones[somebody] = { script: pressed.map((press) => ({ after: 20, press })) };
}

const told = (api: Api, from = 0) =>
  api.asked
    .filter(({ url }) => url.startsWith(statusCallback))
    .slice(from)
    .map(({ form: { AccountSid: _, CallSid, Sid, DateCreated, DateUpdated, PaymentConnector, ...rest } }) => rest);

/** A payment that has begun. */
async function begun(api: Api, more: Record<string, string> = {}): Promise<{ call: string; path: string }> {
  const call = await talking(api);
  const { sid } = await done(api, 'POST', `/Calls/${call}/Payments`, { form: begin(more) });
  return { call, path: `/Calls/${call}/Payments/${sid}` };
}

const wrong: readonly (readonly [string, string, Record<string, string>, number])[] = [
  ['key-missing', 'needs IdempotencyKey', { IdempotencyKey: '' }, 10000],
  ['callback-missing', 'needs StatusCallback', { StatusCallback: '' }, 21408],
  ['callback', 'refuses a StatusCallback that is none', { StatusCallback: '/pay' }, 21456],
  ['connector-missing', 'needs PaymentConnector', { PaymentConnector: '' }, 10000],
  ['connector-name', 'offers no named connectors', { PaymentConnector: 'Default' }, 10000],
  ['connector-open', 'refuses a connector that is not encrypted', { PaymentConnector: 'http://pay.example/' }, 10000],
  ['amount', 'refuses a ChargeAmount below 0', { ChargeAmount: '-1' }, 10000],
  ['amount-large', 'refuses a ChargeAmount above a million', { ChargeAmount: '1000001' }, 10000],
  ['method', 'refuses an unknown PaymentMethod', { PaymentMethod: 'cash' }, 10000],
  ['account', 'refuses an unknown BankAccountType', { BankAccountType: 'x' }, 10000],
  ['input', 'takes keys alone', { Input: 'speech' }, 10000],
  ['cards', 'refuses an unknown card', { ValidCardTypes: 'visa gold' }, 10000],
  ['timeout', 'refuses a Timeout of more than 600', { Timeout: '601' }, 10000],
  ['token', 'refuses an unknown TokenType', { TokenType: 'x' }, 10000],
  ['postal-length', 'refuses a MinPostalCodeLength that is none', { MinPostalCodeLength: 'x' }, 10000],
  ['code', 'refuses a SecurityCode that is neither true nor false', { SecurityCode: 'x' }, 10000],
  ['parameter', 'refuses a Parameter that is no JSON', { Parameter: '{' }, 10000],
  ['parameter-list', 'refuses a Parameter that is a list', { Parameter: '[1]' }, 10000],
  ['parameter-deep', 'refuses a Parameter of two levels', { Parameter: '{"a":{}}' }, 10000],
  ['matching', 'asks for nothing twice', { RequireMatchingInputs: 'security-code' }, 90000],
  ['confirmation', 'has nothing confirmed', { Confirmation: 'true' }, 90000],
];

export const payments: Case[] = [
  shows(
    'calls.payments.create clients',
    'begins a payment for both clients, and each reads it in its own spelling',
    async (api) => {
      const [signalwire, twilio] = bothClients(api);
      const wanted = { idempotencyKey: 'one', statusCallback, paymentConnector: connector, chargeAmount: 20.45 };
      const call = await talking(api);
      const one = await signalwire.calls(call).payments.create(wanted);
      expect(one.toJSON()).toEqual({
        sid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        accountSid: accounts.uuid,
        callSid: call,
        dateCreated: new Date('2026-01-01T09:00:10Z'),
        dateUpdated: new Date('2026-01-01T09:00:10Z'),
        uri: `${api.base}/Calls/${call}/Payments/${one.sid}.json`,
      });
      const other = prefixed('CA', await talking(api, { To: '+15550100098' }));
      const two = await twilio.calls(other).payments.create({ ...wanted, parameter: { order: 42 } });
      expect(two.toJSON()).toMatchObject({
        sid: expect.stringMatching(/^PK[0-9a-f]{32}$/),
        accountSid: accounts.ac,
        callSid: other,
        uri: `/2010-04-01/Accounts/${accounts.ac}/Calls/${other}/Payments/${two.sid}.json`,
      });
      await api.pass(0);
      expect(told(api)).toEqual([
        { ChargeAmount: '20.45', PaymentMethod: 'credit-card' },
        { ChargeAmount: '20.45', PaymentMethod: 'credit-card' },
      ]);
    },
  ),
  shows(
    'calls.payments.update leads',
    'has one detail after the other keyed in, tells each step, and posts them to the connector',
    async (api) => {
      keys(api, card, '0929', '123');
      api.documents['/charge'] = '{"charge_id":"ch_1"}';
      const [signalwire, twilio] = bothClients(api);
      const call = await talking(api);
      const { sid } = await signalwire.calls(call).payments.create({
        idempotencyKey: 'begin',
        statusCallback,
        paymentConnector: connector,
        chargeAmount: 5,
        postalCode: false,
      });
      const payment = twilio.calls(prefixed('CA', call)).payments(prefixed('PK', sid));
      const capture = async (detail: 'payment-card-number' | 'expiration-date' | 'security-code') => {
        await payment.update({
          idempotencyKey: detail,
          statusCallback: `${statusCallback}?of=${detail}`,
          capture: detail,
        });
        await api.pass(21_000);
      };
      await capture('payment-card-number');
      await capture('expiration-date');
      await capture('security-code');
      expect(
        told(api)
          .filter(({ PartialResult }) => PartialResult === 'false')
          .map(({ Capture, Required, PaymentCardNumber, PaymentCardType, ExpirationDate, SecurityCode }) =>
            [Capture, Required, PaymentCardNumber, PaymentCardType, ExpirationDate, SecurityCode].join(' '),
          ),
      ).toEqual([
        'payment-card-number expiration-date,security-code xxxxxxxxxxxx1111 visa  ',
        'expiration-date security-code xxxxxxxxxxxx1111 visa 0929 ',
        'security-code  xxxxxxxxxxxx1111 visa 0929 xxx',
      ]);
      await signalwire.calls(call).payments(sid).update({ idempotencyKey: 'end', statusCallback, status: 'complete' });
      await api.pass(1_000);
      expect(api.asked.find(({ url }) => url === connector)?.form).toEqual({
        [JSON.stringify({
          transaction_id: sid,
          method: 'credit-card',
          chargeAmount: '5',
          cardnumber: card,
          cvv: '123',
          expiry_month: '09',
          expiry_year: '29',
          currency_code: 'usd',
          parameters: {},
        })]: '',
      });
      expect(told(api).at(-1)).toEqual({
        ChargeAmount: '5',
        Result: 'success',
        PaymentConfirmationCode: 'ch_1',
        PaymentMethod: 'credit-card',
        PaymentCardNumber: 'xxxxxxxxxxxx1111',
        PaymentCardType: 'visa',
        ExpirationDate: '0929',
        SecurityCode: 'xxx',
      });
      expect(JSON.stringify(api.asked.filter(({ url }) => url !== connector))).not.toContain(card);
    },
  ),
  shows('calls.payments.update new-callback', 'tells each step to the StatusCallback given last', async (api) => {
    const { path } = await begun(api);
    const form = { ...asked('1'), StatusCallback: `${statusCallback}/other`, Capture: 'postal-code' };
    await done(api, 'POST', path, { form });
    await api.pass(0);
    expect(api.asked.at(-1)).toMatchObject({
      url: `${statusCallback}/other`,
      form: { Capture: 'postal-code', PartialResult: 'true' },
    });
  }),
  shows('calls.payments.update cancel', 'gives a payment up, and another one may begin', async (api) => {
    const { call, path } = await begun(api, { PaymentMethod: 'ach-debit', BankAccountType: 'commercial-checking' });
    await done(api, 'POST', path, { form: { ...asked('1'), Status: 'cancel' } });
    await api.pass(0);
    expect(told(api, 1)).toEqual([
      {
        BankAccountType: 'commercial-checking',
        TokenType: 'reusable',
        Result: 'transaction-cancelled',
        PaymentMethod: 'ach-debit',
      },
    ]);
    expect((await api.ask('POST', `${api.base}/Calls/${call}/Payments`, { form: begin(asked('next')) })).status).toBe(
      201,
    );
  }),
  shows(
    'calls.payments.create key',
    'gives the same payment under the same key as long as the call lives, and refuses another one under it',
    async (api) => {
      const { call, path } = await begun(api, { ChargeAmount: '5' });
      const again = () => done(api, 'POST', `/Calls/${call}/Payments`, { form: begin({ ChargeAmount: '5' }) });
      expect(path.endsWith(`/${(await again()).sid}`)).toBe(true);
      await done(api, 'POST', path, { form: { ...asked('1'), Status: 'cancel' } });
      expect(path.endsWith(`/${(await again()).sid}`)).toBe(true);
      const other = begin({ ChargeAmount: '6' });
      expectRefused(await api.ask('POST', `${api.base}/Calls/${call}/Payments`, { form: other }), refused);
      await api.pass(0);
      expect(told(api)).toHaveLength(2);
    },
  ),
  shows('calls.payments.update key', 'does the same thing under the same key once', async (api) => {
    const { path } = await begun(api);
    const capture = { ...asked('same'), Capture: 'security-code' };
    await done(api, 'POST', path, { form: capture });
    await done(api, 'POST', path, { form: capture });
    await done(api, 'POST', path, { form: { ...capture, Capture: 'expiration-date' } });
    const cancel = { ...asked('same'), Status: 'cancel' };
    await done(api, 'POST', path, { form: cancel });
    await done(api, 'POST', path, { form: cancel });
    await api.pass(0);
    expect(told(api).map(({ Capture, Result }) => Capture ?? Result ?? 'begun')).toEqual([
      'begun',
      'security-code',
      'expiration-date',
      'transaction-cancelled',
    ]);
  }),
  shows('calls.payments.create one', 'lets one payment at a time go on in a call', async (api) => {
    const { call } = await begun(api);
    expectRefused(await api.ask('POST', `${api.base}/Calls/${call}/Payments`, { form: begin(asked('2')) }), refused);
  }),
  shows('calls.payments.create ended', 'begins none in a call that is not in progress', async (api) => {
    const call = await talking(api, { TimeLimit: '1' });
    await api.pass(60_000);
    const answer = await api.ask('POST', `${api.base}/Calls/${call}/Payments`, { form: begin() });
    expectRefused(answer, { status: 400, code: 21220 });
  }),
  shows('calls.payments.update ended', 'leads none in a call that has ended', async (api) => {
    const call = await talking(api, { TimeLimit: '30' });
    const { sid } = await done(api, 'POST', `/Calls/${call}/Payments`, { form: begin() });
    await api.pass(60_000);
    const form = { ...asked('1'), Status: 'complete' };
    const answer = await api.ask('POST', `${api.base}/Calls/${call}/Payments/${sid}`, { form });
    expectRefused(answer, { status: 400, code: 21220 });
    expect(told(api).at(-1)).toMatchObject({ Result: 'caller-hung-up' });
  }),
  shows('calls.payments.update ending', 'leads none in a call that is being ended', async (api) => {
    const { call, path } = await begun(api);
    api.engine.act(idOf(call)!, { type: 'act.hangUp' });
    const form = { ...asked('1'), Status: 'cancel' };
    expectRefused(await api.ask('POST', api.base + path, { form }), { status: 400, code: 21220 });
    const other = await api.ask('POST', `${api.base}/Calls/${call}/Payments`, { form: begin(asked('2')) });
    expectRefused(other, { status: 400, code: 21220 });
    await api.pass(1_000);
    expect(told(api).map(({ Result }) => Result)).toEqual([undefined, 'caller-hung-up']);
  }),
  shows('calls.payments.create password', 'tells nobody the password of the connector', async (api) => {
    const PaymentConnector = 'https://shop:pa55word@pay.example/charge';
    const { path } = await begun(api, { PaymentConnector });
    await done(api, 'POST', path, { form: { ...asked('1'), Status: 'cancel' } });
    await api.pass(0);
    const connectors = api.asked.map(({ form }) => form.PaymentConnector).filter((one) => one !== undefined);
    expect(connectors).toEqual([connector, connector]);
  }),
  shows('calls.payments.update unknown', 'finds neither a payment that is not there nor a call', async (api) => {
    const { call, path } = await begun(api);
    const form = { ...asked('1'), Status: 'cancel' };
    const other = await talking(api, { To: '+15550100098' });
    const none = [path.replace(call, other), path.replace(/[^/]+$/, 'x'), path.replace(call, call.replace(/./g, '0'))];
    for (const one of none) expectRefused(await api.ask('POST', api.base + one, { form }), missing);
  }),
  shows('calls.payments.update wrong', 'refuses what cannot be done with a payment', async (api) => {
    const { path } = await begun(api);
    const wishes: [Record<string, string>, number][] = [
      [{}, 10000],
      [{ Capture: 'security-code', Status: 'complete' }, 10000],
      [{ Capture: 'bank-account-number' }, 10000],
      [{ Capture: 'security-code-matcher' }, 10000],
      [{ Status: 'complete' }, 10000],
      [{ Status: 'done' }, 10000],
      [{ Status: 'cancel', IdempotencyKey: '' }, 10000],
      [{ Status: 'cancel', StatusCallback: '' }, 21408],
    ];
    for (const [wish, code] of wishes)
      expectRefused(await api.ask('POST', api.base + path, { form: { ...asked('1'), ...wish } }), {
        status: 400,
        code,
      });
    await done(api, 'POST', path, { form: { ...asked('1'), Status: 'cancel' } });
    for (const wish of [{ Capture: 'security-code' }, { Status: 'complete' }, { Status: 'cancel' }])
      expectRefused(await api.ask('POST', api.base + path, { form: { ...asked('2'), ...wish } }), refused);
  }),
  ...wrong.map(([name, says, wish, code]) =>
    shows(`calls.payments.create ${name}`, says, async (api) => {
      const call = await talking(api);
      const answer = await api.ask('POST', `${api.base}/Calls/${call}/Payments`, { form: begin(wish) });
      expectRefused(answer, { status: 400, code });
    }),
  ),
];
