import { expect } from 'vitest';
import type { CallRecord } from '../../../../src/records/call.ts';
import type { Api } from '../api.ts';
import { app } from '../call-fields.ts';
import { type Case, done, shows } from '../case.ts';
import { makeNumber } from './numbers.ts';
import { makeDomain } from './sip-domains.ts';

/** Somebody calls; the calls there are afterwards. */
async function callTo(api: Api, to: string): Promise<CallRecord[]> {
  api.documents[app] = '<Response><Say>Good day.</Say></Response>';
  const transport = to.startsWith('+') ? 'PSTN' : 'SIP';
  api.network.callIn({ to, from: '+61491570006', transport });
  await api.clock.run();
  return [...api.store.calls()];
}

const answered = [expect.objectContaining({ project: 'demo', dialect: 'voiceml', state: 'completed' })];
const programmable = { callTerminationMode: 'PROGRAMMABLE', callTerminationHandlerUris: [app] };

export const incoming: Case[] = [
  shows('incoming number', 'runs what the number’s handler says', async (api) => {
    await makeNumber(api, { incomingCallHandlerUris: [app], callRecordingTrigger: 'ANSWER' });
    expect(await callTo(api, '+61255501000')).toEqual(answered);
    const { recordings } = await done(api, 'GET', '/v1beta1/projects/demo/recordings');
    expect(recordings).toMatchObject([{ source: 'CALL_RECORDING' }]);
  }),
  shows('incoming range', 'runs what the handler of a range says, for every number of it', async (api) => {
    await makeNumber(api, { incomingCallHandlerUris: [app], range: { size: 3 } });
    expect(await callTo(api, '+61255501002')).toEqual(answered);
  }),
  shows('incoming second-handler', 'asks the next handler when the first gives no document', async (api) => {
    await makeNumber(api, { incomingCallHandlerUris: ['https://none.example.test/', app] });
    expect(await callTo(api, '+61255501000')).toEqual(answered);
  }),
  shows(
    'incoming no-number',
    'takes no call for a number that nobody has, has given back, or without a handler',
    async (api) => {
      expect(await callTo(api, '+61255501009')).toEqual([]);
      await makeNumber(api, { incomingCallHandlerUris: [app] });
      await done(api, 'DELETE', '/v1beta1/projects/demo/phoneNumberInstances/61255501000');
      expect(await callTo(api, '+61255501000')).toEqual([]);
      await makeNumber(api);
      expect(await callTo(api, '+61255501000')).toEqual([]);
    },
  ),
  ...['sip:anybody@desk.sip.enfonica.com', 'SIPS:+61255501234@DESK.sip.Enfonica.com:5061;transport=tls'].map((to) =>
    shows(`incoming sip ${to}`, `runs what the domain’s handler says for ${to}`, async (api) => {
      await makeDomain(api, programmable);
      expect(await callTo(api, to)).toEqual(answered);
    }),
  ),
  shows(
    'incoming no-domain',
    'takes no call for a domain that is not programmable, not there, or elsewhere',
    async (api) => {
      await makeDomain(api, { callTerminationMode: 'PSTN_TRUNK', callTerminationHandlerUris: [app] });
      await makeDomain(api, programmable, 'shop');
      for (const host of [
        'desk.sip.enfonica.com',
        'none.sip.enfonica.com',
        'shop.sip.example.com',
        'shop',
        'x.shop.sip.enfonica.com',
      ])
        expect(await callTo(api, `sip:a@${host}`), host).toEqual([]);
    },
  ),
];
