import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { webProxy } from '../http/web-proxy.ts';
import { becomes } from './asking.ts';
import { folder, serve } from './serving.ts';

const fixture = (name: string) => readFileSync(new URL(`../http/${name}`, import.meta.url), 'utf8');

/** An application at https://app.example, which only the proxy can find and only a certificate of our own can prove. */
async function application() {
  const pem = fixture('app.example.pem');
  const heard: string[] = [];
  const server = createServer({ key: pem, cert: pem }, (request, response) => {
    heard.push(`${request.method} ${request.headers.host?.split(':')[0]}${request.url}`);
    response.end('<Response><Say>Hello.</Say></Response>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { heard, url: `https://app.example:${(server.address() as AddressInfo).port}` };
}

test('documents, callbacks and live flows go through the proxy of the configuration, to certificates it trusts', async () => {
  const proxy = await webProxy({ credentials: 'ann:secret' });
  onTestFinished(() => proxy.close());
  const { heard, url } = await application();
  const data = folder();
  const config = join(data, 'callflow.yaml');
  copyFileSync(new URL('../http/authority.pem', import.meta.url), join(data, 'roots.pem'));
  writeFileSync(
    config,
    `
projects:
  shop:
    tokens: [a-token-of-the-shop]
    numbers: { +61255501234: { handlerUris: ["${url}/voice"] } }
ca: [roots.pem]
proxy: { url: { env: PROXY_URL }, noProxy: [elsewhere.example] }
`,
  );
  const env = { PROXY_URL: `http://ann:secret@127.0.0.1:${proxy.port}` };
  const server = await serve(['--data', data, '--config', config], env);
  const post = async (path: string, body: object) => {
    const headers = { authorization: 'Bearer a-token-of-the-shop', 'content-type': 'application/json' };
    const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { transcript?: string } };
  };
  await post('/v1beta1/projects/shop/calls', {
    to: '+15555550100',
    from: '+61255501234',
    options: { handlerUris: [`${url}/voice`], stateUpdateUri: `${url}/state` },
  });
  await becomes(
    async () => heard,
    (paths) => paths.includes('POST app.example/voice') && paths.includes('POST app.example/state'),
  );
  const flow = await post('/simulator/flows', { url: `${url}/flow`, live: true });
  expect([flow.status, flow.body.transcript]).toEqual([200, expect.stringContaining('Hello.')]);
  const session = await post('/simulator/sessions', { url: `${url}/session`, live: true });
  expect([session.status, heard.includes('POST app.example/session')]).toEqual([201, true]);
  expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${url.slice('https://'.length)}`]));
  expect(JSON.stringify(server.log)).not.toContain('secret');
});
