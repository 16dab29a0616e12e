/** Everything that an application is told beside its documents, parameter by parameter (LaML 5). */
import { expect } from 'vitest';
import type { Phone } from '../../../../src/telephony/simulated/script.ts';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { type Case, done, shows } from '../case.ts';
import { numberSid } from './calls.ts';

/** Everything that was told at a path, in its order. */
export const toldAt = (api: Api, path: string): Record<string, string>[] =>
  api.asked.filter(({ url }) => new URL(url).pathname === path).map(({ form }) => form);

export const at = (seconds: number) => `Thu, 01 Jan 2026 09:00:${String(seconds).padStart(2, '0')} +0000`;

export const aSid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** What every callback about a call has that the API has made. */
const ofCall = (sid: string) => ({
  CallSid: sid,
  AccountSid: accounts.uuid,
  ApiVersion: '2010-04-01',
  From: ours,
  To: somebody,
  Direction: 'outbound-api',
});

const ofState = (CallStatus: string, SequenceNumber: string, Timestamp: string) => ({
  CallStatus,
  CallbackSource: 'call-progress-events',
  SequenceNumber,
  Timestamp,
});

export const create = async (api: Api, more: Record<string, string>): Promise<string> => {
  const form = { To: somebody, From: ours, Url: `${app}/hold`, ...more };
  return (await done(api, 'POST', '/Calls', { form })).sid!;
};

const everyState = 'initiated ringing answered completed ringing_forwarded ringing_queued';

