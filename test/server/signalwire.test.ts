import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { app } from './asking.ts';
import { folder, type Serving, serve } from './serving.ts';

const run = promisify(execFile);

interface Welcomed extends Serving {
  tls: { url: string; certificate: string };
  apis: Serving['apis'] & { signalwire: { url: string; account: string; accountSid: string; token: string } };
}

const hold = {
  '/': (_: unknown, response: { end(text: string): void }) =>
    response.end('<Response><Pause length="600"/></Response>'),
};

/** Runs a program of somebody's own against a server; gives what it prints. */
async function program(name: string, env: Record<string, string>) {
  const { stdout } = await run(process.execPath, [`test/apis/signalwire/programs/${name}.cjs`], {
    env: { ...process.env, ...env },
  });
  return JSON.parse(stdout) as { sid: string; again: string; all: string[]; refused: object };
}

test('an unmodified program of SignalWire works over TLS, and one of Twilio over both', async () => {
  const { origin } = await app(hold);
  const data = folder();
  const server = (await serve(['--data', data, '--tls', '0'])) as Welcomed;
  const { account, accountSid, token } = server.apis.signalwire;
  const [from = ''] = server.apis.enfonica.numbers;
  const env = {
    TOKEN: token,
    FROM: from,
    TO: '+15550100099',
    URL: `${origin}/`,
    NODE_EXTRA_CA_CERTS: server.tls.certificate,
  };
  const space = server.tls.url.replace('https://', '');
  const refused = { status: 400, code: 21211, message: expect.stringMatching(/no number with \+/) };

  const first = await program('signalwire', { ...env, ACCOUNT: account, SIGNALWIRE_SPACE_URL: space });
  expect(first).toEqual({
    sid: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
    again: first.sid,
    all: [first.sid],
    refused,
  });
  const second = await program('twilio', { ...env, ACCOUNT: accountSid, BASE: server.tls.url });
  const third = await program('twilio', { ...env, ACCOUNT: accountSid, BASE: `${server.url}/api/laml` });
  const prefixed = `CA${first.sid.replaceAll('-', '')}`;
  expect(second).toEqual({
    sid: expect.stringMatching(/^CA[0-9a-f]{32}$/),
    again: second.sid,
    all: [second.sid, prefixed],
    refused,
  });
  expect(third.again).toBe(third.sid);
  const { NODE_EXTRA_CA_CERTS: TWILIO_CA_BUNDLE, ...others } = env;
  const elsewhere = { TWILIO_CA_BUNDLE, TWILIO_REGION: 'au1', TWILIO_EDGE: 'sydney' };
  const fourth = await program('twilio', { ...others, ...elsewhere, ACCOUNT: accountSid, BASE: server.tls.url });
  expect(fourth.again).toBe(fourth.sid);

  expect(existsSync(server.tls.certificate)).toBe(true);
  expect(statSync(server.tls.certificate.replace('certificate', 'key')).mode & 0o077).toBe(0);
  server.signal('SIGKILL');
  await server.ended;
  const again = (await serve(['--data', data, '--tls', '0'])) as Welcomed;
  expect(again.apis.signalwire.account).toBe(account);
  expect(again.tls.certificate).toBe(server.tls.certificate);
}, 60_000);
