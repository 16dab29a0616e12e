import { expect } from 'vitest';
import { app, callsPath, make, newCall } from '../call-fields.ts';
import { type Case, done, shows } from '../case.ts';

/** How the vendor's Node client writes its requests in REST mode (VoiceML 6). */
export const client: Case[] = [
  shows('client trailing-question-mark', 'understands a trailing ? with nothing after it', async (api) => {
    const { name } = await done(api, 'POST', `${callsPath}?`, { body: newCall() });
    expect(await done(api, 'GET', `/v1beta1/${name}?`)).toMatchObject({ name });
  }),
  shows(
    'client names-as-they-are',
    'understands names with their slashes, and query values percent-encoded',
    async (api) => {
      await make(api);
      const query = `pageSize=5&filter=${encodeURIComponent("to = '+61491570156'")}`;
      expect((await done(api, 'GET', `${callsPath}?${query}`)).calls).toHaveLength(1);
    },
  ),
  shows('client snake-mask', 'understands an updateMask in snake_case', async (api) => {
    const path = '/v1beta1/projects/demo/sipDomains';
    await done(api, 'POST', `${path}?sipDomainId=desk`, { body: { displayName: 'Before' } });
    const body = { displayName: 'After', callTerminationHandlerUris: [app] };
    expect(await done(api, 'PATCH', `${path}/desk?updateMask=call_termination_handler_uris`, { body })).toMatchObject({
      displayName: 'Before',
      callTerminationHandlerUris: [app],
    });
  }),
  shows('client snake-mask-deep', 'understands snake_case within fields, and commas percent-encoded', async (api) => {
    const path = '/v1beta1/projects/demo/sipDomains';
    await done(api, 'POST', `${path}?sipDomainId=desk`, { body: { displayName: 'Before', allowRegister: true } });
    const body = { displayName: 'After', callRecording: { trigger: 'BRIDGE', transcribe: 'DEFAULT' } };
    const mask = 'call_recording.trigger%2Cdisplay_name';
    expect(await done(api, 'PATCH', `${path}/desk?updateMask=${mask}`, { body })).toEqual({
      name: 'projects/demo/sipDomains/desk',
      sipDomainId: 'desk',
      fqdn: 'desk.sip.enfonica.com',
      displayName: 'After',
      allowRegister: true,
      callRecording: { trigger: 'BRIDGE' },
      createTime: expect.any(String),
    });
  }),
  shows('client empty-map-value', 'keeps labels whose value is empty, and shows them', async (api) => {
    const labels = { digits: '', order: '4711' };
    const { name } = await done(api, 'POST', callsPath, { body: newCall({ labels }) });
    expect(await done(api, 'GET', `/v1beta1/${name}`)).toMatchObject({ labels });
  }),
  shows('client camel-labels', 'keeps the keys of labels as the client sends them', async (api) => {
    const labels = { customerId: 'a', customer_id: 'b' };
    expect(await done(api, 'POST', callsPath, { body: newCall({ labels }) })).toMatchObject({ labels });
  }),
  shows(
    'client numbers-for-enums',
    'understands enums and 64-bit numbers as the client may write them',
    async (api) => {
      const options = { handlerUris: [app], timeoutSeconds: '60', recording: { trigger: '3', transcribe: 1 } };
      expect(await done(api, 'POST', callsPath, { body: newCall({ options }) })).toMatchObject({
        options: { timeoutSeconds: 60, recording: { trigger: 'BRIDGE' } },
      });
    },
  ),
  shows('client delete-body', 'answers DELETE with a JSON body, which the client parses', async (api) => {
    await done(api, 'POST', '/v1beta1/projects/demo/sipDomains?sipDomainId=desk', { body: {} });
    await done(api, 'POST', '/v1beta1/projects/demo/sipDomains/desk/aliases?aliasId=sales', { body: {} });
    const headers = { 'content-type': 'application/json' };
    expect(await done(api, 'DELETE', '/v1beta1/projects/demo/sipDomains/desk/aliases/sales', { headers })).toEqual({});
  }),
  shows('client delete-empty-text', 'takes the empty text that the client sends as the body of DELETE', async (api) => {
    await done(api, 'POST', '/v1beta1/projects/demo/sipDomains?sipDomainId=desk', { body: {} });
    const headers = { 'content-type': 'application/json' };
    expect(await done(api, 'DELETE', '/v1beta1/projects/demo/sipDomains/desk?', { raw: '""', headers })).toMatchObject({
      name: 'projects/demo/sipDomains/desk',
      deleteTime: expect.any(String),
    });
  }),
  shows('client error-envelope', 'wraps every refusal, without which the client breaks', async (api) => {
    for (const [method, path] of [
      ['GET', '/v1beta1/nothing'],
      ['GET', `${callsPath}/nothing`],
      ['PUT', callsPath],
      ['POST', callsPath],
    ] as const)
      expect((await api.ask(method, path)).body).toEqual({
        error: expect.objectContaining({
          code: expect.any(Number),
          status: expect.any(String),
          message: expect.any(String),
        }),
      });
  }),
  shows('client google-headers', 'takes the headers of the client, and parameters nobody asked for', async (api) => {
    const headers = { 'x-goog-api-client': 'gl-node/24 gax/2.30', 'x-goog-request-params': 'parent=projects%2Fdemo' };
    await done(api, 'GET', `${callsPath}?%24alt=json%3Benum-encoding%3Dint&prettyPrint=0`, { headers });
  }),
  shows('client content-type', 'reads JSON whatever the body is called', async (api) => {
    const raw = JSON.stringify(newCall());
    for (const type of ['application/json; charset=utf-8', 'text/plain', 'application/x-www-form-urlencoded'])
      await done(api, 'POST', callsPath, { raw, headers: { 'content-type': type } });
    await done(api, 'POST', callsPath, { raw: new TextEncoder().encode(raw) });
  }),
];
