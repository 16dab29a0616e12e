/** Who is in a conference: found by the sid of the call or by a label, coached, called into it. */
import { expect } from 'vitest';
import { app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';
import { entering, meeting, prefixed, room } from './in-conference.ts';

const coachRefused = { status: 400, code: 16002 };

/** What is said of a call that was to coach, and so did not enter. */
const notEntered = { url: `${app}/over`, form: expect.objectContaining({ DialCallStatus: 'failed' }) };

/** What the call of a label that cannot be one is refused with. */
const badLabels = [
  ['long', 'of more than 128 characters', 'x'.repeat(129)],
  ['slash', 'with a slash', 'a/b'],
  ['sid', 'that is a sid', 'CA00000000000000000000000000000000'],
  ['uuid', 'that is a UUID', '01984f2a-3c5d-7e6f-8a9b-0c1d2e3f4a00'],
] as const;

const badParameters = [
  ['timeout-short', 'a Timeout of less than 5 seconds', { Timeout: '4' }, 21208],
  ['timeout-long', 'a Timeout of more than 600 seconds', { Timeout: '601' }, 21208],
  ['most-one', 'MaxParticipants of less than 2', { MaxParticipants: '1' }, 16002],
  ['most-many', 'MaxParticipants of more than 250', { MaxParticipants: '251' }, 16002],
  ['muted', 'a Muted that is neither true nor false', { Muted: '1' }, 10000],
  ['early-media', 'an EarlyMedia that is neither true nor false', { EarlyMedia: 'x' }, 10000],
  ['record', 'an unknown ConferenceRecord', { ConferenceRecord: 'x' }, 16002],
  ['trim', 'an unknown ConferenceTrim', { ConferenceTrim: 'x' }, 16002],
  ['recording-event', 'an unknown event of its recording', { ConferenceRecordingStatusCallbackEvent: 'x' }, 16002],
  ['method', 'a WaitMethod that is neither GET nor POST', { WaitUrl: app, WaitMethod: 'PUT' }, 16002],
] as const;

export const participantCases: Case[] = [
  shows('participants.get label', 'finds somebody by the label, for both clients', async (api) => {
    const { sid, path, ann, bob } = await meeting(api);
    const [signalwire, twilio] = bothClients(api);
    expect(await signalwire.conferences(sid).participants('Ann Lee').fetch()).toMatchObject({
      callSid: ann,
      status: 'in-progress',
    });
    expect(await twilio.conferences(prefixed('CF', sid)).participants('bob.smith').fetch()).toMatchObject({
      callSid: prefixed('CA', bob),
      label: 'bob.smith',
    });
    expect((await done(api, 'GET', `${path}/bob.smith`)).call_sid).toBe(bob);
    const long = '\u{1F600}'.repeat(128);
    const third = await entering(api, room(`participantLabel="${long}"`));
    expect(await twilio.conferences(sid).participants(long).fetch()).toMatchObject({ callSid: prefixed('CA', third) });
    for (const other of ['ann lee', 'bob', 'bob.json', '%F0%9F%98%80'])
      expectRefused(await api.ask('GET', `${api.base}${path}/${other}`), missing);
  }),
  shows('participants.get left', 'shows somebody who has left until another one has the label', async (api) => {
    const { path, ann, bob } = await meeting(api);
    expect((await api.ask('DELETE', `${api.base}${path}/Ann%20Lee`)).status).toBe(204);
    expect(await done(api, 'GET', `${path}/Ann%20Lee`)).toMatchObject({ call_sid: ann, status: 'completed' });
    expectRefused(await api.ask('DELETE', `${api.base}${path}/Ann%20Lee.json`), missing);
    const next = await entering(api, room('participantLabel="Ann Lee"'));
    expect(await done(api, 'GET', `${path}/Ann%20Lee`)).toMatchObject({ call_sid: next, status: 'in-progress' });
    const { participants } = await done(api, 'GET', path);
    expect((participants as unknown as { call_sid: string }[]).map(({ call_sid }) => call_sid)).toEqual([next, bob]);
  }),
  shows('participants.update label', 'changes somebody by the label, who may coach another by theirs', async (api) => {
    const { sid, ann, bob } = await meeting(api);
    const bobs = api.twilio().conferences(prefixed('CF', sid)).participants('bob.smith');
    expect(await bobs.update({ muted: true })).toMatchObject({ callSid: prefixed('CA', bob), muted: true });
    expect(await bobs.update({ coaching: true, callSidToCoach: 'Ann Lee' })).toMatchObject({
      coaching: true,
      callSidToCoach: prefixed('CA', ann),
    });
  }),
  shows('participants.update coach-elsewhere', 'coaches nobody but who is in the same conference now', async (api) => {
    const { path, bob } = await meeting(api);
    const elsewhere = await entering(api, room('', 'Room 2'));
    const nowhere = await talking(api);
    const gone = await entering(api, room('participantLabel="gone"'));
    await done(api, 'POST', `/Calls/${gone}`, { form: { Status: 'completed' } });
    await api.pass(1_000);
    for (const CallSidToCoach of [bob, 'bob.smith', elsewhere, nowhere, gone, 'gone', 'nobody', 'x'.repeat(500)])
      expectRefused(
        await api.ask('POST', `${api.base}${path}/${bob}`, { form: { Coaching: 'true', CallSidToCoach } }),
        {
          ...coachRefused,
        },
      );
    expect(await done(api, 'GET', `${path}/${bob}`)).toMatchObject({ coaching: false, call_sid_to_coach: null });
  }),
  shows('participants.get coach', 'does not let in who is to coach somebody outside the conference', async (api) => {
    const { path, ann } = await meeting(api);
    const elsewhere = await entering(api, room('startConferenceOnEnter="false"', 'Room 2'));
    const nowhere = await talking(api);
    for (const [coach, name] of [
      [elsewhere, 'Room 1'],
      [nowhere, 'Room 1'],
      // It has not begun: nobody is coached in it.
      [elsewhere, 'Room 2'],
    ]) {
      const call = await entering(api, room(`coach="${coach}"`, name));
      expect(api.asked.at(-1)).toMatchObject(notEntered);
      expectRefused(await api.ask('GET', `${api.base}${path}/${call}`), missing);
    }
    const coach = await entering(api, room(`coach="${prefixed('CA', ann)}"`));
    expect(await done(api, 'GET', `${path}/${coach}`)).toMatchObject({ coaching: true, call_sid_to_coach: ann });
  }),
  shows('participants.get coach-self', 'does not let in who is to coach themselves', async (api) => {
    const { path } = await meeting(api);
    const call = await talking(api);
    api.documents['/self'] = room(`coach="${call}"`);
    await done(api, 'POST', `/Calls/${call}`, { form: { Url: `${app}/self` } });
    await api.pass(1_000);
    expect(api.asked.at(-1)).toMatchObject(notEntered);
    expectRefused(await api.ask('GET', `${api.base}${path}/${call}`), missing);
  }),
  ...badLabels.map(([id, what, Label]) =>
    shows(`participants.create label-${id}`, `refuses a label ${what}`, async (api) => {
      const form = { To: somebody, From: ours, Label };
      expectRefused(await api.ask('POST', `${api.base}/Conferences/r/Participants`, { form }), coachRefused);
    }),
  ),
  ...badParameters.map(([id, what, parameters, code]) =>
    shows(`participants.create ${id}`, `refuses ${what}`, async (api) => {
      const form = { To: somebody, From: ours, ...parameters };
      expectRefused(await api.ask('POST', `${api.base}/Conferences/r/Participants`, { form }), { status: 400, code });
    }),
  ),
  shows('participants.create label-taken', 'refuses the label of somebody in the conference', async (api) => {
    const { path } = await meeting(api);
    const form = { To: somebody, From: ours, Label: 'Ann Lee' };
    expectRefused(await api.ask('POST', `${api.base}${path}`, { form }), coachRefused);
    await done(api, 'DELETE', `${path}/Ann%20Lee`);
    expect(await done(api, 'POST', path, { form })).toMatchObject({ label: 'Ann Lee', status: 'queued' });
  }),
  shows('participants.create coach', 'calls somebody in to coach, and nobody who could not', async (api) => {
    const { path, ann } = await meeting(api);
    const people = { To: somebody, From: ours };
    for (const form of [
      { ...people, Coaching: 'true' },
      { ...people, CallSidToCoach: ann },
      { ...people, Coaching: 'true', CallSidToCoach: 'nobody' },
      { ...people, Coaching: 'true', CallSidToCoach: await talking(api) },
    ])
      expectRefused(await api.ask('POST', api.base + path, { form: form as Record<string, string> }), coachRefused);
    const other = await api.ask('POST', `${api.base}/Conferences/other/Participants`, {
      form: { ...people, Coaching: 'true', CallSidToCoach: ann },
    });
    expectRefused(other, coachRefused);
    const alone = await entering(api, room('startConferenceOnEnter="false"', 'Room 2'));
    const early = { ...people, Coaching: 'true', CallSidToCoach: alone };
    expectRefused(
      await api.ask('POST', `${api.base}/Conferences/Room%202/Participants`, { form: early }),
      coachRefused,
    );
    const form = { ...people, Coaching: 'true', CallSidToCoach: 'Ann Lee', Label: 'coach' };
    expect(await done(api, 'POST', path, { form })).toMatchObject({ coaching: true, call_sid_to_coach: ann });
    await api.pass(10_000);
    expect(await done(api, 'GET', `${path}/coach`)).toMatchObject({
      coaching: true,
      call_sid_to_coach: ann,
      status: 'in-progress',
    });
  }),
  shows('participants.create whole', 'does with the conference and the call what the request says', async (api) => {
    const form = {
      To: somebody,
      From: ours,
      Label: 'R&D <1>',
      Muted: 'true',
      StartConferenceOnEnter: 'false',
      EndConferenceOnExit: 'true',
      EarlyMedia: 'true',
      WaitUrl: '',
      ConferenceRecord: 'true',
      ConferenceRecordingStatusCallback: `${app}/recorded`,
      ConferenceStatusCallback: `${app}/events`,
      ConferenceStatusCallbackEvent: 'join leave',
      StatusCallback: `${app}/states`,
      StatusCallbackEvent: 'answered',
      CallerId: '+15550100001',
    };
    const made = await done(api, 'POST', '/Conferences/Room%20%26%201/Participants', { form });
    expect(made).toMatchObject({
      conference_sid: null,
      status: 'queued',
      muted: true,
      hold: false,
      coaching: false,
      start_conference_on_enter: false,
      end_conference_on_exit: true,
      label: 'R&D <1>',
      uri: `${api.base}/Conferences/Room%20%26%201/Participants/${made.call_sid}.json`,
    });
    await api.pass(10_000);
    const [{ sid, friendly_name } = { sid: '', friendly_name: '' }] = (await done(api, 'GET', '/Conferences'))
      .conferences as unknown as { sid: string; friendly_name: string }[];
    expect(friendly_name).toBe('Room & 1');
    expect(await done(api, 'GET', `/Conferences/${sid}/Participants/R%26D%20%3C1%3E`)).toMatchObject({
      conference_sid: sid,
      call_sid: made.call_sid,
      status: 'in-progress',
      muted: true,
      start_conference_on_enter: false,
      end_conference_on_exit: true,
    });
    await entering(api, room('', 'Room &amp; 1'));
    expect((await done(api, 'GET', `/Conferences/${sid}/Recordings`)).recordings).toMatchObject([
      { source: 'Conference', status: 'in-progress' },
    ]);
    await done(api, 'POST', `/Calls/${made.call_sid}`, { form: { Status: 'completed' } });
    await api.pass(10_000);
    expect((await done(api, 'GET', `/Conferences/${sid}`)).status).toBe('completed');
    const told = api.asked.map(({ url, form: { StatusCallbackEvent, CallStatus, RecordingStatus } }) => [
      url.slice(app.length),
      StatusCallbackEvent ?? RecordingStatus ?? CallStatus,
    ]);
    expect(told).toEqual([
      ['/states', 'in-progress'],
      ['/events', 'participant-join'],
      ['/room', 'in-progress'],
      ['/events', 'participant-join'],
      ['/events', 'participant-leave'],
      ['/over', 'in-progress'],
      ['/events', 'participant-leave'],
      ['/recorded', 'completed'],
    ]);
  }),
  shows('participants.list pages', 'lists the newest first, in pages, by how they are', async (api) => {
    const { path, ann, bob } = await meeting(api);
    const next = await entering(api, room('muted="true"'));
    await done(api, 'POST', `${path}/${bob}`, { form: { Coaching: 'true', CallSidToCoach: ann } });
    await done(api, 'POST', `${path}/${ann}`, { form: { Hold: 'true' } });
    const found = async (query = '') =>
      ((await done(api, 'GET', path + query)).participants as unknown as { call_sid: string }[]).map(
        (one) => one.call_sid,
      );
    expect(await found()).toEqual([next, bob, ann]);
    expect(await found('?Muted=true')).toEqual([next]);
    expect(await found('?Muted=false')).toEqual([bob, ann]);
    expect(await found('?Hold=true')).toEqual([ann]);
    expect(await found('?Hold=false&Muted=false')).toEqual([bob]);
    expect(await found('?Coaching=true')).toEqual([bob]);
    for (const query of ['Muted=x', 'Hold=1', 'Coaching=y'])
      expectRefused(await api.ask('GET', `${api.base}${path}?${query}`), { status: 400, code: 10000 });
    const first = await done(api, 'GET', `${path}?PageSize=2`);
    const { body } = await api.ask('GET', api.url + first.next_page_uri);
    expect(body).toMatchObject({ participants: [{ call_sid: ann }], page: 1, next_page_uri: null });
  }),
];
