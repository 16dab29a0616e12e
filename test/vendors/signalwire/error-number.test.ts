import { expect, test } from 'vitest';
import { type ErrorCode, errors } from '../../../src/errors.ts';
import { errorNumber, numbers } from '../../../src/vendors/signalwire/error-number.ts';

/** Of commands, configuration, files and APIs: the API has numbers of its own for what it refuses. */
const neverTold: readonly ErrorCode[] = [
  'SETTING_NOT_VALID',
  'FILE_NOT_WRITABLE',
  'CALLBACK_NOT_FOUND',
  'CALL_NOT_OVER',
  'IDEMPOTENCY_CONFLICT',
  'PAYMENT_REFUSED',
  'QUEUE_NAME_TAKEN',
  'QUEUE_NOT_EMPTY',
  'STORE_NOT_READABLE',
  'STORE_NEWER',
  'STORE_IN_USE',
  'STORE_FAILED',
  'TOKEN_NOT_VALID',
  'PERMISSION_MISSING',
  'PATH_UNKNOWN',
  'REQUEST_NOT_VALID',
  'REQUEST_TOO_LARGE',
  'FLOWS_LIMIT',
  'SESSION_NOT_FOUND',
  'SESSIONS_LIMIT',
  'FLOW_TOO_SLOW',
  'CONFIG_NOT_VALID',
  'DATA_NOT_WRITABLE',
  'SECRETS_NOT_READABLE',
  'SERVER_PORT',
  'SERVER_ENDING',
  'REQUESTS_LIMIT',
  'FLOW_NOT_VALID',
  'FLOW_NOT_FOUND',
  'FLOW_ENDLESS',
  'BACKUP_FAILED',
  'FILES_BUSY',
  'FILE_NOT_READABLE',
  'USAGE',
];

test('every error that can reach an application has a number of the vendor, and no other has', () => {
  expect([...Object.keys(numbers), ...neverTold].sort()).toEqual(Object.keys(errors).sort());
});

/** The codes for which the vendor documents what went wrong (LaML 3.5). */
test.for<[ErrorCode, number]>([
  ['HANDLER_TIMEOUT', 11200],
  ['HANDLER_NOT_HTTP', 11206],
  ['HANDLER_NAME_NOT_FOUND', 11210],
  ['HANDLER_REDIRECTS', 11215],
  ['HANDLER_STATUS', 11217],
  ['HANDLER_TLS', 11220],
  ['HANDLER_NOT_TLS', 11251],
  ['HANDLER_HTTP_VERSION', 11300],
  ['HANDLER_TOO_LARGE', 11750],
  ['DOCUMENT_NOT_XML', 12100],
  ['CONTENT_TYPE', 12300],
  ['VERB_NOT_SUPPORTED', 13750],
])('%s is %i', ([code, number]) => {
  expect(errorNumber(code)).toBe(number);
});
