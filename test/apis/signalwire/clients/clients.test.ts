import { expect, test } from 'vitest';
import { routes } from '../../../../src/apis/signalwire/routes.ts';
import { accounts } from '../api.ts';
import { shapeOf } from './parameters.ts';
import { type Outcome, outcomes } from './run.ts';
import { outcomeTable } from './tables.ts';

const [ofSignalwire, ofTwilio] = await Promise.all([
  outcomes((api) => api.signalwire(), accounts.uuid),
  outcomes((api) => api.twilio(), accounts.ac),
]);

test('every method of both clients is served or refused as the table says', async () => {
  await expect(outcomeTable(ofSignalwire, ofTwilio)).toMatchFileSnapshot('methods.md');
});

test('whatever the clients are given they can use', () => {
  const faults = [...ofSignalwire, ...ofTwilio].flatMap(({ name, faults: all }) => all.map((one) => `${name}: ${one}`));
  expect(faults).toEqual([]);
});

test('a method that tells of the answer, too, gives and refuses what the plain one does', () => {
  const plain = new Map(ofTwilio.map(({ name, gives }) => [name, gives]));
  const others = ofTwilio.filter(({ name }) => name.endsWith('WithHttpInfo'));
  const differs = ({ name, gives }: Outcome) => plain.get(name.replace('WithHttpInfo', '')) !== gives;
  expect(others.length).toBeGreaterThan(200);
  expect(others.filter(differs)).toEqual([]);
});

test('of what is served the clients have methods for all but this', () => {
  const asked = new Set(ofTwilio.map(({ asks }) => asks.replace(/\.json$/, '')));
  expect(routes.filter((route) => !asked.has(shapeOf(route))).map(({ id }) => id)).toMatchInlineSnapshot(`
    [
      "conferences.recordings.create",
      "conferences.streams.create",
      "conferences.streams.update",
      "numbers.import",
      "bins.create",
      "bins.list",
      "bins.get",
      "bins.update",
      "bins.delete",
    ]
  `);
});
