import { expect, test } from 'vitest';
import type { AnsweredBy, CallRecord } from '../../../src/records/call.ts';
import { formatted, toCallJson } from '../../../src/vendors/signalwire/call-json.ts';
import { Spelling } from '../../../src/vendors/signalwire/spelling.ts';
import { apiCall } from '../records.ts';

const shown = (differing: Partial<CallRecord>) =>
  toCallJson(apiCall(differing), new Spelling('demo', ''), undefined) as Record<string, unknown>;

test.for<[AnsweredBy, string | null]>([
  ['human', 'human'],
  ['machine', 'machine'],
  ['machineEndBeep', 'machine'],
  ['machineEndSilence', 'machine'],
  ['machineEndOther', 'machine'],
  ['fax', 'machine'],
  ['unknown', null],
])('who has answered, %s, is shown as %s', ([kind, answeredBy]) => {
  expect(shown({ answeredBy: { kind, ms: 900 } }).answered_by).toBe(answeredBy);
});

const second = 1_000;

test.for<[seconds: number, Partial<CallRecord>]>([
  [0, { state: 'canceled', endTime: 90 * second }],
  [0, { state: 'inProgress', answerTime: 10 * second }],
  [1, { state: 'completed', answerTime: 10 * second, endTime: 10 * second }],
  [1, { state: 'completed', answerTime: 10 * second, endTime: 10 * second + 1 }],
  [1, { state: 'completed', answerTime: 10 * second, endTime: 11 * second }],
  [62, { state: 'completed', answerTime: 10 * second, endTime: 71 * second + 1 }],
])('it has lasted %i seconds: %o', ([seconds, differing]) => {
  expect(shown(differing).duration).toBe(seconds);
});

test.for<[code: string | null, Partial<CallRecord>]>([
  [null, { state: 'ringing' }],
  ['200', { state: 'inProgress', answerTime: second }],
  ['200', { state: 'completed', answerTime: second, endTime: 2 * second, sipCode: 487 }],
  ['486', { state: 'busy', sipCode: 486 }],
])('its SIP result is %s: %o', ([code, differing]) => {
  expect(shown(differing).sip_result_code).toBe(code);
});

test.for([
  ['+13105678901', '(310) 567-8901'],
  ['+61491570156', '+61491570156'],
  ['sip:desk@pbx.example', 'sip:desk@pbx.example'],
  ['client:ann', 'client:ann'],
  ['anonymous', 'anonymous'],
] as const)('%s is shown as %s', ([address, shown]) => {
  expect(formatted(address)).toBe(shown);
});