export const callbacks: Case[] = [
  shows('callbacks call', 'tells the four states of a call, with these parameters and no others', async (api) => {
    const sid = await create(api, {
      StatusCallback: `${app}/state`,
      StatusCallbackEvent: everyState,
      TimeLimit: '5',
    });
    await api.pass(60_000);
    expect(toldAt(api, '/state')).toEqual([
      { ...ofCall(sid), ...ofState('initiated', '1', at(0)) },
      { ...ofCall(sid), ...ofState('ringing', '2', at(0)) },
      { ...ofCall(sid), ...ofState('in-progress', '3', at(2)) },
      {
        ...ofCall(sid),
        ...ofState('completed', '4', at(7)),
        CallDuration: '5',
        SipResultCode: '200',
        SipInviteResultPhrase: 'OK',
        HangupBy: ours,
        HangupDirection: 'outbound',
      },
    ]);
  }),
  shows('callbacks unless-told', 'tells only the end, whatever it was, when nothing is said of events', async (api) => {
    api.phones[somebody] = { busy: true };
    const sid = await create(api, { StatusCallback: `${app}/state`, StatusCallbackMethod: 'GET' });
    await api.pass(60_000);
    expect(api.asked).toMatchObject([{ method: 'GET', url: expect.stringContaining(`${app}/state?CallSid=${sid}&`) }]);
    const query = Object.fromEntries(new URL(api.asked[0]!.url).searchParams);
    expect(query).toEqual({
      ...ofCall(sid),
      ...ofState('busy', '2', at(0)),
      CallDuration: '0',
      SipResultCode: '486',
      SipInviteResultPhrase: 'Busy Here',
      HangupBy: somebody,
      HangupDirection: 'inbound',
    });
  }),
  shows('callbacks canceled', 'tells nothing of a call that is canceled while it is queued', async (api) => {
    const other = { project: 'demo', dialect: 'laml', to: somebody, from: ours } as const;
    for (let n = 0; n < 100; n++) api.engine.create({ ...other, options: { handlerUrls: [], ringMs: 1000 } });
    const sid = await create(api, { StatusCallback: `${app}/state`, StatusCallbackEvent: everyState });
    await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'canceled' } });
    await api.pass(60_000);
    expect(await done(api, 'GET', `/Calls/${sid}`)).toMatchObject({ status: 'canceled', start_time: null });
    expect(api.asked).toEqual([]);
  }),
  shows('callbacks ends', 'tells how each call ended, by the status that the API shows', async (api) => {
    const ends: Record<string, Phone> = {
      busy: { busy: true },
      rejects: { rejects: true },
      'does not answer': { answers: false },
      'cannot be reached': { unreachable: true },
      'is none': { invalid: true },
      'is lost': { fails: true },
      'is canceled': { answers: 60 },
      drops: { drops: true },
    };
    const told = [];
    for (const [how, phone] of Object.entries(ends)) {
      api.phones[somebody] = phone;
      const sid = await create(api, { StatusCallback: `${app}/state`, Timeout: '5' });
      await api.pass(2_000);
      if (how === 'is canceled') await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'canceled' } });
      await api.pass(30_000);
      const { CallStatus, SequenceNumber, SipResultCode, SipInviteResultPhrase, HangupBy, HangupDirection } =
        toldAt(api, '/state').find(({ CallSid }) => CallSid === sid) ?? {};
      expect((await done(api, 'GET', `/Calls/${sid}`)).status).toBe(CallStatus);
      const by = HangupBy && `${HangupBy === ours ? 'us' : 'them'}, ${HangupDirection}`;
      told.push([how, CallStatus, SequenceNumber, SipResultCode, SipInviteResultPhrase, by]);
    }
    expect(told).toEqual([
      ['busy', 'busy', '2', '486', 'Busy Here', 'them, inbound'],
      ['rejects', 'busy', '3', '603', 'Decline', 'them, inbound'],
      ['does not answer', 'no-answer', '3', '487', 'Request Terminated', 'us, outbound'],
      ['cannot be reached', 'no-answer', '2', '480', 'Temporarily Unavailable', undefined],
      ['is none', 'failed', '2', '484', 'Address Incomplete', undefined],
      ['is lost', 'failed', '2', '503', 'Service Unavailable', undefined],
      ['is canceled', 'canceled', '3', '487', 'Request Terminated', 'us, outbound'],
      ['drops', 'completed', '4', '200', 'OK', 'them, inbound'],
    ]);
  }),
  shows('callbacks child', 'tells of a call that another one makes, with who has made it', async (api) => {
    const attributes = `statusCallback="${app}/child" statusCallbackEvent="initiated ringing answered completed"`;
    api.documents['/dial'] = `<Response><Dial><Number ${attributes}>+15550100098</Number></Dial></Response>`;
    api.phones['+15550100098'] = { answers: 2, hangsUp: 3 };
    const parent = await create(api, { Url: `${app}/dial` });
    await api.pass(60_000);
    const about = {
      CallSid: toldAt(api, '/child')[0]?.CallSid,
      AccountSid: accounts.uuid,
      ApiVersion: '2010-04-01',
      From: ours,
      To: '+15550100098',
      Direction: 'outbound-dial',
      ParentCallSid: parent,
    };
    expect(toldAt(api, '/child')).toEqual([
      { ...about, ...ofState('initiated', '0', at(2)) },
      { ...about, ...ofState('ringing', '1', at(2)) },
      { ...about, ...ofState('in-progress', '2', at(4)) },
      {
        ...about,
        ...ofState('completed', '3', at(7)),
        CallDuration: '3',
        SipResultCode: '200',
        SipInviteResultPhrase: 'OK',
        HangupBy: '+15550100098',
        HangupDirection: 'inbound',
      },
    ]);
  }),
  shows('callbacks number', 'tells where a number says so of the end of each call that comes in', async (api) => {
    const form = { VoiceUrl: `${app}/bye`, StatusCallback: `${app}/state` };
    api.documents['/bye'] = '<Response><Say>Goodbye.</Say></Response>';
    await done(api, 'POST', `/IncomingPhoneNumbers/${await numberSid(api)}`, { form });
    await api.network.callIn({ to: ours, from: somebody, transport: 'PSTN' }, { person: {} });
    await api.pass(60_000);
    expect(toldAt(api, '/state')).toEqual([
      {
        ...ofCall(aSid as unknown as string),
        From: somebody,
        To: ours,
        Direction: 'inbound',
        ...ofState('completed', '2', at(0)),
        CallDuration: '1',
        SipResultCode: '200',
        SipInviteResultPhrase: 'OK',
        HangupBy: ours,
        HangupDirection: 'outbound',
      },
    ]);
  }),
  shows('callbacks application', 'tells where an application says so, of calls out and in', async (api) => {
    api.documents['/bye'] = '<Response><Say>Goodbye.</Say></Response>';
    const { sid: ApplicationSid } = await done(api, 'POST', '/Applications', {
      form: { FriendlyName: 'Menu', VoiceUrl: `${app}/bye`, StatusCallback: `${app}/state` },
    });
    await create(api, { Url: '', ApplicationSid: ApplicationSid!, StatusCallback: `${app}/ignored` });
    const form = { VoiceApplicationSid: ApplicationSid! };
    await done(api, 'POST', `/IncomingPhoneNumbers/${await numberSid(api)}`, { form });
    await api.network.callIn({ to: ours, from: somebody, transport: 'PSTN' }, { person: {} });
    await api.pass(60_000);
    const directions = toldAt(api, '/state').map(({ Direction, CallStatus }) => [Direction, CallStatus]);
    expect(directions).toEqual([
      ['inbound', 'completed'],
      ['outbound-api', 'completed'],
    ]);
    expect(toldAt(api, '/ignored')).toEqual([]);
  }),
];
