import { expect, test } from 'vitest';
import { sign } from '../../../src/vendors/enfonica/signature.ts';

const key = Uint8Array.from({ length: 64 }, (_, index) => index);

const started =
  '{"call":{"name":"projects/demo/calls/c1","to":"+61255501234","from":"+61491570006","transport":"PSTN","direction":"INCOMING","state":"STARTING","createTime":"2024-05-01T00:00:00Z","startTime":"2024-05-01T00:00:00Z","createMethod":"INCOMING_CALL"},"parameters":{}}';
const completed = '{"name":"projects/demo/calls/c1","state":"COMPLETED"}';

test.for([
  ['CALL', 'https://ivr.example.test/voice/menu?lang=en', started, 'qV8q1X+iIb9gbMYgXbwEtTAy2jOq3Jk6ysc/OLGBECw='],
  ['CALL_STATE_UPDATE', 'https://ivr.example.test/state', completed, 'VWpTvWpW6E+mAF3dcIrwq5qmwRd/XGY7LCOr51dUOog='],
] as const)('a %s to %s has the signature of the test vector', ([event, url, body, signature]) => {
  expect(sign(key, url, event, body)).toBe(signature);
});

test('the base64 spelling of the key gives the well-known wrong answer', () => {
  const spelled = new TextEncoder().encode(Buffer.from(key).toString('base64'));
  expect(sign(spelled, 'https://ivr.example.test/voice/menu?lang=en', 'CALL', started)).toBe(
    'kXBE6tGFbdE/OBTSt7Eyrsz1y4ExhjB4XE7GZS+Dpn4=',
  );
});

test.for([
  ['https://ivr.example.test/state#top', 'https://ivr.example.test/state'],
  ['https://ivr.example.test', 'https://ivr.example.test/'],
  ['https://ivr.example.test?a=/b', 'https://ivr.example.test/?a=/b'],
  ['https://ivr.example.test/menü', 'https://ivr.example.test/men%C3%BC'],
  ['https://ivr.example.test?a=b#/', 'https://ivr.example.test/?a=b'],
] as const)('%s is signed as %s, which is what the receiver sees', ([given, seen]) => {
  expect(sign(key, given, 'CALL', '')).toBe(sign(key, seen, 'CALL', ''));
});
