import { expect, test } from 'vitest';
import type { CallRecord } from '../../../src/records/call.ts';
import { callStatus, restStatus, statesOf } from '../../../src/vendors/signalwire/call-status.ts';

type About = Pick<CallRecord, 'state'> & Partial<CallRecord>;

test.for<[string, About]>([
  ['queued', { state: 'queued' }],
  ['initiated', { state: 'starting' }],
  ['ringing', { state: 'ringing' }],
  ['in-progress', { state: 'inProgress' }],
  ['completed', { state: 'completed', endedBy: 'api' }],
  ['busy', { state: 'busy', sipCode: 486 }],
  ['busy', { state: 'rejected' }],
  ['busy', { state: 'rejected', sipCode: 603 }],
  ['busy', { state: 'failed', sipCode: 600 }],
  ['failed', { state: 'rejected', sipCode: 403 }],
  ['no-answer', { state: 'notAnswered', sipCode: 487 }],
  ['no-answer', { state: 'failed', sipCode: 408 }],
  ['no-answer', { state: 'failed', sipCode: 480 }],
  ['no-answer', { state: 'failed', sipCode: 487 }],
  ['failed', { state: 'failed', sipCode: 404 }],
  ['failed', { state: 'failed', sipCode: 484 }],
  ['failed', { state: 'failed', sipCode: 503 }],
  ['failed', { state: 'failed' }],
  ['canceled', { state: 'canceled', sipCode: 487 }],
])('an outgoing call is %s when it is %o', ([status, about]) => {
  expect(callStatus({ direction: 'outgoing', ...about })).toBe(status);
});

test.for<[string, About]>([
  ['ringing', { state: 'starting' }],
  ['in-progress', { state: 'inProgress' }],
  ['completed', { state: 'completed' }],
  ['busy', { state: 'rejected', cause: 'rejected', sipCode: 486, endedBy: 'us' }],
  ['no-answer', { state: 'rejected', cause: 'rejected', sipCode: 603, endedBy: 'us' }],
  ['no-answer', { state: 'canceled', endedBy: 'farSide' }],
  ['canceled', { state: 'canceled', endedBy: 'api' }],
  ['failed', { state: 'failed', sipCode: 503 }],
])('an incoming call is %s when it is %o', ([status, about]) => {
  expect(callStatus({ direction: 'incoming', ...about })).toBe(status);
});

test('the API calls a call queued until it rings', () => {
  const of = (state: CallRecord['state']) => restStatus({ direction: 'outgoing', state });
  expect([of('queued'), of('starting'), of('ringing')]).toEqual(['queued', 'queued', 'ringing']);
});

const states = [
  ...(['queued', 'starting', 'ringing', 'inProgress', 'completed'] as const),
  ...(['failed', 'notAnswered', 'busy', 'rejected', 'canceled'] as const),
];

const sipCodes = [403, 404, 408, 480, 484, 486, 487, 503, 600, 603];

test('a call in whatever state, however it came to it, is found by the status that it is shown with', () => {
  const abouts = states
    .flatMap((state) => (['incoming', 'outgoing'] as const).map((direction) => ({ state, direction })))
    .flatMap((about) => (['busy', 'rejected', 'noAnswer', 'failed'] as const).map((cause) => ({ ...about, cause })))
    .flatMap((about) => (['us', 'farSide', 'network', 'api'] as const).map((endedBy) => ({ ...about, endedBy })))
    .flatMap((about) => [about, ...sipCodes.map((sipCode) => ({ ...about, sipCode }))]);
  expect(abouts.filter((about) => !statesOf[restStatus(about)].includes(about.state))).toEqual([]);
});
