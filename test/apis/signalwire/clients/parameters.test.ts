import { RestClient } from '@signalwire/compatibility-api';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { accounts, startApi } from '../api.ts';
import { namesSent, routeFor, taken } from './parameters.ts';
import type { Client } from './surface.ts';
import { type Operation, parameterTable } from './tables.ts';

const ofSignalwire = await namesSent((httpClient) =>
  RestClient(accounts.ac, 'demo-token', { signalwireSpaceUrl: 'unused.invalid', httpClient }),
);
const ofTwilio = await namesSent(
  (httpClient) => twilio(accounts.ac, 'demo-token', { httpClient } as never) as unknown as Client,
);

const all = new Map([...ofSignalwire, ...ofTwilio]);
const served = [...all].filter(([, sends]) => routeFor(sends));

function sentBy(method: string, name: string): string {
  const [one, other] = [ofSignalwire, ofTwilio].map((sent) => sent.get(method)?.names.includes(name));
  if (one && other) return 'both';
  return one ? '`@signalwire/compatibility-api`' : other ? '`twilio`' : 'neither';
}

async function operations(): Promise<Operation[]> {
  const api = await startApi();
  const found: Operation[] = [];
  for (const [method, sends] of served)
    found.push({
      method,
      asks: `${sends.method} ${sends.path}`,
      taken: await taken(api, method, sends),
      sentBy: (name) => sentBy(method, name),
    });
  expect(api.differences()).toEqual([]);
  await api.close();
  return found;
}

const tried = await operations();

test('every parameter that a client can send is read or ignored as the table says', async () => {
  await expect(parameterTable(tried)).toMatchFileSnapshot('parameters.md');
});

test('what the description of a route does not name changes nothing, whatever it is', () => {
  const read = tried.flatMap(({ method, taken: all }) =>
    all.flatMap(({ name, isRead, fine, nonsense }) =>
      isRead || fine === nonsense ? [] : [`${method} ${name}: ${nonsense}`],
    ),
  );
  expect(read).toEqual([]);
});

test('nothing that is sent ends in a defect', () => {
  const results = tried.flatMap(({ method, taken: all }) =>
    all.flatMap(({ name, fine, nonsense }) => [fine, nonsense].map((result) => `${method} ${name} ${result}`)),
  );
  expect(results.filter((result) => /\b5\d\d\b|undefined/.test(result))).toEqual([]);
});
