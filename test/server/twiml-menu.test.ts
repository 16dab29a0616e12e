import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import twilio from 'twilio';
import { expect, test } from 'vitest';
import { createApp } from '../../examples/twiml-menu/app.ts';
import { folder, type Serving, serve } from './serving.ts';

interface Welcomed extends Serving {
  apis: Serving['apis'] & { signalwire: { url: string; accountSid: string; token: string } };
}

test('the TwiML menu is called by the SDK, which ends the call, and hears of each state', async () => {
  const told: Record<string, string>[] = [];
  const application = createApp();
  const web = application.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  const ended = new Promise<void>((over) => {
    const status = async (request: { body: Record<string, string> }, response: { sendStatus(code: number): void }) => {
      told.push(request.body);
      response.sendStatus(204);
      const { CallSid = '', CallStatus } = request.body;
      if (CallStatus === 'in-progress') await client.calls(CallSid).update({ status: 'completed' });
      if (CallStatus === 'completed') over();
    };
    application.post('/status', (request, response) => void status(request, response));
  });

  const server = (await serve(['--data', folder()])) as Welcomed;
  const { accountSid, token } = server.apis.signalwire;
  const client = twilio(accountSid, token);
  client.api.baseUrl = `${server.url}/api/laml`;
  const [from = ''] = server.apis.enfonica.numbers;
  const call = await client.calls.create({
    to: '+15550100099',
    from,
    url: `http://127.0.0.1:${port}/`,
    statusCallback: `http://127.0.0.1:${port}/status`,
    statusCallbackEvent: ['initiated', 'ringing', 'answered', 'completed'],
  });
  await ended;

  expect(told.map(({ CallStatus }) => CallStatus)).toEqual(['initiated', 'ringing', 'in-progress', 'completed']);
  expect(await client.calls(call.sid).fetch()).toMatchObject({ status: 'completed', to: '+15550100099', from });
  web.close();
}, 30_000);
