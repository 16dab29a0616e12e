import { describe, expect, test } from 'vitest';
import type { Output } from '../../../src/journal/journal.ts';
import type { CallRecord } from '../../../src/records/call.ts';
import type { RecordingRecord } from '../../../src/records/recording.ts';
import { signalwire } from '../../../src/vendors/signalwire/index.ts';
import { accountSid, sidOf } from '../../../src/vendors/signalwire/sids.ts';
import type { Owed } from '../../../src/vendors/vendor.ts';
import type { StateCallback } from '../../../src/verbs/verb.ts';
import { apiCall, callOptions, callRecord, idOf, recordingRecord, transcriptionRecord } from '../records.ts';

const publicUrl = 'https://calls.example';
const noon = Date.UTC(2024, 4, 1, 12);
const at = (seconds: number) => noon + seconds * 1000;
const recordings = `https://calls.example/api/laml/2010-04-01/Accounts/${accountSid('demo')}/Recordings`;

const owedFor = (output: Output): Owed | undefined => {
  const owed = signalwire.callbackOf({ seq: 1, at: noon, subject: 'c', family: 'c', output }, undefined, publicUrl);
  return owed && ('event' in owed ? owed : owed[0]);
};

const told = (owed: Owed | undefined) => owed && Object.fromEntries(new URLSearchParams(owed.body));

const changed = (record: CallRecord): Output => ({ type: 'call.changed', state: record.state, record });

const stateCallback: StateCallback = {
  url: 'https://app.example.test/state',
  method: 'POST',
  events: ['initiated', 'ringing', 'answered', 'completed'],
};

const options = callOptions({ stateCallback });

/** The same call, as it goes on. */
const life = {
  starting: { state: 'starting', startTime: at(1), updateTime: at(1) },
  ringing: { state: 'ringing', startTime: at(1), ringTime: at(2), updateTime: at(2) },
  answered: { state: 'inProgress', startTime: at(1), ringTime: at(2), answerTime: at(5), updateTime: at(5) },
  completed: {
    state: 'completed',
    startTime: at(1),
    ringTime: at(2),
    answerTime: at(5),
    endTime: at(17.2),
    updateTime: at(17.2),
    endedBy: 'farSide',
    cause: 'normal',
  },
  notAnswered: {
    state: 'notAnswered',
    startTime: at(1),
    ringTime: at(2),
    endTime: at(32),
    updateTime: at(32),
    endedBy: 'us',
    sipCode: 487,
  },
} as const satisfies Record<string, Partial<CallRecord>>;

const made = (differing: Partial<CallRecord>) =>
  apiCall({ dialect: 'laml', options, startTime: undefined, ...differing } as never);

