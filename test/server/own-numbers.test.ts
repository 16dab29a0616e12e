import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { app, becomes, fine } from './asking.ts';
import { folder, serve } from './serving.ts';

const shop = 'a-token-of-the-shop';
const bank = 'a-token-of-the-bank';
const one = '+61255501234';
const two = '+61255501235';
const three = '+61255501236';

test('numbers of two projects reach each other, states are told, and a loop is explained', async () => {
  const { origin, heard } = await app({
    '/shop': (_, response) => response.end(`<Response><Call><Endpoint>${two}</Endpoint></Call></Response>`),
    '/bank': (_, response) => response.end('<Response><Say>Bank.</Say></Response>'),
    '/state': fine,
    '/errors': fine,
  });
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(
    config,
    `
projects:
  shop:
    tokens: [${shop}]
    numbers:
      ${one}: { handlerUris: [${origin}/shop] }
      ${three}: { handlerUris: ["tel:${three}"] }
  bank:
    tokens: [${bank}]
    numbers: { ${two}: { handlerUris: [${origin}/bank], stateUpdateUri: "${origin}/state" } }
errorWebhook: ${origin}/errors
limits: { ownNumberHops: 3 }
urlGuard: { allow: [loopback] }
`,
  );
  const { url } = await serve(['--data', data, '--config', config]);
  const callIn = async (to: string) => {
    const response = await fetch(`${url}/simulator/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${shop}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to }),
    });
    return response.status;
  };
  const callsOf = async (project: string, token: string) => {
    const response = await fetch(`${url}/v1beta1/projects/${project}/calls?pageSize=100`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { calls = [] } = (await response.json()) as { calls?: { to: string; state: string; errorCode?: string }[] };
    return calls.map(({ to, state, errorCode }) => [to, state, errorCode].filter(Boolean).join(' ')).reverse();
  };

  expect(await callIn(one)).toBe(201);
  await becomes(
    () => callsOf('shop', shop),
    (calls) => calls.length === 2 && calls.every((call) => call.endsWith('COMPLETED')),
  );
  expect(await callsOf('bank', bank)).toEqual([`${two} COMPLETED`]);
  await becomes(
    async () => heard.filter(({ url }) => url === '/state').map(({ body }) => JSON.parse(body).state),
    (states) => states.join(' ') === 'STARTING IN_PROGRESS COMPLETED',
  );

  expect(await callIn(three)).toBe(201);
  await becomes(
    () => callsOf('shop', shop),
    (calls) => calls.filter((call) => call === `${three} FAILED LIMIT_REACHED`).length === 8,
  );
  await becomes(
    async () => heard.filter(({ url }) => url === '/errors').map(({ body }) => JSON.parse(body)),
    (told) => told.some(({ code, message }) => code === 'CALL_HOPS_LIMIT' && message.includes('own numbers 3 times')),
  );
});
