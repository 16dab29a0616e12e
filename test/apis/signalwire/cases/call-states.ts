/** A call over its life: what is shown of it (LaML 6.3, 8). */
import { expect } from 'vitest';
import type { Phone } from '../../../../src/telephony/simulated/script.ts';
import { app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, shows } from '../case.ts';
import { hold, newCall, numberSid } from './calls.ts';
import { at, callThat, fetched, type Shown, shown, standing } from './standing-calls.ts';

const times = ['status', 'start_time', 'end_time', 'duration'] as const;

/** How a call ends, and what is shown of it then. */
const ends: readonly (readonly [string, string, Phone, Record<string, string>, Shown])[] = [
  [
    'hung-up',
    'somebody who answers and hangs up',
    { answers: 2, hangsUp: 4.2 },
    {},
    { status: 'completed', start_time: at(0), duration: 5, sip_result_code: '200', price: 0.0085 },
  ],
  ['busy', 'somebody who is busy', { busy: true }, {}, { status: 'busy', sip_result_code: '486' }],
  ['rejects', 'somebody who refuses', { rejects: true }, {}, { status: 'busy', sip_result_code: '603' }],
  ['unreachable', 'somebody who cannot be reached', { unreachable: true }, {}, { status: 'no-answer' }],
  ['invalid', 'what is no number', { invalid: true }, {}, { status: 'failed', sip_result_code: '484' }],
  ['fails', 'a network that fails', { fails: true }, {}, { status: 'failed' }],
  [
    'rings-out',
    'somebody who never answers',
    { answers: false },
    { Timeout: '7' },
    { status: 'no-answer', end_time: at(7) },
  ],
  [
    'rings-long',
    'somebody who never answers, for a minute',
    { answers: false },
    {},
    { status: 'no-answer', end_time: 'Thu, 01 Jan 2026 09:01:00 +0000' },
  ],
];

const statistics = { meanOpinionScore: 4.31, roundTripMs: 40.4, jitterMs: 1.6, lostPackets: 3 };