describe('the states of a call', () => {
  test('a call made through the API that ends after a conversation', () => {
    const all = [life.starting, life.ringing, life.answered, life.completed].map((one) =>
      told(owedFor(changed(made(one)))),
    );
    const standard = {
      CallSid: sidOf(idOf('c1')),
      AccountSid: accountSid('demo'),
      ApiVersion: '2010-04-01',
      From: '+61491570006',
      To: '+61255501234',
      Direction: 'outbound-api',
      CallbackSource: 'call-progress-events',
    };
    expect(all).toEqual([
      { ...standard, CallStatus: 'initiated', SequenceNumber: '1', Timestamp: 'Wed, 01 May 2024 12:00:01 +0000' },
      { ...standard, CallStatus: 'ringing', SequenceNumber: '2', Timestamp: 'Wed, 01 May 2024 12:00:02 +0000' },
      { ...standard, CallStatus: 'in-progress', SequenceNumber: '3', Timestamp: 'Wed, 01 May 2024 12:00:05 +0000' },
      {
        ...standard,
        CallStatus: 'completed',
        SequenceNumber: '4',
        Timestamp: 'Wed, 01 May 2024 12:00:17 +0000',
        CallDuration: '13',
        SipResultCode: '200',
        SipInviteResultPhrase: 'OK',
        HangupBy: '+61255501234',
        HangupDirection: 'inbound',
      },
    ]);
  });

  test('one that nobody answered lasted no time, and says what the network said', () => {
    expect(told(owedFor(changed(made(life.notAnswered))))).toMatchObject({
      CallStatus: 'no-answer',
      SequenceNumber: '3',
      CallDuration: '0',
      SipResultCode: '487',
      SipInviteResultPhrase: 'Request Terminated',
      HangupBy: '+61491570006',
      HangupDirection: 'outbound',
    });
  });

  const child = (differing: Partial<CallRecord>) =>
    made({ createMethod: 'parentCall', originatingCall: idOf('aa'), ...differing });

  test('a call that another one makes counts from its making', () => {
    const record = child({ state: 'starting' });
    expect(told(owedFor({ type: 'call.created', record }))).toMatchObject({
      CallStatus: 'initiated',
      SequenceNumber: '0',
      Direction: 'outbound-dial',
      ParentCallSid: sidOf(idOf('aa')),
    });
    const rest = [life.ringing, life.answered, life.completed, life.notAnswered];
    expect(rest.map((one) => told(owedFor(changed(child(one))))?.SequenceNumber)).toEqual(['1', '2', '3', '2']);
  });

  test.for<[StateCallback['events'], string[]]>([
    [undefined, ['completed']],
    [['answered'], ['in-progress']],
    [
      ['initiated', 'completed'],
      ['initiated', 'completed'],
    ],
    [[], []],
  ])('of %o is told %o', ([events, statuses]) => {
    const { events: _, ...anything } = stateCallback;
    const asked = callOptions({ stateCallback: { ...anything, ...(events && { events }) } });
    const all = [life.starting, life.ringing, life.answered, life.completed].map((one) =>
      owedFor(changed(made({ ...one, options: asked }))),
    );
    expect(all.flatMap((owed) => told(owed)?.CallStatus ?? [])).toEqual(statuses);
  });

  test('of a call that comes in only the end is told, whatever was asked for', () => {
    const came = ({ ringTime: _, ...differing }: Partial<CallRecord>) =>
      callRecord({ dialect: 'laml', options, ...differing });
    const all = [life.starting, life.answered, life.completed].map((one) => owedFor(changed(came(one))));
    expect(all.map(told)).toMatchObject([undefined, undefined, { CallStatus: 'completed', HangupBy: '+61491570006' }]);
    expect(told(all[2])?.SequenceNumber).toBe('2');
  });

  test.for<[string, Partial<CallRecord>]>([
    ['canceled before it began', { state: 'canceled', endTime: at(1) }],
    ['not begun', { state: 'queued' }],
    ['of nobody’s interest', { ...life.completed, options: { handlerUrls: [], ringMs: 1 } }],
  ])('of a call that is %s nothing is told', ([, differing]) => {
    expect(owedFor(changed(made(differing)))).toBeUndefined();
  });

  test('a GET has everything behind its query, before the fragment', () => {
    const get = { ...stateCallback, url: 'https://app.example.test/state?x=1#rt=900', method: 'GET' } as const;
    const owed = owedFor(changed(made({ ...life.starting, options: callOptions({ stateCallback: get }) })));
    expect(owed).toMatchObject({ method: 'GET', body: '' });
    expect(owed?.urls[0]).toMatch(/^https:\/\/app\.example\.test\/state\?x=1&CallSid=.*&Timestamp=[^#]*#rt=900$/);
  });

  test('who answered, the recording and what the network has measured', () => {
    const record = made({
      ...life.completed,
      answeredBy: { kind: 'human', ms: 1800 },
      recording: { id: idOf('e1'), ms: 11_600 },
      statistics: { meanOpinionScore: 4.31, jitterMs: 8, lostPackets: 1 },
    });
    expect(told(owedFor(changed(record)))).toMatchObject({
      AnsweredBy: 'human',
      MachineDetectionDuration: '1800',
      RecordingSid: sidOf(idOf('e1')),
      RecordingUrl: `${recordings}/${sidOf(idOf('e1'))}`,
      RecordingDuration: '12',
      AudioInMos: '4.3',
      AudioInJitterMaxVariance: '8',
      AudioInSkipPacketCount: '1',
    });
  });
});

describe('who has answered, told beside', () => {
  const machineDetection = {
    until: 'greeting',
    when: 'beside',
    timeoutMs: 30_000,
    speechMs: 2400,
    speechEndMs: 1200,
    silenceMs: 5000,
    callback: { url: 'https://app.example.test/amd', method: 'POST' },
  } as const;
  const recognized = (
    kind: NonNullable<CallRecord['answeredBy']>['kind'],
    interim?: true,
    more: object = {},
  ): Output => ({
    type: 'call.recognized',
    record: made({
      ...life.answered,
      answeredBy: { kind, ms: 2650 },
      options: callOptions({ machineDetection: { ...machineDetection, ...more } }),
    }),
    ...(interim && { interim }),
  });

  test.for([
    ['human', 'human'],
    ['machine', 'machine_start'],
    ['machineEndOther', 'machine_end_other'],
    ['machineEndBeep', 'machine_end_beep'],
    ['machineEndSilence', 'machine_end_silence'],
    ['fax', 'fax'],
    ['unknown', 'unknown'],
  ] as const)('%s is %s', ([kind, AnsweredBy]) => {
    expect(told(owedFor(recognized(kind)))).toEqual({
      CallSid: sidOf(idOf('c1')),
      AccountSid: accountSid('demo'),
      AnsweredBy,
      MachineDetectionDuration: '2650',
    });
  });

  test('what it seems to be is told to whoever wants to know', () => {
    expect(owedFor(recognized('machine', true))).toBeUndefined();
    expect(told(owedFor(recognized('machine', true, { partialResults: true })))).toMatchObject({
      AnsweredBy: 'machine_start',
    });
  });

  test('a document that waited for it is told itself', () => {
    expect(owedFor(recognized('human', undefined, { when: 'before' }))).toBeUndefined();
  });
});

describe('recordings', () => {
  const ready = { url: 'https://app.example.test/recording', method: 'POST' } as const;
  const ended = (differing: Partial<RecordingRecord>): Output => ({
    type: differing.state === 'pending' ? 'recording.began' : 'recording.ended',
    record: recordingRecord({ dialect: 'laml', recordingReady: ready, ...differing }),
  });

  test.for<[Partial<RecordingRecord>, Record<string, string> | undefined]>([
    [
      { state: 'succeeded', ms: 3600 },
      { RecordingStatus: 'completed', RecordingDuration: '4' },
    ],
    [
      { state: 'failed', error: 'internal' },
      { RecordingStatus: 'failed', RecordingDuration: '0' },
    ],
    [{ state: 'failed', events: ['empty'] }, { RecordingStatus: 'failed' }],
    [{ state: 'failed', events: ['began'] }, undefined],
    [{ state: 'empty' }, undefined],
    [
      { state: 'empty', events: ['empty'] },
      { RecordingStatus: 'absent', RecordingDuration: '0' },
    ],
    [{ state: 'pending' }, undefined],
    [{ state: 'pending', events: ['began', 'completed'] }, { RecordingStatus: 'in-progress' }],
    [{ state: 'succeeded', ms: 3600, events: ['began'] }, undefined],
  ])('of %o is told %o', ([differing, parameters]) => {
    const owed = told(owedFor(ended(differing)));
    if (parameters) expect(owed).toMatchObject(parameters);
    else expect(owed).toBeUndefined();
  });

  test('everything that is told', () => {
    const { ms: _, ...record } = recordingRecord();
    const owed = owedFor(ended({ state: 'succeeded', ms: 94_000, source: 'dial', channels: 2, startTime: noon }));
    expect(told(owed)).toEqual({
      AccountSid: accountSid('demo'),
      CallSid: sidOf(record.call),
      RecordingSid: sidOf(record.id),
      RecordingUrl: `${recordings}/${sidOf(record.id)}`,
      RecordingStatus: 'completed',
      RecordingDuration: '94',
      RecordingChannels: '2',
      RecordingSource: 'DialVerb',
      RecordingStartTime: 'Wed, 01 May 2024 12:00:00 +0000',
      RecordingTrack: 'both',
    });
  });

  test('what was said in one', () => {
    const record = transcriptionRecord({
      dialect: 'laml',
      ready: { url: 'https://app.example.test/text', method: 'POST' },
      utterances: [
        { channel: 1, offsetMs: 2000, ms: 900, text: 'Yes, please.' },
        { channel: 0, offsetMs: 100, ms: 900, text: 'Tea?' },
      ],
    });
    expect(told(owedFor({ type: 'transcription.ended', record }))).toEqual({
      AccountSid: accountSid('demo'),
      CallSid: sidOf(record.call),
      TranscriptionSid: sidOf(record.id),
      TranscriptionText: 'Tea? Yes, please.',
      TranscriptionStatus: 'completed',
      TranscriptionUrl: `${recordings.replace('Recordings', 'Transcriptions')}/${sidOf(record.id)}`,
      RecordingSid: sidOf(record.recording),
      RecordingUrl: `${recordings}/${sidOf(record.recording)}`,
    });
  });
});
