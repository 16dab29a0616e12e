import { expect } from 'vitest';
import { app, make } from '../call-fields.ts';
import { callIn, watched } from '../calling.ts';
import { type Case, done, shows } from '../case.ts';
import { makeNumber } from './numbers.ts';
import { makeDomain } from './sip-domains.ts';

const one = '+61255501000';
const two = '+61255501001';

export const ownNumbers: Case[] = [
  shows('own-numbers api', 'a call to an own number comes in there: two calls, one connection', async (api) => {
    await makeNumber(api, { incomingCallHandlerUris: [`${app}/two`] });
    api.documents[app] = '<Response><Say>This is one.</Say></Response>';
    api.documents[`${app}/two`] = '<Response><Record TimeoutSeconds="3"/></Response>';
    const { records } = await watched(api, () => make(api, { to: one }));
    expect(records).toMatchObject([
      { direction: 'outgoing', createMethod: 'api', state: 'completed', endedBy: 'us' },
      { direction: 'incoming', createMethod: 'incomingCall', state: 'completed', endedBy: 'farSide', hops: 1 },
    ]);
    expect(records[0]!.family).not.toBe(records[1]!.family);
    const { recordings } = await done(api, 'GET', '/v1beta1/projects/demo/recordings');
    expect(recordings).toMatchObject([{ state: 'SUCCEEDED' }]);
  }),
  shows('own-numbers no-handler', 'an own number without a handler cannot be reached', async (api) => {
    await makeNumber(api);
    const { calls, problems } = await watched(api, () => make(api, { to: one }));
    expect(calls).toEqual([`demo outgoing ${one} failed CALL_NO_ROUTE`]);
    expect(problems).toEqual([`CALL_NO_ROUTE nothing is set up for calls to ${one}`]);
  }),
  shows('own-numbers given-back', 'a number that was given back is somebody else’s telephone again', async (api) => {
    await makeNumber(api, { incomingCallHandlerUris: [app] });
    await done(api, 'DELETE', '/v1beta1/projects/demo/phoneNumberInstances/61255501000');
    api.documents[app] = '<Response/>';
    const { calls } = await watched(api, () => make(api, { to: one }));
    expect(calls).toEqual([`demo outgoing ${one} completed`]);
  }),
  shows(
    'own-numbers loop',
    'two numbers of two projects that forward to each other are stopped after ten hops, with an error code',
    async (api) => {
      await makeNumber(api, { incomingCallHandlerUris: [`tel:${two}`] });
      await makeNumber(api, { phoneNumber: { phoneNumber: two }, incomingCallHandlerUris: [`tel:${one}`] }, 'other');
      const { calls, problems, sipCode, records } = await callIn(api, { to: one });
      const legs = Array.from({ length: 11 }, (_, hop) => {
        const [project, to, next] = hop % 2 === 0 ? ['demo', one, two] : ['other', two, one];
        return ['incoming', 'outgoing'].map(
          (direction) => `${project} ${direction} ${direction === 'incoming' ? to : next} failed CALL_HOPS_LIMIT`,
        );
      });
      expect(calls).toEqual(legs.flat());
      expect(problems[0]).toBe(
        `CALL_HOPS_LIMIT the call from +61491570006 to ${two} has come in through own numbers 10 times, and no call may more often`,
      );
      expect(sipCode).toBe(483);
      const shown = await done(api, 'GET', `/v1beta1/projects/demo/calls/${records[0]!.id}`);
      expect(shown).toMatchObject({ state: 'FAILED', errorCode: 'LIMIT_REACHED', errorMessage: /round too often/ });
    },
  ),
  shows(
    'own-numbers twice',
    'a number that calls itself twice makes no more calls than a family may have, however many it begins',
    async (api) => {
      await makeNumber(api, { incomingCallHandlerUris: [app] });
      api.documents[app] = `<Response><Call>${`<Endpoint>${one}</Endpoint>`.repeat(2)}</Call></Response>`;
      const { records, problems } = await callIn(api, { to: one });
      expect(records.length).toBeGreaterThan(100);
      expect(records.length).toBeLessThanOrEqual(200);
      expect(new Set(problems.map((problem) => problem.split(' ')[0]))).toEqual(new Set(['CALL_FAMILY_LIMIT']));
      expect(api.engine.left()).toMatchObject({ calls: 0, bridges: 0 });
    },
  ),
  shows('own-numbers secrecy', 'no call shows which call of another project it was before', async (api) => {
    await makeNumber(api, { incomingCallHandlerUris: [app] }, 'other');
    api.documents[app] = '<Response><Say>Good day.</Say></Response>';
    const { records } = await watched(api, () => make(api, { to: one }));
    const [ours, theirs] = records;
    const told = [JSON.stringify(theirs), ...[...api.store.journal(theirs!.id)].map((entry) => JSON.stringify(entry))];
    expect(told.filter((text) => text.includes(ours!.id))).toEqual([]);
  }),
  shows('own-numbers domain', 'an endpoint below the SIP host is one of the SIP domains here', async (api) => {
    await makeDomain(api, { callTerminationMode: 'PROGRAMMABLE', callTerminationHandlerUris: [`${app}/desk`] });
    await makeNumber(api, { incomingCallHandlerUris: [app] });
    const call = (address: string) => `<Call><Endpoint>${address}</Endpoint></Call>`;
    const addresses = ['sip:anna@desk.sip.enfonica.com', 'sip:anna@none.sip.enfonica.com'];
    api.documents[app] = `<Response>${addresses.map(call).join('')}</Response>`;
    api.documents[`${app}/desk`] = '<Response><Reject Reason="busy"/></Response>';
    const { records } = await callIn(api, { to: one });
    expect(records.map(({ to, from, state }) => [to, from, state])).toEqual([
      [one, '+61491570006', 'rejected'],
      [addresses[0], '+61491570006', 'busy'],
      [addresses[0], 'sip:+61491570006@desk.sip.enfonica.com', 'rejected'],
      [addresses[1], '+61491570006', 'failed'],
    ]);
  }),
];
