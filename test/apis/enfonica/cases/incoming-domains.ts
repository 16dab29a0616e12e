import { expect } from 'vitest';
import type { Incoming } from '../../../../src/telephony/network.ts';
import type { Api } from '../api.ts';
import { app } from '../call-fields.ts';
import { callIn } from '../calling.ts';
import { type Case, done, shows } from '../case.ts';
import { makeNumber } from './numbers.ts';
import { makeDomain } from './sip-domains.ts';

const domain = '/v1beta1/projects/demo/sipDomains/desk';
const host = 'desk.sip.enfonica.com';
const programmable = { callTerminationMode: 'PROGRAMMABLE', callTerminationHandlerUris: [app] };
const trunk = { callTerminationMode: 'PSTN_TRUNK' };
const from = 'sip:+61255501234@pbx.example';

const makeUser = (api: Api, user: string) => done(api, 'POST', `${domain}/users?userId=${user}`, { body: {} });
const makeAlias = (api: Api, loadBalancerConfig: object) =>
  done(api, 'POST', `${domain}/aliases?aliasId=sales`, { body: { loadBalancerConfig } });

const trunkEnds: readonly [number: string, child: string, sipCode: number | undefined][] = [
  ['+15555550101', 'busy', 486],
  ['+15555550102', 'notAnswered', 480],
  ['+15555550103', 'rejected', 603],
  ['+15555550104', 'failed CALL_NO_ROUTE', 503],
];

const trunks: Case[] = [
  shows('incoming trunk', 'calls the dialled number for a device of a trunk, and joins the two', async (api) => {
    await makeDomain(api, { ...trunk, callRecording: { trigger: 'BRIDGE' } });
    const { calls, records } = await callIn(api, { to: `sip:+15555550112@${host}`, from });
    expect(calls).toEqual([`demo incoming sip:+15555550112@${host} completed`, 'demo outgoing +15555550112 completed']);
    expect(records[1]).toMatchObject({ from: '+61255501234', originatingCall: records[0]!.id, bridged: true });
    expect((await done(api, 'GET', '/v1beta1/projects/demo/recordings')).recordings).toHaveLength(1);
  }),
  ...trunkEnds.map(([number, child, code]) =>
    shows(`incoming trunk ${number}`, `tells a device of a trunk ${code} when the call is ${child}`, async (api) => {
      await makeDomain(api, trunk);
      const { calls, sipCode } = await callIn(api, { to: `sip:${number}@${host}`, from });
      expect(calls).toEqual([`demo incoming sip:${number}@${host} rejected`, `demo outgoing ${number} ${child}`]);
      expect(sipCode).toBe(code);
    }),
  ),
  shows('incoming trunk not-a-number', 'refuses what is no E.164 number on a trunk', async (api) => {
    await makeDomain(api, trunk);
    const { calls, problems, sipCode } = await callIn(api, { to: `sip:reception@${host}`, from });
    expect([calls, problems, sipCode]).toEqual([
      [],
      [expect.stringMatching(/^CALL_NUMBER_NOT_VALID .*sip:reception@desk/)],
      484,
    ]);
  }),
  shows('incoming trunk no-caller-id', 'needs a caller ID in E.164 on a trunk', async (api) => {
    await makeDomain(api, trunk);
    const caller = { to: `sip:+15555550112@${host}`, from: 'sip:anna@pbx.example' };
    const { calls, problems } = await callIn(api, caller);
    expect(calls).toEqual([`demo incoming ${caller.to} rejected`]);
    expect(problems).toEqual([expect.stringMatching(/^CALL_CALLER_ID .*"anna"/)]);
  }),
  shows('incoming trunk expensive', 'calls no number through a trunk that the project may not call', async (api) => {
    await makeDomain(api, trunk);
    const { calls } = await callIn(api, { to: `sip:+19005550100@${host}`, from });
    expect(calls).toContain('demo outgoing +19005550100 failed CALL_NOT_PERMITTED');
  }),
  ...(['TERMINATION_MODE_DISABLED', undefined] as const).map((mode) =>
    shows(`incoming disabled ${mode}`, `refuses every call when the mode of a domain is ${mode}`, async (api) => {
      await makeDomain(api, { ...programmable, callTerminationMode: mode });
      const { calls, problems, sipCode } = await callIn(api, { to: `sip:+15555550112@${host}`, from });
      expect([calls, problems, sipCode]).toEqual([[], [expect.stringMatching(/^CALL_NO_ROUTE .*callTermin/)], 403]);
    }),
  ),
];

const block = { cidrBlocks: [{ cidrBlock: '192.0.2.0/24' }, { cidrBlock: '198.51.100.7/32' }] };

