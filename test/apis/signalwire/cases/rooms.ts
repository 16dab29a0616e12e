import { expect } from 'vitest';
import { type Api, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';
import { talking } from './calls.ts';

const room = (attributes = '') =>
  `<Response><Dial><Conference ${attributes}>Room 1</Conference></Dial><Pause length="60"/></Response>`;

/** Two calls that talk in a conference. */
export async function meeting(api: Api, attributes = ''): Promise<{ sid: string; calls: [string, string] }> {
  api.documents['/room'] = room(attributes);
  const one = await talking(api, { Url: `${app}/room` });
  const other = await talking(api, { Url: `${app}/room`, To: '+15550100098' });
  const { conferences } = await done(api, 'GET', '/Conferences');
  return { sid: (conferences as unknown as { sid: string }[])[0]!.sid, calls: [one, other] };
}

/** A call that waits in the queue `support`. */
export async function waiting(api: Api): Promise<{ queue: string; call: string }> {
  api.documents['/queue'] = `<Response><Enqueue>support</Enqueue></Response>`;
  const call = await talking(api, { Url: `${app}/queue` });
  const { queues } = await done(api, 'GET', '/Queues');
  return { queue: (queues as unknown as { sid: string }[])[0]!.sid, call };
}

const prefixed = (letters: string, sid: string) => letters + sid.replaceAll('-', '');

export const rooms: Case[] = [
  shows('conferences.list filters', 'lists conferences for both clients, by name, status and day', async (api) => {
    const { sid } = await meeting(api);
    const [signalwire, twilio] = bothClients(api);
    expect(
      await signalwire.conferences.list({
        friendlyName: 'Room 1',
        status: 'in-progress',
        dateCreated: new Date('2026-01-01'),
      }),
    ).toMatchObject([{ sid, friendlyName: 'Room 1', region: 'us1' }]);
    expect(await twilio.conferences.list({ status: 'in-progress' })).toMatchObject([{ sid: prefixed('CF', sid) }]);
    expect(await signalwire.conferences.list({ status: 'completed' })).toEqual([]);
    expect(await signalwire.conferences.list({ dateCreatedAfter: new Date('2026-01-02') })).toEqual([]);
  }),
  refuses('conferences.list status', 'refuses a status that there is not', ['GET', '/Conferences?Status=x'], {
    status: 400,
    code: 10000,
  }),
  shows('conferences.get shows', 'shows a conference with where its participants are', async (api) => {
    const { sid } = await meeting(api);
    expect(await done(api, 'GET', `/Conferences/${sid}`)).toEqual({
      sid,
      account_sid: expect.any(String),
      date_created: 'Thu, 01 Jan 2026 09:00:02 +0000',
      date_updated: expect.any(String),
      friendly_name: 'Room 1',
      status: 'in-progress',
      api_version: '2010-04-01',
      region: 'us1',
      uri: `${api.base}/Conferences/${sid}.json`,
      reason_conference_ended: null,
      call_sid_ending_conference: null,
      subresource_uris: {
        participants: `${api.base}/Conferences/${sid}/Participants.json`,
        recordings: `${api.base}/Conferences/${sid}/Recordings.json`,
      },
    });
  }),
  refuses('conferences.get unknown', 'finds no other', ['GET', '/Conferences/x'], missing),
  shows('conferences.update end', 'ends a conference, whose calls go on behind it, once', async (api) => {
    const { sid, calls } = await meeting(api);
    const [signalwire, twilio] = bothClients(api);
    expect((await signalwire.conferences(sid).update({ status: 'completed' })).status).toBe('completed');
    await api.pass(1_000);
    expect((await done(api, 'GET', `/Calls/${calls[0]}`)).status).toBe('in-progress');
    await expect(twilio.conferences(prefixed('CF', sid)).update({ status: 'completed' })).rejects.toMatchObject({
      code: 10000,
    });
  }),
  shows('conferences.update announce', 'has a document heard by everybody', async (api) => {
    api.documents['/all'] = '<Response><Say>Hello all.</Say></Response>';
    const { sid } = await meeting(api);
    await api
      .signalwire()
      .conferences(sid)
      .update({ announceUrl: `${app}/all`, announceMethod: 'GET' });
    await api.pass(1_000);
    expect(api.asked.at(-1)).toMatchObject({ method: 'GET', url: expect.stringContaining(`${app}/all`) });
  }),
  shows('conferences.update status', 'knows no other status', async (api) => {
    const { sid } = await meeting(api);
    expectRefused(await api.ask('POST', `${api.base}/Conferences/${sid}`, { form: { Status: 'init' } }), {
      status: 400,
      code: 21475,
    });
  }),
  shows('participants.list filters', 'lists who is in it, by how they are', async (api) => {
    const { sid, calls } = await meeting(api);
    const client = api.signalwire();
    await client.conferences(sid).participants(calls[0]).update({ muted: true });
    const found = async (query: object) =>
      (await client.conferences(sid).participants.list(query)).map(({ callSid }: { callSid: string }) => callSid);
    expect(await found({})).toEqual([calls[1], calls[0]]);
    expect(await found({ muted: true })).toEqual([calls[0]]);
    expect(await found({ hold: true })).toEqual([]);
  }),
  shows('participants.get shows', 'shows how somebody is in it', async (api) => {
    const { sid, calls } = await meeting(api);
    expect(await done(api, 'GET', `/Conferences/${sid}/Participants/${calls[0]}`)).toEqual({
      account_sid: expect.any(String),
      call_sid: calls[0],
      call_sid_to_coach: null,
      coaching: false,
      conference_sid: sid,
      date_created: expect.any(String),
      date_updated: expect.any(String),
      status: 'in-progress',
      end_conference_on_exit: false,
      muted: false,
      hold: false,
      start_conference_on_enter: true,
      label: null,
      uri: `${api.base}/Conferences/${sid}/Participants/${calls[0]}.json`,
    });
  }),
  shows(
    'participants.update changes',
    'mutes, holds, coaches, and asks for what is heard on hold by GET',
    async (api) => {
      const { sid, calls } = await meeting(api);
      const [signalwire, twilio] = bothClients(api);
      const one = signalwire.conferences(sid).participants(calls[0]);
      expect(await one.update({ muted: true, hold: true, holdUrl: `${app}/hold` })).toMatchObject({
        muted: true,
        hold: true,
      });
      await api.pass(1_000);
      expect(api.asked.at(-1)).toMatchObject({ method: 'GET', url: expect.stringContaining(`${app}/hold?`) });
      const same = twilio.conferences(prefixed('CF', sid)).participants(prefixed('CA', calls[0]));
      expect(
        await same.update({ hold: false, coaching: true, callSidToCoach: prefixed('CA', calls[1]) }),
      ).toMatchObject({
        hold: false,
        coaching: true,
        callSidToCoach: prefixed('CA', calls[1]),
      });
      expect(await one.update({ coaching: false, endConferenceOnExit: true })).toMatchObject({
        coaching: false,
        endConferenceOnExit: true,
      });
    },
  ),
  shows('participants.update coach', 'coaches nobody who is not there, and needs to know whom', async (api) => {
    const { sid, calls } = await meeting(api);
    const one = api.signalwire().conferences(sid).participants(calls[0]);
    await expect(one.update({ coaching: true })).rejects.toMatchObject({ status: 400, code: 16002 });
    await expect(one.update({ coaching: true, callSidToCoach: sid })).rejects.toMatchObject({
      status: 400,
      code: 16002,
    });
  }),
  shows('participants.delete goes-on', 'takes somebody out, whose call goes on; and once only', async (api) => {
    const { sid, calls } = await meeting(api);
    const one = api.signalwire().conferences(sid).participants(calls[0]);
    expect(await one.remove()).toBe(true);
    await api.pass(1_000);
    expect((await done(api, 'GET', `/Calls/${calls[0]}`)).status).toBe('in-progress');
    await expect(one.remove()).rejects.toMatchObject({ status: 404, code: 20404 });
  }),
  ...(
    [
      ['wait', 'a WaitUrl that is none', { WaitUrl: 'ftp://x' }],
      ['event', 'an event of a conference that there is not', { ConferenceStatusCallbackEvent: 'foo' }],
      ['beep', 'a Beep that there is not', { Beep: 'maybe' }],
      ['most', 'MaxParticipants that are no number', { MaxParticipants: 'many' }],
    ] as const
  ).map(([id, what, form]) =>
    refuses(
      `participants.create ${id}`,
      `refuses ${what}`,
      ['POST', '/Conferences/room/Participants', { form: { To: somebody, From: ours, ...form } }],
      { status: 400, code: 16002 },
    ),
  ),
  shows('participants.create calls', 'calls somebody into a conference, by its name and by its sid', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const one = await twilio
      .conferences('Front & Desk')
      .participants.create({ to: '+15550100095', from: ours, label: 'ann', endConferenceOnExit: true });
    expect(one).toMatchObject({ status: 'queued', label: 'ann' });
    await api.pass(10_000);
    const [conference] = await signalwire.conferences.list();
    expect(conference.friendlyName).toBe('Front & Desk');
    const other = await signalwire.conferences(conference.sid).participants.create({ to: '+15550100094', from: ours });
    expect(other.conferenceSid).toBe(conference.sid);
    await api.pass(10_000);
    expect((await signalwire.conferences(conference.sid).fetch()).status).toBe('in-progress');
    expect(await signalwire.conferences(conference.sid).participants.list()).toHaveLength(2);
  }),
  shows('queues.create clients', 'makes queues for both clients, 201, each name once', async (api) => {
    const [signalwire, twilio] = bothClients(api);
    const queue = await signalwire.queues.create({ friendlyName: 'support', maxSize: 3 });
    expect(queue).toMatchObject({ friendlyName: 'support', maxSize: 3, currentSize: 0, averageWaitTime: 0 });
    expect((await api.ask('POST', `${api.base}/Queues`, { form: { FriendlyName: 'sales' } })).status).toBe(201);
    await expect(twilio.queues.create({ friendlyName: 'support' })).rejects.toMatchObject({ status: 422, code: 20422 });
  }),
  refuses('queues.create name', 'needs a name', ['POST', '/Queues', { form: {} }], { status: 400, code: 10000 }),
  refuses('queues.create letters', 'refuses blanks in a name', ['POST', '/Queues', { form: { FriendlyName: 'a b' } }], {
    status: 400,
    code: 10000,
  }),
  refuses(
    'queues.create long',
    'refuses a long name',
    ['POST', '/Queues', { form: { FriendlyName: 'x'.repeat(65) } }],
    { status: 400, code: 20002 },
  ),
  refuses(
    'queues.create size',
    'refuses a size of 0',
    ['POST', '/Queues', { form: { FriendlyName: 'a', MaxSize: '0' } }],
    { status: 400, code: 10000 },
  ),
  shows('queues.list both', 'lists queues, those that Enqueue has made too', async (api) => {
    await waiting(api);
    await api.signalwire().queues.create({ friendlyName: 'sales' });
    const found = await api.twilio().queues.list({ pageSize: 1 });
    expect(found.map(({ friendlyName, currentSize }) => [friendlyName, currentSize])).toEqual([
      ['sales', 0],
      ['support', 1],
    ]);
  }),
  shows('queues.get shows', 'shows how long calls have waited', async (api) => {
    const { queue } = await waiting(api);
    expect(await done(api, 'GET', `/Queues/${queue}`)).toMatchObject({
      sid: queue,
      current_size: 1,
      average_wait_time: expect.any(Number),
      max_size: null,
    });
  }),
  shows('queues.update changes', 'changes name and size', async (api) => {
    const { sid } = await done(api, 'POST', '/Queues', { form: { FriendlyName: 'one' } });
    expect(await api.signalwire().queues(sid).update({ friendlyName: 'two', maxSize: 9 })).toMatchObject({
      friendlyName: 'two',
      maxSize: 9,
    });
  }),
  shows('queues.delete empty', 'deletes a queue in which nobody waits', async (api) => {
    const { queue } = await waiting(api);
    const client = api.signalwire();
    await expect(client.queues(queue).remove()).rejects.toMatchObject({ status: 422, code: 20422 });
    await client
      .queues(queue)
      .members('Front')
      .update({ url: `${app}/hold` });
    await api.pass(1_000);
    expect(await client.queues(queue).remove()).toBe(true);
    await expect(client.queues(queue).fetch()).rejects.toMatchObject({ status: 404, code: 20404 });
  }),
  shows('members.list positions', 'lists who waits under queue_members, the first first', async (api) => {
    const { queue, call } = await waiting(api);
    const second = await talking(api, { Url: `${app}/queue`, To: '+15550100098' });
    const found = await api.signalwire().queues(queue).members.list({ pageSize: 1 });
    expect(found).toMatchObject([
      { callSid: call, position: 1 },
      { callSid: second, position: 2 },
    ]);
    expect(Object.keys(await done(api, 'GET', `/Queues/${queue}/Members`))).toContain('queue_members');
  }),
  shows('members.get front', 'shows a member, and the first by Front', async (api) => {
    const { queue, call } = await waiting(api);
    const members = api.twilio().queues(prefixed('QU', queue)).members;
    expect(await members('Front').fetch()).toMatchObject({ callSid: prefixed('CA', call), position: 1 });
    expect(await members(prefixed('CA', call)).fetch()).toMatchObject({ queueSid: prefixed('QU', queue) });
  }),
  shows('members.get nobody', 'finds nobody at the front of an empty queue', async (api) => {
    const { sid } = await done(api, 'POST', '/Queues', { form: { FriendlyName: 'one' } });
    expectRefused(await api.ask('GET', `${api.base}/Queues/${sid}/Members/Front`), missing);
  }),
  shows('members.update redirect', 'sends a call out of the queue to another document', async (api) => {
    const { queue, call } = await waiting(api);
    expect(
      await api
        .signalwire()
        .queues(queue)
        .members('Front')
        .update({ url: `${app}/hold`, method: 'GET' }),
    ).toMatchObject({ callSid: call });
    await api.pass(1_000);
    expect(api.asked.at(-1)).toMatchObject({ method: 'GET', url: expect.stringContaining(`${app}/hold`) });
    expect((await done(api, 'GET', `/Queues/${queue}`)).current_size).toBe(0);
  }),
  shows('members.update url', 'needs a Url', async (api) => {
    const { queue } = await waiting(api);
    for (const form of [{}, { Url: 'x' }] as Record<string, string>[])
      expectRefused(await api.ask('POST', `${api.base}/Queues/${queue}/Members/Front`, { form }), {
        status: 400,
        code: 11100,
      });
  }),
];
