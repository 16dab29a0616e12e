import { expect, test } from 'vitest';
import { createIds, seededRandom } from '../../../src/ids.ts';
import { audioSeconds, iso8601, rfc2822, talkedSeconds, wholeSeconds } from '../../../src/vendors/signalwire/dates.ts';
import { accountSid, idOf, prefixed, sameSid, sidOf } from '../../../src/vendors/signalwire/sids.ts';

test('the sid of an id is a UUID of version 7 with its digits, in lower case', () => {
  expect(sidOf('018f340b6e0000010000000000c1')).toBe('018f340b-6e00-7000-8100-00000000c100');
});

test('sids hold their ids, in either spelling, and sort as they do', () => {
  const ids = createIds(() => Date.UTC(2026, 0, 1), seededRandom(7));
  const made = Array.from({ length: 1000 }, () => ids.next());
  const sids = made.map(sidOf);
  expect(sids.map(idOf)).toEqual(made);
  expect(sids.map((sid) => idOf(prefixed('CA', sid)))).toEqual(made);
  expect(sids.map((sid) => idOf(sid.toUpperCase()))).toEqual(made);
  expect([...sids].sort()).toEqual(sids);
});

test.for([
  '',
  'Front',
  '018f340b6e0000010000000000c1',
  '018f340b-6e00-4000-8100-00000000c100',
  '018f340b-6e00-7000-8100-00000000c1ff',
  'CA018f340b6e007000810000000000c1',
  'XX',
])('%s is no sid of ours', (word) => {
  expect(idOf(word)).toBeUndefined();
});

test('a project has the UUID of its name, always the same, which is nobody else’s id', () => {
  expect(accountSid('demo')).toBe(accountSid('demo'));
  expect(accountSid('demo')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(accountSid('demo')).not.toBe(accountSid('other'));
  expect(idOf(accountSid('demo'))).toBeUndefined();
});

test('two spellings of one sid are the same', () => {
  const sid = accountSid('demo');
  expect(
    [sid, sid.toUpperCase(), prefixed('AC', sid), accountSid('other'), ''].map((one) => sameSid(one, sid)),
  ).toEqual([true, true, true, false, false]);
});

test('dates and seconds', () => {
  const instant = Date.UTC(2018, 8, 3, 13, 1, 0, 250);
  expect([0, 39_539_749, 39_539_750].map((ms) => rfc2822(instant + ms))).toEqual([
    'Mon, 03 Sep 2018 13:01:00 +0000',
    'Mon, 03 Sep 2018 23:59:59 +0000',
    'Tue, 04 Sep 2018 00:00:00 +0000',
  ]);
  expect(iso8601(instant)).toBe('2018-09-03T13:01:00.250Z');
  expect([0, 1, 1000, 1001].map(wholeSeconds)).toEqual(['0', '1', '1', '2']);
  expect([0, 1, 1499, 1500].map(audioSeconds)).toEqual(['0', '1', '1', '2']);
  expect([0, 1, 1000, 1001].map((ms) => talkedSeconds({ answerTime: 5, endTime: 5 + ms }))).toEqual([1, 1, 1, 2]);
  expect([talkedSeconds({ endTime: 5 }), talkedSeconds({ answerTime: 5 })]).toEqual([0, 0]);
});