export const callStates: Case[] = [
  ...ends.map(([name, whom, phone, more, expected]) =>
    shows(`calls.get ends-${name}`, `shows how a call to ${whom} has ended`, async (api) => {
      api.phones[somebody] = phone;
      const { sid } = await done(api, 'POST', '/Calls', { form: newCall(more) });
      await api.pass(100_000);
      const call = await shown(api, sid!);
      expect(call).toMatchObject({ end_time: expect.any(String), duration: 0, price: null, ...expected });
      expect(call.date_updated).toBe(call.end_time);
    }),
  ),
  shows('calls.get figures', 'shows the quality of a call in whole numbers, once it has ended', async (api) => {
    api.phones[somebody] = { answers: 1, hangsUp: 3, statistics };
    const { sid } = await done(api, 'POST', '/Calls', { form: newCall() });
    await api.pass(2_000);
    const figures = ['audio_in_mos', 'audio_rtt_avg', 'audio_out_jitter_avg', 'audio_out_lost'];
    expect(Object.values(fetched(await shown(api, sid!), ...figures))).toEqual([null, null, null, null]);
    await api.pass(10_000);
    expect(Object.values(fetched(await shown(api, sid!), ...figures))).toEqual([4.31, 40, 2, 3]);
  }),
  shows(
    'calls.get times',
    'shows when a call began and ended, and for how long it was answered, when that is known',
    async (api) => {
      api.phones[somebody] = { answers: 3, hangsUp: 2.5 };
      const { sid } = await done(api, 'POST', '/Calls', { form: newCall() });
      const seen = [fetched(await shown(api, sid!), ...times)];
      for (const seconds of [2, 3, 5]) {
        await api.pass(seconds * 1_000);
        seen.push(fetched(await shown(api, sid!), ...times));
      }
      expect(seen).toEqual([
        { status: 'queued', start_time: null, end_time: null, duration: 0 },
        { status: 'ringing', start_time: at(0), end_time: null, duration: 0 },
        { status: 'in-progress', start_time: at(0), end_time: null, duration: 0 },
        { status: 'completed', start_time: at(0), end_time: expect.any(String), duration: 3 },
      ]);
    },
  ),
  shows('calls.get whole', 'changes nothing of a call but what has happened to it, in every state', async (api) => {
    api.phones[somebody] = { answers: 3, hangsUp: 6.2, script: [{ after: 0.5, say: 'Hello?' }], statistics };
    const made: Shown = await done(api, 'POST', '/Calls', { form: newCall({ MachineDetection: 'Enable' }) });
    const after = async (seconds: number) => {
      await api.pass(seconds * 1_000);
      return shown(api, String(made.sid));
    };
    expect(await after(0.5)).toEqual({ ...made, status: 'ringing', start_time: at(0), date_updated: at(0) });
    const answered = { status: 'in-progress', start_time: at(0), sip_result_code: '200' };
    expect(await after(2.6)).toEqual({ ...made, ...answered, date_updated: at(3) });
    const known = { ...answered, answered_by: 'human' };
    const going = await after(4);
    expect(going).toEqual({ ...made, ...known, date_updated: going.date_updated });
    const ended = await after(10);
    expect(ended).toEqual({
      ...made,
      ...known,
      status: 'completed',
      date_updated: ended.end_time,
      end_time: at(9),
      duration: 7,
      price: 0.0085,
      audio_in_mos: 4.31,
      audio_rtt_avg: 40,
      audio_out_jitter_avg: 2,
      audio_out_lost: 3,
    });
  }),
  shows('calls.create at-once', 'lists and shows a call as soon as it is made, to both clients', async (api) => {
    for (const client of bothClients(api)) {
      const { sid } = await client.calls.create({ to: somebody, from: ours, url: hold });
      expect((await client.calls(sid).fetch()).sid).toBe(sid);
      expect((await client.calls.list({ limit: 1 }))[0].sid).toBe(sid);
      expect((await client.calls.list({ status: 'queued', limit: 1 }))[0].sid).toBe(sid);
    }
  }),
  shows('calls.list same', 'shows a call in a list as by itself, in whatever state it is', async (api) => {
    for (const stands of Object.keys(standing)) {
      const sid = await callThat(api, stands);
      const { calls } = (await done(api, 'GET', '/Calls?PageSize=1')) as unknown as { calls: Shown[] };
      expect(calls).toEqual([await shown(api, sid)]);
      delete api.phones[somebody];
      delete api.limits.concurrent;
    }
  }),
  shows('calls.get inbound', 'shows how calls to a number of ours have ended', async (api) => {
    api.documents['/busy'] = '<Response><Reject reason="busy"/></Response>';
    api.documents['/rejected'] = '<Response><Reject/></Response>';
    api.documents['/broken'] = '<Response>';
    api.documents['/done'] = '<Response><Hangup/></Response>';
    const number = await numberSid(api);
    const ended: unknown[] = [];
    for (const [path, script] of [
      ['/busy'],
      ['/rejected'],
      ['/broken'],
      ['/done'],
      ['/hold', [{ after: 2, hangUp: true }]],
    ] as const) {
      await done(api, 'POST', `/IncomingPhoneNumbers/${number}`, { form: { VoiceUrl: `${app}${path}` } });
      api.network.callIn({ to: ours, from: '+15550100042', transport: 'PSTN' }, script && { script });
      await api.pass(5_000);
      const { calls } = (await done(api, 'GET', '/Calls?PageSize=1')) as unknown as { calls: Shown[] };
      ended.push([path, ...Object.values(fetched(calls[0]!, 'status', 'direction', 'to', 'phone_number_sid'))]);
    }
    const of = (path: string, is: string) => [path, is, 'inbound', ours, number];
    expect(ended).toEqual([
      of('/busy', 'busy'),
      of('/rejected', 'no-answer'),
      of('/broken', 'failed'),
      of('/done', 'completed'),
      of('/hold', 'no-answer'),
    ]);
  }),
  shows(
    'calls.get order',
    'shows children as ended when the action of their Dial is asked, and a call when its end is told',
    async (api) => {
      api.documents['/dial'] =
        `<Response><Dial action="${app}/after" timeLimit="5"><Number>+15550100096</Number></Dial></Response>`;
      api.documents['/after'] = '<Response><Record action="/recorded"/></Response>';
      const seen: string[] = [];
      api.onAsked(({ url, form }) => {
        const states = [...api.store.calls()].map(({ to, state }) => `${to.slice(-2)} ${state}`);
        seen.push([new URL(url).pathname, form.CallStatus, ...states].join(', '));
      });
      await done(api, 'POST', '/Calls', {
        form: newCall({ Url: `${app}/dial`, StatusCallback: `${app}/state`, TimeLimit: '12' }),
      });
      await api.pass(100_000);
      expect(seen).toEqual([
        '/dial, in-progress, 99 inProgress',
        '/after, in-progress, 99 inProgress, 96 completed',
        '/recorded, completed, 99 completed, 96 completed',
        '/state, completed, 99 completed, 96 completed',
      ]);
    },
  ),
];
