import { expect, test } from 'vitest';
import { body, Refusal, refusalOf } from '../../../src/apis/signalwire/refusal.ts';
import { CallflowError, type ErrorCode } from '../../../src/errors.ts';

test.for<[ErrorCode, code: number, status: number]>([
  ['CALLS_LIMIT', 20429, 429],
  ['REQUESTS_LIMIT', 20429, 429],
  ['SPEND_LIMIT', 4001, 400],
  ['MINUTES_LIMIT', 4001, 400],
  ['CALL_NOT_PERMITTED', 21216, 400],
  ['STORE_FAILED', 20504, 503],
  ['SERVER_ENDING', 20504, 503],
  ['FILES_BUSY', 20504, 503],
])('what the engine says as %s is refused with %i and HTTP %i', ([error, code, status]) => {
  expect(refusalOf(new CallflowError(error, 'why'))).toMatchObject({ code, status, message: 'why' });
});

test.for([
  [400, 20422, 400],
  [413, 20422, 413],
  [415, 20422, 415],
  [429, 20429, 429],
] as const)('what the web server refuses with %i is refused with %i and HTTP %i', ([statusCode, code, status]) => {
  expect(refusalOf(Object.assign(new Error('why'), { statusCode }))).toMatchObject({ code, status });
});

test.for([new Error('x'), 'x', undefined, null, new CallflowError('CALL_INTERNAL', 'x'), { statusCode: 500 }])(
  'nobody is told of a defect: %s',
  (error) => {
    expect(refusalOf(error)).toBeUndefined();
  },
);

test('a refusal says everything at the top, as the clients read it, and again in a list, as the vendor has it', () => {
  expect(body(new Refusal(21211, 'To is none'), 'https://docs.example')).toEqual({
    code: 21211,
    message: 'To is none',
    more_info: 'https://docs.example',
    status: 400,
    errors: [{ code: '21211', message: 'To is none', more_info: 'https://docs.example' }],
  });
});
