import { describe, expect, test } from 'vitest';
import { spell } from '../../src/dialects/laml/requests.ts';
import type { CallRecord } from '../../src/records/call.ts';
import { sidOf } from '../../src/vendors/signalwire/sids.ts';
import type { MachineDetection, Result } from '../../src/verbs/verb.ts';
import { call, post, signingKey } from './asked.ts';

const child = '0197f0000001000200000000cafe';
const thing = '0197f0000001000200000000f00d';
const publicUrl = 'https://calls.example';
const incoming: CallRecord = { ...call, dialect: 'laml' };
const recordings = `https://calls.example/api/laml/2010-04-01/Accounts/${sidOf('demo')}/Recordings`;

function parametersOf(result: Result, differing: Partial<CallRecord> = {}): Record<string, string> {
  const about = { call: { ...incoming, ...differing }, result, signingKey, publicUrl };
  return Object.fromEntries(new URLSearchParams(spell({ ...about, target: post('https://app.example/voice') }).body));
}

const nothing: Result = { type: 'nothing' };
const standard = parametersOf(nothing);

/** What is there beside the parameters of a call that has just come in. */
function beside(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).filter(([name, value]) => standard[name] !== value));
}

test('a call that has just come in', () => {
  expect(standard).toEqual({
    CallSid: '0197f000-0000-7000-8100-000000beef00',
    AccountSid: '89e495e7-941c-59e4-ae69-80d14a16bf02',
    ApiVersion: '2010-04-01',
    From: '+61491570006',
    To: '+61255501234',
    CallStatus: 'ringing',
    Direction: 'inbound',
  });
});

const outgoing: Partial<CallRecord> = { direction: 'outgoing', createMethod: 'api', state: 'inProgress' };
const detection: MachineDetection = {
  until: 'answer',
  when: 'before',
  timeoutMs: 30_000,
  speechMs: 2400,
  speechEndMs: 1200,
  silenceMs: 5000,
};
const options = { handlerUrls: [post('https://app.example/voice')], ringMs: 30_000 };
const answeredBy = { kind: 'machine', ms: 2650 } as const;

test.for<[string, Partial<CallRecord>, Record<string, string>]>([
  ['answered', { state: 'inProgress' }, { CallStatus: 'in-progress' }],
  ['over', { state: 'completed' }, { CallStatus: 'completed' }],
  ['made through the API', outgoing, { CallStatus: 'in-progress', Direction: 'outbound-api' }],
  [
    'made by another one',
    { ...outgoing, createMethod: 'parentCall', originatingCall: child },
    { CallStatus: 'in-progress', Direction: 'outbound-dial', ParentCallSid: sidOf(child) },
  ],
  [
    'made by another one, showing a name',
    { ...outgoing, createMethod: 'parentCall', originatingCall: child, callerName: 'Sales' },
    { CallStatus: 'in-progress', Direction: 'outbound-dial', ParentCallSid: sidOf(child) },
  ],
  ['forwarded', { forwardedFrom: '+61255509999' }, { ForwardedFrom: '+61255509999' }],
  ['from somebody with a name', { callerName: 'Ann & Co' }, { CallerName: 'Ann & Co' }],
  ['from somebody who does not show a number', { isPrivate: true }, { From: 'anonymous' }],
  [
    'for somebody who does not show a number, to a client',
    { ...outgoing, transport: 'CLIENT', from: '', to: 'client:ann' },
    { CallStatus: 'in-progress', Direction: 'outbound-api', From: 'anonymous', To: 'client:ann' },
  ],
  ['from a client', { transport: 'CLIENT', from: 'ann' }, { From: 'client:ann' }],
  [
    'to a client',
    { ...outgoing, transport: 'CLIENT', to: 'ann' },
    { CallStatus: 'in-progress', Direction: 'outbound-api', To: 'client:ann' },
  ],
  [
    'from a SIP address',
    {
      transport: 'SIP',
      from: 'sip:ann@phones.example',
      to: 'sip:desk@pbx.example:5060;transport=tls',
      sipCallId: 'a84b4c76',
      sipHeaders: { 'X-Tenant': 'blue', 'User-Agent': 'phone' },
    },
    {
      From: 'sip:ann@phones.example',
      To: 'sip:desk@pbx.example:5060;transport=tls',
      SipCallId: 'a84b4c76',
      SipDomain: 'pbx.example',
      SipUser: 'desk',
      'SipHeader_X-Tenant': 'blue',
    },
  ],
  [
    'to a SIP address that has answered',
    {
      ...outgoing,
      transport: 'SIP',
      to: 'sip:desk@pbx.example',
      sipCallId: 'a84b4c77',
      responseHeaders: { 'X-Desk': '7', server: 'pbx' },
    },
    {
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
      To: 'sip:desk@pbx.example',
      SipCallId: 'a84b4c77',
      'SipHeader_X-Desk': '7',
    },
  ],
  [
    'answered by a machine, which was waited for',
    { ...outgoing, answeredBy, options: { ...options, machineDetection: detection } },
    {
      CallStatus: 'in-progress',
      Direction: 'outbound-api',
      AnsweredBy: 'machine_start',
      MachineDetectionDuration: '2650',
    },
  ],
  [
    'answered by a machine, which was not waited for',
    { ...outgoing, answeredBy, options: { ...options, machineDetection: { ...detection, when: 'beside' } } },
    { CallStatus: 'in-progress', Direction: 'outbound-api' },
  ],
])('a call that is %s', ([, differing, told]) => {
  expect(beside(parametersOf(nothing, differing))).toEqual(told);
});

