import { expect, test } from 'vitest';
import { voiceml } from '../../src/dialects/voiceml/index.ts';
import type { Result } from '../../src/verbs/verb.ts';
import { call, post, signingKey } from './asked.ts';

const bodyOf = (result: Result) =>
  JSON.parse(voiceml.spell({ call, result, target: post('https://app.example/'), signingKey }).body ?? '');

const child = '0197f0000001000200000000cafe';

test.for<[string, Result, Record<string, string>]>([
  ['the first request', { type: 'nothing' }, {}],
  ['digits', { type: 'digits', digits: '42', reason: 'stopKey' }, { action: 'INPUT', digits: '42' }],
  ['no digits, which is said', { type: 'digits', digits: '', reason: 'timeout' }, { action: 'INPUT', digits: '' }],
  [
    'a recording, its seconds rounded up',
    { type: 'recorded', recording: 'rec', ms: 4001 },
    {
      action: 'RECORD',
      recording: `projects/demo/calls/${call.id}/recordings/rec`,
      estimatedDurationSeconds: '5',
    },
  ],
  [
    'a recording of silence',
    { type: 'recorded', recording: 'rec', ms: 0 },
    {
      action: 'RECORD',
      recording: `projects/demo/calls/${call.id}/recordings/rec`,
      estimatedDurationSeconds: '0',
    },
  ],
  ...(
    [
      ['completed', 'COMPLETED'],
      ['notAnswered', 'NOT_ANSWERED'],
      ['busy', 'BUSY'],
      ['rejected', 'REJECTED'],
      ['failed', 'FAILED'],
      ['canceled', 'NOT_ANSWERED'],
    ] as const
  ).map(([status, callStatus]): [string, Result, Record<string, string>] => [
    `a child that ended ${status}`,
    { type: 'dialed', status, call: child },
    { action: 'CALL', callStatus, call: `projects/demo/calls/${child}` },
  ]),
  ['no child was made', { type: 'dialed', status: 'failed' }, { action: 'CALL', callStatus: 'FAILED' }],
  ['a fax', { type: 'faxed', fax: 'fax' }, { action: 'RECEIVE_FAX', fax: 'projects/demo/faxes/fax' }],
  ['no fax', { type: 'faxed' }, { action: 'RECEIVE_FAX' }],
  [
    'a stream, which cannot say what the action was',
    { type: 'streamed', parameters: { mood: 'good', action: 'MINE' } },
    { mood: 'good', action: 'STREAM' },
  ],
])('parameters: %s', ([, result, parameters]) => {
  expect(bodyOf(result).parameters).toEqual(parameters);
});

test('the body is the call as it is now, and parameters', () => {
  expect(bodyOf({ type: 'nothing' })).toEqual({
    call: {
      name: `projects/demo/calls/${call.id}`,
      to: '+61255501234',
      from: '+61491570006',
      transport: 'PSTN',
      direction: 'INCOMING',
      state: 'STARTING',
      createTime: '2026-01-01T00:00:00Z',
      startTime: '2026-01-01T00:00:00Z',
      createMethod: 'INCOMING_CALL',
    },
    parameters: {},
  });
});
