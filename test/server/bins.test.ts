import { expect, test } from 'vitest';
import { folder, type Serving, serve } from './serving.ts';

type WithAccount = Serving & { apis: { signalwire: { url: string; account: string; token: string } } };

/** The vendor's own example of a bin (LaML 11.14). */
const contents = `<Response>
  <Say>Welcome to the {{Shop}} branch. You called from {{From}}.</Say>
  <Dial callerId="{{To}}"><Sip>sip:front@pbx.example</Sip></Dial>
</Response>`;

test.for(['POST', 'GET'] as const)(
  'a number whose calls run a bin, asked by %s: each hears what is filled in for it',
  { timeout: 30_000 },
  async (VoiceMethod) => {
    const server = (await serve(['--data', folder()])) as WithAccount;
    const { url, account, token } = server.apis.signalwire;
    const [number = ''] = server.apis.enfonica.numbers;
    const ask = async (method: string, path: string, form?: Record<string, string>) => {
      const response = await fetch(`${url}/Accounts/${account}${path}`, {
        method,
        headers: { authorization: `Basic ${btoa(`${account}:${token}`)}` },
        ...(form && { body: new URLSearchParams(form) }),
      });
      return (await response.json()) as Record<string, never>;
    };
    const bin = await ask('POST', '/LamlBins', { Name: 'front', Contents: contents });
    const { incoming_phone_numbers } = await ask('GET', `/IncomingPhoneNumbers?PhoneNumber=%2B${number.slice(1)}`);
    const [{ sid }] = incoming_phone_numbers as unknown as [{ sid: string }];
    await ask('POST', `/IncomingPhoneNumbers/${sid}`, {
      VoiceUrl: `${bin.request_url}?Shop=Lyon%20%26%20co`,
      VoiceMethod,
    });

    const simulator = async (method: string, path: string, body?: object) =>
      fetch(`${server.simulator.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
    const script = [{ hears: 'Welcome' }, { after: 5, hangUp: true }];
    const made = await simulator('POST', '/calls', { to: number, from: '+61491570006', script });
    const { id } = (await made.json()) as { id: string };
    const transcript = await (await simulator('GET', `/calls/${id}/transcript?wait=30`)).text();
    expect(transcript).toContain('says "Welcome to the Lyon & co branch. You called from +61491570006."');
    const { calls } = await ask('GET', '/Calls?To=sip%3Afront%40pbx.example');
    expect(calls).toMatchObject([{ to: 'sip:front@pbx.example', from: number, direction: 'outbound' }]);
    expect(await ask('GET', `/LamlBins/${bin.sid}`)).toMatchObject({
      num_requests: 1,
      date_last_accessed: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  },
);
