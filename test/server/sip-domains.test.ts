import { expect, test } from 'vitest';
import { app, shortCall } from './asking.ts';
import { folder, serve } from './serving.ts';

test('a simulated caller says where it comes from, and a SIP domain lets in whom it is set up for', async () => {
  const { origin } = await app({ '/desk': shortCall });
  const { api, url, apis } = await serve(['--data', folder()]);
  const body = {
    callTerminationMode: 'PROGRAMMABLE',
    callTerminationHandlerUris: [`${origin}/desk`],
    cidrBlocks: [{ cidrBlock: '192.0.2.0/24' }],
  };
  expect((await api('POST', 'sipDomains?sipDomainId=desk', body)).status).toBe(200);
  const callIn = async (caller: object) => {
    const response = await fetch(`${url}/simulator/calls`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apis.enfonica.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ to: 'sip:anna@desk.sip.enfonica.com', ...caller }),
    });
    const { error } = (await response.json()) as { error?: { code: string } };
    return [response.status, error?.code];
  };
  const refused = [403, 'CALL_SOURCE_NOT_ALLOWED'];
  expect(await callIn({ sourceAddress: '192.0.2.9' })).toEqual([201, undefined]);
  expect(await callIn({ sourceAddress: '203.0.113.9' })).toEqual(refused);
  expect((await api('POST', 'sipDomains/desk/users?userId=anna', {})).status).toBe(200);
  expect(await callIn({ sourceAddress: '192.0.2.9' })).toEqual(refused);
  expect(await callIn({ sourceAddress: '192.0.2.9', sipUser: 'anna' })).toEqual([201, undefined]);
  expect(await callIn({ sourceAddress: 'somewhere' })).toEqual([400, 'REQUEST_NOT_VALID']);
});
