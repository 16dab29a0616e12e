/** Everything that is told of a conference, in its order, and from it (LaML 5.2). */
import { expect } from 'vitest';
import { accounts, app, somebody } from '../api.ts';
import { type Case, done, shows } from '../case.ts';
import { toldAt } from './callbacks.ts';
import { talking } from './calls.ts';

export const conferenceCallbacks: Case[] = [
  shows(
    'callbacks conference',
    'tells everything that happens in a conference, in its order and counted',
    async (api) => {
      const wanted = 'start end join leave mute hold speaker modify announcement';
      api.documents['/all'] = '<Response><Say>Hello all.</Say></Response>';
      api.documents['/room'] =
        `<Response><Dial><Conference participantLabel="first" statusCallback="${app}/room-events" statusCallbackEvent="${wanted}">Room</Conference></Dial></Response>`;
      const first = await talking(api, { Url: `${app}/room` });
      api.phones['+15550100098'] = { script: [{ after: 1, say: 'Hello everybody.' }] };
      api.documents['/second'] =
        '<Response><Dial><Conference endConferenceOnExit="true">Room</Conference></Dial></Response>';
      const second = await talking(api, { Url: `${app}/second`, To: '+15550100098' });
      const [{ sid }] = await api.signalwire().conferences.list();
      const steps: [string, Record<string, string>][] = [
        [`/Participants/${first}`, { Muted: 'true' }],
        [`/Participants/${first}`, { Muted: 'true' }],
        [`/Participants/${first}`, { Muted: 'false' }],
        [`/Participants/${first}`, { Hold: 'true' }],
        [`/Participants/${first}`, { Hold: 'false' }],
        [`/Participants/${first}`, { Coaching: 'true', CallSidToCoach: second }],
        ['', { AnnounceUrl: `${app}/all` }],
      ];
      for (const [path, form] of steps) {
        await done(api, 'POST', `/Conferences/${sid}${path}`, { form });
        await api.pass(1_000);
      }
      await done(api, 'POST', `/Calls/${second}`, { form: { Status: 'completed' } });
      await api.pass(5_000);

      const told = toldAt(api, '/room-events');
      const ofRoom = { AccountSid: accounts.uuid, ConferenceSid: sid, FriendlyName: 'Room' };
      for (const [index, { Timestamp, SequenceNumber, ...one }] of told.entries()) {
        expect(one).toMatchObject(ofRoom);
        expect([SequenceNumber, Timestamp]).toEqual([
          String(index + 1),
          expect.stringMatching(/^Thu, 01 Jan 2026 09:00:\d\d \+0000$/),
        ]);
      }
      const rest = told.map(
        ({ Timestamp: _, SequenceNumber: __, AccountSid: ___, ConferenceSid: ____, FriendlyName: _____, ...one }) =>
          one,
      );
      const ofFirst = {
        CallSid: first,
        Muted: 'false',
        Hold: 'false',
        StartConferenceOnEnter: 'true',
        EndConferenceOnExit: 'false',
        Coaching: 'false',
        ParticipantLabel: 'first',
      };
      const { ParticipantLabel, ...unlabelled } = ofFirst;
      const ofSecond = { ...unlabelled, CallSid: second, EndConferenceOnExit: 'true' };
      const coaches = { ...ofFirst, Coaching: 'true', CallSidToCoach: second };
      const left = (ParticipantCallStatus: string, ReasonParticipantLeft: string) => ({
        StatusCallbackEvent: 'participant-leave',
        ParticipantCallStatus,
        ReasonParticipantLeft,
      });
      expect(rest).toEqual([
        { StatusCallbackEvent: 'participant-join', ...ofFirst },
        { StatusCallbackEvent: 'participant-join', ...ofSecond },
        { StatusCallbackEvent: 'conference-start' },
        { StatusCallbackEvent: 'participant-speech-start', ...ofSecond },
        { StatusCallbackEvent: 'participant-speech-stop', ...ofSecond },
        { StatusCallbackEvent: 'participant-mute', ...ofFirst, Muted: 'true' },
        { StatusCallbackEvent: 'participant-unmute', ...ofFirst },
        { StatusCallbackEvent: 'participant-hold', ...ofFirst, Hold: 'true' },
        { StatusCallbackEvent: 'participant-unhold', ...ofFirst },
        { StatusCallbackEvent: 'participant-modify', ...coaches },
        { StatusCallbackEvent: 'announcement-end' },
        { ...left('completed', 'participant_updated_via_api'), ...ofSecond },
        { ...left('in-progress', 'moderator_ended_conference'), ...coaches },
        {
          StatusCallbackEvent: 'conference-end',
          CallSidEndingConference: second,
          ReasonConferenceEnded: 'participant-with-end-conference-on-exit-kicked',
          Reason: expect.stringMatching(/./),
        },
      ]);
    },
  ),
  shows(
    'callbacks conference-recording',
    'tells of the recording of a conference, and of its end once',
    async (api) => {
      const words = 'Hello everybody, and welcome to this conference.';
      for (const number of [somebody, '+15550100098']) api.phones[number] = { script: [{ after: 12, say: words }] };
      const room = (name: string, attributes: string) =>
        `<Response><Dial><Conference record="record-from-start" eventCallbackUrl="${app}/event" ${attributes}>${name}</Conference></Dial></Response>`;
      api.documents['/one'] = room('One', '');
      api.documents['/two'] = room(
        'Two',
        `recordingStatusCallback="${app}/recording" recordingStatusCallbackEvent="in-progress completed absent"`,
      );
      for (const path of ['/one', '/two'])
        for (const To of [somebody, '+15550100098']) await talking(api, { Url: app + path, To, TimeLimit: '40' });
      await api.pass(120_000);
      const RecordingUrl = expect.stringMatching(new RegExp(`^http.*${api.base}/Recordings/[-0-9a-f]{36}$`));
      expect(toldAt(api, '/event')).toEqual([
        {
          AccountSid: accounts.uuid,
          ConferenceSid: expect.any(String),
          FriendlyName: 'One',
          Timestamp: expect.stringMatching(/ \+0000$/),
          EventName: 'conference-record-end',
          RecordingUrl,
          Duration: expect.stringMatching(/^\d+$/),
          RecordingFileSize: expect.stringMatching(/^\d+$/),
        },
      ]);
      const ofTwo = {
        AccountSid: accounts.uuid,
        ConferenceSid: expect.any(String),
        RecordingSid: expect.any(String),
        RecordingUrl,
        RecordingChannels: '1',
        RecordingSource: 'Conference',
        RecordingStartTime: expect.stringMatching(/ \+0000$/),
        RecordingTrack: 'both',
      };
      expect(toldAt(api, '/recording')).toEqual([
        { ...ofTwo, RecordingStatus: 'in-progress' },
        { ...ofTwo, RecordingStatus: 'completed', RecordingDuration: expect.stringMatching(/^\d+$/) },
      ]);
    },
  ),
];
