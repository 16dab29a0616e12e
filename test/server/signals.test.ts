import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { app, becomes, fine, longCall, samples, shortCall, stateOf } from './asking.ts';
import { folder, placeCall, type Serving, serve } from './serving.ts';

describe('SIGTERM', () => {
  test('lets a call finish, takes no new one, and ends well', async () => {
    const { origin, heard } = await app({ '/short': shortCall, '/states': fine });
    const server = await serve(['--data', folder()]);
    await placeCall(server, `${origin}/short`, { stateUpdateUri: `${origin}/states` });
    await server.logged(({ message }) => message === 'call created');
    server.signal('SIGTERM');
    await server.logged(({ message }) => message.startsWith('ending'));
    expect(await server.text('/readyz')).toEqual({ status: 503, text: '{"status":"not ready","reason":"ending"}' });
    const refused = await server.api('POST', 'calls', {
      to: '+15555550100',
      from: '+61255501234',
      options: { handlerUris: [`${origin}/short`] },
    });
    expect(refused).toMatchObject({ status: 503, body: { error: { status: 'UNAVAILABLE' } } });
    const calledIn = await fetch(`${server.simulator.url}/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.apis.enfonica.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: '+61255501234', urls: [`${origin}/short`] }),
    });
    expect([calledIn.status, ((await calledIn.json()) as { error: { code: string } }).error.code]).toEqual([
      503,
      'SERVER_ENDING',
    ]);
    expect(await server.ended).toBe(0);
    const states = heard.filter(({ url }) => url === '/states').map(({ body }) => JSON.parse(body).state);
    expect(states).toEqual(['STARTING', 'RINGING', 'IN_PROGRESS', 'COMPLETED']);
    expect(server.log.at(-1)).toMatchObject({ message: 'ended', cut: 0 });
  });

  test('hangs up the calls that take too long', async () => {
    const { origin } = await app({ '/long': longCall });
    const data = folder();
    const config = join(data, 'callflow.yaml');
    writeFileSync(config, 'drainSeconds: 0.2\n');
    const server = await serve(['--data', data, '--config', config]);
    const call = await placeCall(server, `${origin}/long`);
    await becomes(
      () => stateOf(server, call),
      (state) => state === 'IN_PROGRESS',
    );
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.log.at(-1)).toMatchObject({ message: 'ended', cut: 1 });
    expect(server.log.filter((line) => line.call === call).at(-1)).toMatchObject({
      message: 'call completed',
      endedBy: 'api',
    });
  });

  test('leaves the calls that wait to be placed to the next start', async () => {
    const data = folder();
    const config = join(data, 'callflow.yaml');
    const token = 'a-token-of-the-shop';
    const withLimits = (limits: string) =>
      writeFileSync(config, `projects: { shop: { tokens: [${token}], limits: ${limits} } }`);
    withLimits('{ callsPerSecond: 0.01 }');
    const server = await serve(['--data', data, '--config', config]);
    const calls = `${server.url}/v1beta1/projects/shop/calls`;
    const headers = { authorization: `Bearer ${token}` };
    const body = JSON.stringify({
      to: '+15555550101',
      from: '+61255501234',
      options: { handlerUris: ['https://app.example/'] },
    });
    for (const _ of [1, 2]) expect((await fetch(calls, { method: 'POST', headers, body })).status).toBe(200);
    await server.logged(({ message }) => message === 'call busy');
    server.signal('SIGTERM');
    expect(await server.ended).toBe(0);
    expect(server.log.filter(({ message }) => message === 'call busy')).toHaveLength(1);

    withLimits('{}');
    const again = await serve(['--data', data, '--config', config]);
    expect(await again.logged(({ message }) => message === 'ready')).toMatchObject({ queued: 1, ended: 0 });
    await again.logged(({ message }) => message === 'call busy');
  });

  test('said twice, ends at once', async () => {
    const { origin } = await app({ '/long': longCall });
    const server = await serve(['--data', folder()]);
    await placeCall(server, `${origin}/long`);
    server.signal('SIGTERM');
    await server.logged(({ message }) => message.startsWith('ending'));
    server.signal('SIGTERM');
    expect(await server.ended).toBe(1);
  });
});

test('after a crash the call that was going on has ended, its owner hears of it, and numbers are as they were', async () => {
  const { origin, heard } = await app({ '/long': longCall, '/states': fine });
  const data = folder();
  const server = await serve(['--data', data]);
  const number = 'phoneNumberInstances/61255501234?updateMask=displayName';
  expect((await server.api('PATCH', number, { displayName: 'Front desk' })).status).toBe(200);
  const call = await placeCall(server, `${origin}/long`, { stateUpdateUri: `${origin}/states` });
  await becomes(
    async () => heard.map(({ body }) => body),
    (bodies) => bodies.some((body) => body.includes('IN_PROGRESS')),
  );
  server.signal('SIGKILL');
  await server.ended;

  const again = await serve(['--data', data]);
  expect(await again.logged(({ message }) => message === 'ready')).toMatchObject({ queued: 0, ended: 1 });
  expect(await stateOf(again, call)).toBe('COMPLETED');
  await becomes(
    async () => heard.map(({ body }) => body),
    (bodies) => bodies.some((body) => body.includes('COMPLETED')),
  );
  const { body } = await again.api('GET', 'phoneNumberInstances/61255501234');
  expect(body).toMatchObject({ displayName: 'Front desk' });
});

describe('SIGHUP', () => {
  const configOf = (token: string, more = '') => `
projects:
  shop:
    tokens: [${token}]
    numbers:
      +61255501234: { handlerUris: [http://127.0.0.1:9/] }
urlGuard: { allow: [loopback] }
${more}`;

  const asking = (server: Serving, token: string) =>
    fetch(`${server.url}/v1beta1/projects/shop/calls`, { headers: { authorization: `Bearer ${token}` } });

  test('reads the configuration again, and no call notices', async () => {
    const { origin } = await app({ '/long': longCall });
    const data = folder();
    const config = join(data, 'callflow.yaml');
    writeFileSync(config, configOf('the-token-before'));
    const server = await serve(['--data', data, '--config', config]);
    const placed = await fetch(`${server.url}/v1beta1/projects/shop/calls`, {
      method: 'POST',
      headers: { authorization: 'Bearer the-token-before' },
      body: JSON.stringify({ to: '+15555550100', from: '+61255501234', options: { handlerUris: [`${origin}/long`] } }),
    });
    expect(placed.status).toBe(200);

    writeFileSync(config, configOf('the-token-after!', 'logLevel: debug'));
    server.signal('SIGHUP');
    await server.logged(({ message }) => message === 'configuration read again');
    expect((await asking(server, 'the-token-before')).status).toBe(401);
    const listed = await (await asking(server, 'the-token-after!')).json();
    expect(listed).toMatchObject({ calls: [{ to: '+15555550100' }] });
    await server.logged(({ level, message }) => level === 'debug' && message === 'handler asked');
    expect(samples((await server.text('/metrics')).text)['callflow_calls{state="inProgress"}']).toBe(1);
  });

  test('keeps the configuration before when something is wrong with the new one, and says what', async () => {
    const data = folder();
    const config = join(data, 'callflow.yaml');
    writeFileSync(config, configOf('the-token-before'));
    const server = await serve(['--data', data, '--config', config]);
    writeFileSync(config, configOf('the-token-after!', 'limitz: {}'));
    server.signal('SIGHUP');
    const { message } = await server.logged(({ code }) => code === 'CONFIG_NOT_VALID');
    expect(message).toContain(`${config}:8:1 limitz: found an unknown key`);
    expect((await asking(server, 'the-token-before')).status).toBe(200);
    expect((await asking(server, 'the-token-after!')).status).toBe(401);
  });

  test('takes away a number that is no longer in the configuration', async () => {
    const data = folder();
    const config = join(data, 'callflow.yaml');
    writeFileSync(config, 'projects: { shop: { numbers: { +61255501234: { handlerUris: [http://127.0.0.1:9/] } } } }');
    const server = await serve(['--data', data, '--config', config]);
    expect(server.apis.enfonica.numbers).toEqual(['+61255501234']);
    writeFileSync(config, 'projects: { shop: { numbers: { +61255501235: { handlerUris: [http://127.0.0.1:9/] } } } }');
    server.signal('SIGHUP');
    await server.logged(({ message }) => message === 'configuration read again');
    server.signal('SIGTERM');
    await server.ended;
    const again = await serve(['--data', data, '--config', config]);
    expect(again.apis.enfonica).toMatchObject({ project: 'shop', numbers: ['+61255501235'] });
  });
});
