import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { app, becomes, fine } from './asking.ts';
import { folder, type Serving, serve } from './serving.ts';

const token = 'a-token-of-the-shop';

/** Somebody calls, says something, and hangs up. */
async function callIn({ url }: Serving, to: string): Promise<number> {
  const script = [
    { after: 3, say: 'Good morning, this is somebody.' },
    { after: 2, hangUp: true },
  ];
  const response = await fetch(`${url}/simulator/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ to, from: to.startsWith('sip:') ? 'sip:anna@example.org' : '+61491570006', script }),
  });
  return response.status;
}

test('a number and a SIP domain run what the configuration says, and links in callbacks lead here', async () => {
  const { origin, heard } = await app({
    '/voice': (_, response) => response.end('<Response><Say>Hello.</Say><Wait DurationSeconds="60"/></Response>'),
    '/recorded': fine,
  });
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(
    config,
    `
projects:
  shop:
    tokens: [${token}]
    numbers:
      +61255501234:
        handlerUris: [${origin}/nowhere, ${origin}/voice?of=number]
        recording: { trigger: answer, recordingReadyUri: "${origin}/recorded" }
    sipDomains:
      desk: { handlerUris: ["${origin}/voice?of=domain"] }
urlGuard: { allow: [loopback] }
`,
  );
  const server = await serve(['--data', data, '--config', config]);
  expect(await callIn(server, '+61255501234')).toBe(201);
  expect(await callIn(server, 'sip:reception@desk.sip.enfonica.com')).toBe(201);
  await becomes(
    async () => heard.map(({ url }) => url),
    (urls) => urls.includes('/recorded') && urls.includes('/voice?of=domain') && urls.includes('/voice?of=number'),
  );
  const told = JSON.parse(heard.find(({ url }) => url === '/recorded')?.body ?? '{}');
  expect(told).toMatchObject({
    state: 'SUCCEEDED',
    audio: ['audio/x-wav', 'audio/mpeg'].map((mimeType) => ({
      mimeType,
      uri: expect.stringContaining(`${server.url}/v1beta1/`),
    })),
  });
  for (const { mimeType, sizeBytes, uri } of told.audio) {
    const { status, headers } = await fetch(uri);
    expect([status, headers.get('content-type'), headers.get('content-length')]).toEqual([
      200,
      mimeType,
      `${sizeBytes}`,
    ]);
  }
});

test('without a configuration of the URL guard nothing on this machine is asked', async () => {
  const { origin, heard } = await app({});
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(
    config,
    `projects: { shop: { tokens: [${token}], numbers: { +61255501234: { handlerUris: [${origin}/voice] } } } }`,
  );
  const server = await serve(['--data', data, '--config', config]);
  await callIn(server, '+61255501234');
  const { message } = await server.logged(({ code }) => code === 'URL_NOT_ALLOWED');
  expect([message, heard]).toEqual([expect.stringContaining('allow "loopback"'), []]);
});

test('a project may do no more at once than its limits say, and call only where it may', async () => {
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(
    config,
    `projects: { shop: { tokens: [${token}], limits: { callsPerSecond: 0.01, waitingCalls: 1 }, outgoing: { allow: ["+1555"] } } }`,
  );
  const { url } = await serve(['--data', data, '--config', config]);
  const call = async (to: string) => {
    const response = await fetch(`${url}/v1beta1/projects/shop/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify({ to, from: '+61255501234', options: { handlerUris: ['https://a.example/'] } }),
    });
    return [response.status, ((await response.json()) as { error?: { message: string } }).error?.message];
  };
  expect(await call('+61491570156')).toEqual([
    403,
    expect.stringContaining('shop may call only numbers that begin with +1555'),
  ]);
  const statuses = [];
  for (let n = 0; n < 3; n++) statuses.push((await call('+15555550100'))[0]);
  expect(statuses).toEqual([200, 200, 429]);
});