const accesses: readonly [says: string, setup: { blocks?: true; user?: true }, Partial<Incoming>, taken: boolean][] = [
  ['an address of a block', { blocks: true }, { sourceAddress: '192.0.2.77' }, true],
  ['an address of another block', { blocks: true }, { sourceAddress: '198.51.100.7' }, true],
  ['an address of no block', { blocks: true }, { sourceAddress: '198.51.100.8' }, false],
  [
    'an address of no block, with a user there is not',
    { blocks: true },
    { sourceAddress: '203.0.113.1', sipUser: 'anna' },
    false,
  ],
  ['a user, from anywhere', { user: true }, { sourceAddress: '203.0.113.1', sipUser: 'anna' }, true],
  ['nobody who proves to be a user', { user: true }, { sourceAddress: '203.0.113.1' }, false],
  ['nobody with the name of no user', { user: true }, { sourceAddress: '203.0.113.1', sipUser: 'bert' }, false],
  [
    'a user at an address of a block',
    { blocks: true, user: true },
    { sourceAddress: '192.0.2.1', sipUser: 'anna' },
    true,
  ],
  [
    'no user at another address',
    { blocks: true, user: true },
    { sourceAddress: '203.0.113.1', sipUser: 'anna' },
    false,
  ],
  ['no address of a block without a user', { blocks: true, user: true }, { sourceAddress: '192.0.2.1' }, false],
  ['nobody when there is neither block nor user', {}, { sourceAddress: '192.0.2.1', sipUser: 'anna' }, false],
  ['a simulated caller who says nothing of where it is', { blocks: true, user: true }, {}, true],
];

const access: Case[] = [
  ...accesses.map(([says, { blocks, user }, caller, taken], index) =>
    shows(`incoming access-${index + 1}`, `a SIP domain takes ${says}`, async (api) => {
      api.documents[app] = '<Response><Say>Good day.</Say></Response>';
      await makeDomain(api, { ...programmable, ...(blocks && block) });
      if (user) await makeUser(api, 'anna');
      const { calls, problems, sipCode } = await callIn(api, { to: `sip:x@${host}`, from, ...caller });
      if (taken) expect([calls, problems]).toEqual([[`demo incoming sip:x@${host} completed`], []]);
      else {
        expect([calls, problems]).toEqual([[], [expect.stringMatching(/^CALL_SOURCE_NOT_ALLOWED .*desk/)]]);
        expect(sipCode).toBe(403);
      }
    }),
  ),
  shows('incoming access-project', 'a SIP domain takes own calls of its project, and of no other', async (api) => {
    api.documents[app] = `<Response><Call><Endpoint>sip:x@${host}</Endpoint></Call></Response>`;
    api.documents[`${app}/desk`] = '<Response><Reject/></Response>';
    await makeDomain(api, { ...programmable, callTerminationHandlerUris: [`${app}/desk`] });
    await makeNumber(api, { incomingCallHandlerUris: [app] });
    const number = { phoneNumber: { phoneNumber: '+61255501001' }, incomingCallHandlerUris: [app] };
    await makeNumber(api, number, 'other');
    expect((await callIn(api, { to: '+61255501000' })).problems).toEqual([]);
    expect((await callIn(api, { to: '+61255501001' })).problems).toEqual([
      expect.stringMatching(/^CALL_SOURCE_NOT_ALLOWED /),
    ]);
  }),
];

const at = (user: string, more: object = {}) => ({ uri: `sip:${user}@pbx.example`, enabled: true, ...more });

const aliases: Case[] = [
  shows(
    'incoming alias',
    'tries the devices of an alias by priority until one answers, and no disabled one',
    async (api) => {
      await makeDomain(api);
      await makeAlias(api, {
        endpoints: [
          at('+15555550112', { priority: 3 }),
          at('+15555550100', { priority: 4 }),
          at('+15555550101', { priority: 1 }),
          at('+15555550104', { priority: 2 }),
          at('+15555550106', { priority: 0, enabled: false }),
          { uri: 'sip:+15555550106@pbx.example', priority: 0 },
        ],
      });
      const { calls } = await callIn(api, { to: `sip:Sales@${host}`, from });
      expect(calls).toEqual([
        `demo incoming sip:Sales@${host} completed`,
        'demo outgoing sip:+15555550101@pbx.example busy',
        'demo outgoing sip:+15555550104@pbx.example failed CALL_NO_ROUTE',
        'demo outgoing sip:+15555550112@pbx.example completed',
      ]);
    },
  ),
  shows('incoming alias failover', 'asks the failover handlers when no device of an alias answers', async (api) => {
    await makeDomain(api);
    await makeAlias(api, {
      endpoints: [at('+15555550101'), at('+15555550103')],
      failoverCallHandlerUris: ['https://none.example.test/', app],
    });
    api.documents[app] = '<Response><Say>Nobody is there.</Say></Response>';
    const { calls } = await callIn(api, { to: `sip:sales@${host}`, from });
    expect(calls[0]).toBe(`demo incoming sip:sales@${host} completed`);
    expect(calls.slice(1).sort()).toEqual([
      'demo outgoing sip:+15555550101@pbx.example busy',
      'demo outgoing sip:+15555550103@pbx.example rejected',
    ]);
  }),
  shows(
    'incoming alias nobody',
    'tells the caller what the devices said when there is no failover handler',
    async (api) => {
      await makeDomain(api);
      await makeAlias(api, { endpoints: [at('+15555550101')] });
      expect((await callIn(api, { to: `sip:sales@${host}`, from })).sipCode).toBe(486);
      await done(api, 'PATCH', `${domain}/aliases/sales?updateMask=loadBalancerConfig`, { body: {} });
      expect((await callIn(api, { to: `sip:sales@${host}`, from })).sipCode).toBe(503);
    },
  ),
];

export const incomingDomains: Case[] = [...trunks, ...access, ...aliases];