const dialed = (more: Partial<Extract<Result, { type: 'dialed' }>>): Result => ({
  type: 'dialed',
  status: 'completed',
  call: child,
  ...more,
});

const DialCallSid = sidOf(child);
const waiting = { type: 'waiting', queue: thing, position: 2, waitedMs: 4200, averageMs: 9000, size: 3 } as const;

describe('what a verb has found out', () => {
  test.for<[string, Result, Record<string, string>]>([
    ['keys', { type: 'digits', digits: '42', reason: 'stopKey' }, { Digits: '42' }],
    ['no keys', { type: 'digits', digits: '', reason: 'timeout' }, { Digits: '' }],
    [
      'neither keys nor speech',
      { type: 'digits', digits: '', reason: 'timeout', speech: true },
      { Digits: '', SpeechResult: '' },
    ],
    ['no speech', { type: 'digits', digits: '', reason: 'timeout', speech: true, keys: false }, { SpeechResult: '' }],
    [
      'speech',
      { type: 'spoken', text: 'grüß Gott', confidence: 0.87 },
      { SpeechResult: 'grüß Gott', Confidence: '0.87' },
    ],
    ['speech that goes on', { type: 'spoken', text: 'grüß', partial: true }, { UnstableSpeechResult: 'grüß' }],
    ['speech of which nothing more is known', { type: 'spoken', text: 'yes' }, { SpeechResult: 'yes' }],
    [
      'a recording that a key has ended',
      { type: 'recorded', recording: thing, ms: 4499, stopKey: '#' },
      {
        RecordingUrl: `${recordings}/${sidOf(thing)}`,
        RecordingSid: sidOf(thing),
        RecordingDuration: '4',
        Digits: '#',
      },
    ],
    [
      'a recording without the silence at its ends',
      { type: 'recorded', recording: thing, ms: 9000, trimmedMs: 2600 },
      { RecordingUrl: `${recordings}/${sidOf(thing)}`, RecordingSid: sidOf(thing), RecordingDuration: '3' },
    ],
    ['a recording of silence', { type: 'recorded', recording: thing, ms: 0, silent: true }, { RecordingDuration: '0' }],
    [
      'a conversation',
      dialed({ bridged: true, answeredMs: 12_001, statuses: ['completed'] }),
      { DialCallStatus: 'completed', DialCallSid, DialCallDuration: '13', DialBridged: 'true' },
    ],
    [
      'a conversation that was recorded',
      dialed({ bridged: true, answeredMs: 2000, recording: thing }),
      {
        DialCallStatus: 'completed',
        DialCallSid,
        DialCallDuration: '2',
        DialBridged: 'true',
        RecordingUrl: `${recordings}/${sidOf(thing)}`,
      },
    ],
    [
      'somebody at a SIP address who is busy',
      dialed({ status: 'busy', bridged: false, answeredMs: 0, sipCallId: 'a84b', sipCode: 486 }),
      {
        DialCallStatus: 'busy',
        DialCallSid,
        DialCallDuration: '0',
        DialBridged: 'false',
        DialSipCallId: 'a84b',
        DialSipResponseCode: '486',
      },
    ],
    [
      'nobody to be called',
      { type: 'dialed', status: 'failed', answeredMs: 0 },
      { DialCallStatus: 'failed', DialCallDuration: '0' },
    ],
    [
      'several that were not reached: the last of them',
      dialed({ status: 'busy', bridged: false, answeredMs: 0, last: thing }),
      { DialCallStatus: 'busy', DialCallSid: sidOf(thing), DialCallDuration: '0', DialBridged: 'false' },
    ],
    [
      'somebody who has gone elsewhere: nobody knows yet for how long',
      dialed({ bridged: true }),
      { DialCallStatus: 'completed', DialCallSid, DialBridged: 'true' },
    ],
    [
      'somebody out of a queue',
      dialed({ bridged: true, answeredMs: 1, queue: thing, waitedMs: 7000 }),
      {
        DialCallStatus: 'completed',
        DialCallSid,
        DialCallDuration: '1',
        DialBridged: 'true',
        QueueSid: sidOf(thing),
        QueueTime: '7',
      },
    ],
    ['a conference', { type: 'conferred', joined: true }, { DialCallStatus: 'answered' }],
    ['a conference without room', { type: 'conferred', joined: false }, { DialCallStatus: 'failed' }],
    [
      'a place in a queue',
      { ...waiting, max: 10 },
      {
        QueueSid: sidOf(thing),
        QueuePosition: '2',
        QueueTime: '5',
        AvgQueueTime: '9',
        CurrentQueueSize: '3',
        MaxQueueSize: '10',
      },
    ],
    [
      'being taken from a queue',
      { type: 'taken', queue: thing, by: child, waitedMs: 4200 },
      { DequeingCallSid: sidOf(child), QueueSid: sidOf(thing), QueueTime: '5' },
    ],
    ['a message', { type: 'messaged', message: thing, sent: true }, { SmsSid: sidOf(thing), SmsStatus: 'sending' }],
    ['a message that cannot be sent', { type: 'messaged', sent: false }, { SmsStatus: 'invalid' }],
  ])('%s', ([, result, told]) => {
    expect(beside(parametersOf(result))).toEqual(told);
  });

  test('a recording that the caller ended by hanging up', () => {
    expect(
      parametersOf({ type: 'recorded', recording: thing, ms: 1, ended: true }, { state: 'completed' }),
    ).toMatchObject({
      CallStatus: 'completed',
      RecordingDuration: '1',
      Digits: 'hangup',
    });
  });

  test.for<[string, Partial<Extract<Result, { type: 'dialed' }>>]>([
    ['completed', { status: 'completed', bridged: true }],
    ['no-answer', { status: 'completed', bridged: false }],
    ['no-answer', { status: 'notAnswered' }],
    ['busy', { status: 'busy' }],
    ['busy', { status: 'rejected' }],
    ['failed', { status: 'failed' }],
    ['canceled', { status: 'canceled' }],
    ['busy', { status: 'busy', statuses: ['busy', 'rejected'] }],
    ['failed', { status: 'failed', statuses: ['failed', 'failed'] }],
    ['no-answer', { status: 'busy', statuses: ['busy', 'failed'] }],
    ['no-answer', { status: 'busy', statuses: ['notAnswered', 'busy'] }],
    ['completed', { status: 'completed', statuses: ['canceled', 'completed'], bridged: true }],
  ])('DialCallStatus is %s of %o', ([status, more]) => {
    expect(parametersOf(dialed(more)).DialCallStatus).toBe(status);
  });

  test.for<[string, string | undefined]>([
    ['bridged', 'bridged'],
    ['left', 'leave'],
    ['full', 'queue-full'],
    ['error', 'error'],
    ['hangUp', 'hangup'],
    ['redirected', 'redirected'],
    ['redirectedFromBridged', 'redirected-from-bridged'],
  ])('of a call that leaves its queue because of %s QueueResult is %s', ([reason, QueueResult]) => {
    const result = { type: 'dequeued', reason, waitedMs: 61_000, queue: thing } as Result;
    expect(beside(parametersOf(result))).toEqual({ QueueResult, QueueSid: sidOf(thing), QueueTime: '61' });
  });

  test('a call that was never in the queue tells none', () => {
    expect(beside(parametersOf({ type: 'dequeued', reason: 'error', waitedMs: 0 }))).toEqual({ QueueResult: 'error' });
  });

  type Referred = Omit<Extract<Result, { type: 'referred' }>, 'type'>;

  test.for<[string | undefined, Referred]>([
    ['in-progress', { accepted: 202, progress: 200 }],
    ['busy', { accepted: 202, progress: 486 }],
    ['busy', { accepted: 202, progress: 600 }],
    ['no-answer', { accepted: 202, progress: 487 }],
    ['failed', { accepted: 202, progress: 404 }],
    ['failed', { accepted: 403 }],
    ['failed', {}],
    ['canceled', { accepted: 202, ended: true }],
    [undefined, { accepted: 202 }],
  ])('ReferCallStatus is %s of %o', ([status, found]) => {
    const told = parametersOf({ type: 'referred', ...found });
    expect(told.ReferCallStatus).toBe(status);
    expect(told.ReferSipResponseCode).toBe(found.accepted?.toString());
    expect(told.NotifySipResponseCode).toBe(found.progress?.toString());
  });
});
