/** What is told of recordings, of what was said in them, and of who has answered (LaML 5.3 to 5.5). */
import { expect } from 'vitest';
import { accounts, app, ours, somebody } from '../api.ts';
import { type Case, shows } from '../case.ts';
import { aSid, at, create, toldAt } from './callbacks.ts';

export const productCallbacks: Case[] = [
  shows(
    'callbacks recording',
    'tells of a recording as it begins and when it is there, and at the end',
    async (api) => {
      api.phones[somebody] = { script: [{ after: 1, say: 'One and two and three and four.' }] };
      const sid = await create(api, {
        Record: 'true',
        Trim: 'do-not-trim',
        RecordingChannels: 'dual',
        RecordingTrack: 'inbound',
        RecordingStatusCallback: `${app}/recording`,
        RecordingStatusCallbackEvent: 'in-progress completed absent',
        StatusCallback: `${app}/state`,
        TimeLimit: '6',
      });
      await api.pass(60_000);
      const [began, ended] = toldAt(api, '/recording');
      const RecordingUrl = expect.stringMatching(new RegExp(`^http.*${api.base}/Recordings/${began?.RecordingSid}$`));
      const about = {
        AccountSid: accounts.uuid,
        CallSid: sid,
        RecordingSid: aSid,
        RecordingUrl,
        RecordingChannels: '2',
        RecordingSource: 'OutBoundApi',
        RecordingStartTime: at(2),
        RecordingTrack: 'inbound',
      };
      expect([began, ended]).toEqual([
        { ...about, RecordingStatus: 'in-progress' },
        { ...about, RecordingStatus: 'completed', RecordingDuration: '6' },
      ]);
      expect(toldAt(api, '/state')).toMatchObject([
        { CallStatus: 'completed', RecordingSid: began?.RecordingSid, RecordingUrl, RecordingDuration: '6' },
      ]);
    },
  ),
  shows('callbacks silent', 'tells of a recording in which nothing is heard that it is absent', async (api) => {
    await create(api, {
      Record: 'true',
      RecordingStatusCallback: `${app}/recording`,
      RecordingStatusCallbackEvent: 'absent',
      TimeLimit: '2',
    });
    await api.pass(60_000);
    expect(toldAt(api, '/recording')).toMatchObject([{ RecordingStatus: 'absent', RecordingDuration: '0' }]);
  }),
  shows('callbacks machine', 'tells beside the call who has answered, and before that who it may be', async (api) => {
    api.phones[somebody] = { machine: { greeting: 'This is the machine of Ann. Speak after the tone.', beep: true } };
    const sid = await create(api, {
      MachineDetection: 'DetectMessageEnd',
      AsyncAmd: 'true',
      AsyncAmdPartialResults: 'true',
      AsyncAmdStatusCallback: `${app}/machine`,
      TimeLimit: '20',
    });
    await api.pass(60_000);
    const ofMachine = {
      CallSid: sid,
      AccountSid: accounts.uuid,
      MachineDetectionDuration: expect.stringMatching(/^\d{4}$/),
    };
    expect(toldAt(api, '/machine')).toEqual([
      { ...ofMachine, AnsweredBy: 'machine_start' },
      { ...ofMachine, AnsweredBy: 'machine_end_beep' },
    ]);
    expect(toldAt(api, '/hold')[0]).not.toHaveProperty('AnsweredBy');
  }),
  shows('callbacks transcription', 'tells what was said in a message', async (api) => {
    api.phones[somebody] = { script: [{ after: 1, say: 'One and two and three and four.' }] };
    api.documents['/message'] =
      `<Response><Record action="${app}/hold" maxLength="8" transcribe="true" transcribeCallback="${app}/text"/></Response>`;
    const sid = await create(api, { Url: `${app}/message` });
    await api.pass(60_000);
    const linkTo = (path: string) => expect.stringMatching(new RegExp(`^http.*${api.base}/${path}$`));
    const [told] = toldAt(api, '/text');
    expect(told).toEqual({
      AccountSid: accounts.uuid,
      CallSid: sid,
      TranscriptionSid: aSid,
      TranscriptionText: 'One and two and three and four.',
      TranscriptionStatus: 'completed',
      TranscriptionUrl: linkTo(`Transcriptions/${told?.TranscriptionSid}`),
      RecordingSid: aSid,
      RecordingUrl: linkTo(`Recordings/${told?.RecordingSid}`),
    });
  }),
  shows('callbacks participant-machine', 'tells who has answered where a participant was to be', async (api) => {
    api.phones[somebody] = { machine: { greeting: 'This is the machine of Ann. Speak after the tone.', beep: true } };
    await api
      .twilio()
      .conferences('Desk')
      .participants.create({
        to: somebody,
        from: ours,
        machineDetection: 'Enable',
        amdStatusCallback: `${app}/machine`,
        amdStatusCallbackMethod: 'GET',
      });
    await api.pass(3_000);
    expect(await api.signalwire().conferences.list()).toMatchObject([{ friendlyName: 'Desk' }]);
    await api.pass(10_000);
    const heard = api.asked.map(({ method, url }) => [method, new URL(url).searchParams.get('AnsweredBy')]);
    expect(heard).toEqual([['GET', 'machine_start']]);
  }),
];
