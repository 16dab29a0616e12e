import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { sidOf } from '../../src/vendors/signalwire/sids.ts';
import { app, becomes, longCall } from './asking.ts';
import { folder, placeCall, type Serving, serve } from './serving.ts';

const ready = async ({ text }: Serving) => {
  const { status, text: body } = await text('/readyz');
  return { code: status, ...JSON.parse(body) };
};

/** As on a full disk, no file of the process grows any more: a real failure of real files. */
const fill = ({ pid }: Serving) => execFileSync('prlimit', ['--pid', `${pid}`, '--fsize=1:unlimited']);
const makeSpace = ({ pid }: Serving) => execFileSync('prlimit', ['--pid', `${pid}`, '--fsize=unlimited:unlimited']);

const callIn = async ({ url, apis: { enfonica } }: Serving) => {
  const response = await fetch(`${url}/simulator/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${enfonica.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to: '+61255501234', from: '+61491570006', script: [] }),
  });
  return { status: response.status, body: await response.json() };
};

/** Changes a call through the other API. */
async function changed({ url, apis: { signalwire } }: Serving, call: string, form: Record<string, string>) {
  const { account, token } = signalwire;
  const response = await fetch(`${url}/2010-04-01/Accounts/${account}/Calls/${sidOf(call)}.json`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${account}:${token}`).toString('base64')}` },
    body: new URLSearchParams(form),
  });
  return { status: response.status, code: ((await response.json()) as { code?: number }).code };
}

test.skipIf(spawnSync('prlimit', ['--version']).status !== 0)(
  'with a full disk it says so, begins nothing, shows what there is, and goes on when there is space again',
  async () => {
    const { origin } = await app({ '/long': longCall });
    const server = await serve(['--data', folder()]);
    const before = await placeCall(server, `${origin}/long`);
    const { body: known } = await server.api('GET', 'phoneNumberInstances');
    for (const { name } of (known as { phoneNumberInstances: { name: string }[] }).phoneNumberInstances)
      await server.api('PATCH', `phoneNumberInstances/${name.split('/').at(-1)}?updateMask=incomingCallHandlerUris`, {
        incomingCallHandlerUris: [`${origin}/long`],
      });
    const came = await callIn(server);
    expect(came.status).toBe(201);
    const early = JSON.stringify(came.body).match(/[0-9a-f]{28}/)?.[0];
    expect(await ready(server)).toEqual({ code: 200, status: 'ready' });

    fill(server);
    // These may come before anybody knows; what is answered must be kept all the same.
    const asked = Array.from({ length: 10 }, (_, n) =>
      server.api('POST', 'calls', {
        to: '+15555550100',
        from: '+61255501234',
        labels: { n: `${n}` },
        options: { handlerUris: [`${origin}/long`] },
      }),
    );
    const full = await becomes(
      () => ready(server),
      ({ reason }) => reason !== undefined,
    );
    expect(full).toEqual({ code: 503, status: 'not ready', reason: 'the store cannot be written' });
    const late = { to: '+15555550100', from: '+61255501234', options: { handlerUris: [`${origin}/long`] } };
    expect(await server.api('POST', 'calls', late)).toMatchObject({
      status: 503,
      body: { error: { code: 503, status: 'UNAVAILABLE' } },
    });
    expect(await callIn(server)).toEqual({
      status: 503,
      body: { error: { code: 'STORE_FAILED', message: 'nothing can be kept at the moment: try again later' } },
    });
    for (const form of [{ Status: 'completed' }, { TimeLimit: '600' }])
      expect(await changed(server, before, form)).toEqual({ status: 503, code: 20504 });
    expect((await server.api('GET', `calls/${before}`)).status).toBe(200);
    expect((await server.api('GET', 'calls')).status).toBe(200);
    expect((await server.text('/healthz')).status).toBe(200);

    makeSpace(server);
    await becomes(
      () => ready(server),
      ({ reason }) => reason === undefined,
    );
    const after = await placeCall(server, `${origin}/long`);
    const answers = await Promise.all(asked);
    const names = answers.flatMap(({ status, body }) => (status === 200 ? [(body as { name: string }).name] : []));
    expect(answers.every(({ status }) => status === 200 || status === 503)).toBe(true);
    server.signal('SIGKILL');
    await server.ended;

    const again = await serve(['--data', server.data]);
    const { body } = await again.api('GET', 'calls?pageSize=100');
    const kept = (body as { calls: { name: string }[] }).calls.map(({ name }) => name.split('/').at(-1));
    // The late one was refused, and is not there.
    expect(kept.toSorted()).toEqual([early, before, after, ...names.map((name) => name.split('/').at(-1))].toSorted());
  },
);
