import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { app, becomes, longCall, shortCall } from './asking.ts';
import { folder, type Serving, serve } from './serving.ts';

const token = 'a-token-of-the-shop';
const ours = '+61255501234';
/** Answers after 2 s and hangs up at once. */
const drops = '+15555550106';

interface Call {
  state: string;
  price?: object;
  errorCode?: string;
}

const configuration = (handlerUri: string, limits: string, more = '') => `
projects:
  shop:
    tokens: [${token}]
    numbers:
      "${ours}": { handlerUris: ["${handlerUri}"], sku: AU-LOCAL, activationSku: AU-LOCAL-SETUP }
    limits: { ${limits} }
rates:
  currency: AUD
  outgoing: { +1: { perMinute: 0.045, connection: 0.01, increment: 30/6 } }
  incoming: { +61: 0.02 }
places:
  +61491: { regionCode: AU, administrativeArea: NSW, zone: AU-MOBILE }
urlGuard: { allow: [loopback] }
${more}`;

/** Calls the API of the shop. */
async function ask(
  { url }: Serving,
  method: string,
  path: string,
  body?: object,
): Promise<{ status: number; body: never }> {
  const response = await fetch(`${url}/v1beta1/projects/shop/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as never };
}

/** Makes a call, and gives the status of the answer with the name of the call or why there is none. */
async function dial(server: Serving, to: string, handlerUri: string): Promise<[status: number, said: string]> {
  const { status, body } = await ask(server, 'POST', 'calls', {
    to,
    from: ours,
    options: { handlerUris: [handlerUri] },
  });
  const { name, error } = body as { name?: string; error?: { status: string; message: string } };
  return [status, error ? `${error.status} ${error.message}` : name!.split('/').at(-1)!];
}

const callOf = async (server: Serving, id: string): Promise<Call> => (await ask(server, 'GET', `calls/${id}`)).body;

const ended = (server: Serving, id: string) =>
  becomes(
    () => callOf(server, id),
    ({ state }) => state === 'COMPLETED' || state === 'FAILED',
  );

const spent: [number, string] = [
  429,
  'RESOURCE_EXHAUSTED the calls of shop on this day (UTC) have cost as much as they may',
];

test('a call has its price, and a day that has cost enough has no more calls, whatever is restarted', async () => {
  const { origin } = await app({ '/voice': shortCall });
  const voice = `${origin}/voice`;
  const data = folder();
  const config = join(data, 'callflow.yaml');
  const write = (limits: string) => writeFileSync(config, configuration(voice, limits));
  write('spendPerDay: 0.06');
  const server = await serve(['--data', data, '--config', config]);

  const [, first] = await dial(server, drops, voice);
  expect((await ended(server, first)).price).toEqual({ currencyCode: 'AUD', nanos: 32_500_000 });
  const [, second] = await dial(server, drops, voice);
  await ended(server, second);
  expect(await dial(server, drops, voice)).toEqual(spent);

  server.signal('SIGKILL');
  await server.ended;
  const again = await serve(['--data', data, '--config', config]);
  expect(await dial(again, drops, voice)).toEqual(spent);

  write('spendPerDay: 10');
  again.signal('SIGHUP');
  await becomes(
    () => dial(again, drops, voice),
    ([status]) => status === 200,
  );
});

test('what comes in says where the caller is at home, and costs what our number costs', async () => {
  const { origin } = await app({ '/voice': shortCall });
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(config, configuration(`${origin}/voice`, 'minutesPerDay: 60'));
  const server = await serve(['--data', data, '--config', config]);
  const from = async (number: string) => {
    const response = await fetch(`${server.url}/simulator/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: ours, from: number }),
    });
    return ended(server, ((await response.json()) as { id: string }).id);
  };
  expect(await from('+61491570006')).toMatchObject({
    fromLocation: { regionCode: 'AU', administrativeArea: 'NSW' },
    fromZone: 'AU-MOBILE',
    price: { currencyCode: 'AUD', nanos: 20_000_000 },
  });
  const british = await from('+442079460000');
  expect(british).toMatchObject({ fromLocation: { regionCode: 'GB' } });
  expect(british).not.toHaveProperty('fromZone');
  const { body } = await ask(server, 'GET', `phoneNumberInstances/${ours.slice(1)}`);
  expect(body).toMatchObject({ phoneNumber: { phoneNumber: ours, sku: 'AU-LOCAL', activationSku: 'AU-LOCAL-SETUP' } });
});

test('limits of bodies and calls change when the configuration is read again', async () => {
  const { origin } = await app({
    '/long': longCall,
    '/round': (_, response) => response.end('<Response><Redirect>/round</Redirect></Response>'),
  });
  const data = folder();
  const config = join(data, 'callflow.yaml');
  const write = (limits: string) =>
    writeFileSync(config, configuration(`${origin}/long`, 'callsPerSecond: 100', `limits: { ${limits} }`));
  write('bodyBytes: 100000');
  const server = await serve(['--data', data, '--config', config]);
  const send = async (bytes: number, chunked: boolean) => {
    const text = JSON.stringify({ to: 'x'.padEnd(bytes) });
    const response = await fetch(`${server.url}/v1beta1/projects/shop/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: chunked ? new Blob([text]).stream() : text,
      ...(chunked && { duplex: 'half' }),
    } as RequestInit);
    await response.text();
    return response.status;
  };
  expect([await send(90_000, false), await send(90_000, true)]).toEqual([400, 400]);
  write('bodyBytes: 2000, requestsPerCall: 3');
  server.signal('SIGHUP');
  await becomes(
    () => send(90_000, false),
    (status) => status === 413,
  );
  expect([await send(90_000, true), await send(100, true)]).toEqual([413, 400]);

  const [, id] = await dial(server, '+15555550100', `${origin}/round`);
  await ended(server, id);
  const { message } = await server.logged(({ code }) => code === 'CALL_REQUESTS_LIMIT');
  expect(message).toContain('asked 3 times');
});
