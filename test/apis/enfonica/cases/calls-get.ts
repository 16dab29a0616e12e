import { expect } from 'vitest';
import type { ErrorCode } from '../../../../src/errors.ts';
import type { CallRecord, CallState } from '../../../../src/records/call.ts';
import { apiCall, callRecord, idOf } from '../../../vendors/records.ts';
import type { Api } from '../api.ts';
import { app, callsPath, make } from '../call-fields.ts';
import { callIn } from '../calling.ts';
import { type Case, done, shows } from '../case.ts';
import { put } from '../seed.ts';
import { makeNumber } from './numbers.ts';

const noon = callRecord().createTime;

const shown = async (api: Api, record: CallRecord) => {
  put(api, { type: 'call', record });
  return done(api, 'GET', `${callsPath}/${record.id}`);
};

const name = `projects/demo/calls/${idOf('c1')}`;

const states: [CallState, string][] = [
  ['queued', 'QUEUED'],
  ['starting', 'STARTING'],
  ['ringing', 'RINGING'],
  ['inProgress', 'IN_PROGRESS'],
  ['completed', 'COMPLETED'],
  ['failed', 'FAILED'],
  ['notAnswered', 'NOT_ANSWERED'],
  ['busy', 'BUSY'],
  ['rejected', 'REJECTED'],
  ['canceled', 'NOT_ANSWERED'],
];

const errorCodes: [ErrorCode | 'USER', string][] = [
  ['CALL_NO_ROUTE', 'NO_ROUTE'],
  ['CALL_NUMBER_NOT_VALID', 'INVALID_NUMBER'],
  ['CALL_NETWORK', 'NETWORK_ERROR'],
  ['HANDLER_STATUS', 'HANDLER_UNAVAILABLE'],
  ['DOCUMENT_NOT_XML', 'INVALID_VOICEML'],
  ['CALL_INTERNAL', 'INTERNAL'],
  ['CALLS_LIMIT', 'LIMIT_REACHED'],
  ['USER', 'USER'],
];

/** The times that a call has, of those after it was created. */
const times = (call: Record<string, unknown>) =>
  ['startTime', 'ringTime', 'answerTime', 'endTime', 'answerDuration'].filter((time) => call[time] !== undefined);

const ends = [
  ['answered', '+15555550100', 'COMPLETED', 'startTime ringTime answerTime endTime answerDuration', undefined],
  ['busy', '+15555550101', 'BUSY', 'startTime endTime', undefined],
  ['not-answered', '+15555550102', 'NOT_ANSWERED', 'startTime ringTime endTime', undefined],
  ['rejected', '+15555550103', 'REJECTED', 'startTime ringTime endTime', undefined],
  ['failed', '+15555550104', 'FAILED', 'startTime endTime', 'NO_ROUTE'],
] as const;

export const callsGet: Case[] = [
  shows('calls.get fields', 'shows a call that came in, with everything that is known of it', async (api) => {
    const record = callRecord({
      state: 'completed',
      fromLocation: { region: 'AU', area: 'NSW', locality: 'Sydney', latitude: -33.87, longitude: 151.21 },
      fromZone: 'AU',
      labels: { queue: 'sales', note: '' },
      answerTime: noon + 6000,
      endTime: noon + 18_500,
      bridged: true,
      price: { currency: 'AUD', units: 1, nanos: 250_000_000 },
    });
    expect(await shown(api, record)).toEqual({
      name,
      to: '+61255501234',
      from: '+61491570006',
      fromLocation: {
        regionCode: 'AU',
        administrativeArea: 'NSW',
        locality: 'Sydney',
        coordinates: { latitude: -33.87, longitude: 151.21 },
      },
      fromZone: 'AU',
      labels: { queue: 'sales', note: '' },
      transport: 'PSTN',
      direction: 'INCOMING',
      price: { currencyCode: 'AUD', units: '1', nanos: 250_000_000 },
      state: 'COMPLETED',
      createTime: '2024-05-01T12:00:00Z',
      startTime: '2024-05-01T12:00:00Z',
      answerTime: '2024-05-01T12:00:06Z',
      endTime: '2024-05-01T12:00:18.500Z',
      bridged: true,
      createMethod: 'INCOMING_CALL',
      answerDuration: '12.500s',
    });
  }),
  shows('calls.get private', 'shows nothing of a caller who asks for privacy', async (api) => {
    const record = callRecord({ isPrivate: true, fromLocation: { region: 'AU' }, fromZone: 'AU' });
    const { from, fromLocation, fromZone, isPrivate } = await shown(api, record);
    expect({ from, fromLocation, fromZone, isPrivate }).toEqual({ isPrivate: true });
  }),
  shows('calls.get child', 'shows which call a child comes of, and no options', async (api) => {
    const record = callRecord({ direction: 'outgoing', createMethod: 'parentCall', originatingCall: idOf('b1') });
    expect(await shown(api, record)).toMatchObject({
      direction: 'OUTGOING',
      createMethod: 'PARENT_CALL',
      originatingCall: `projects/demo/calls/${idOf('b1')}`,
    });
    expect(await done(api, 'GET', `${callsPath}/${record.id}`)).not.toHaveProperty('options');
  }),
  shows('calls.get sip', 'shows a SIP call by its addresses, with its Call-ID', async (api) => {
    const sip = { transport: 'SIP', to: 'sip:7@pbx.example', from: 'sip:8@pbx.example', sipCallId: 'abc@pbx' } as const;
    expect(await shown(api, callRecord(sip))).toMatchObject(sip);
  }),
  ...states.map(([state, spelled]) =>
    shows(`calls.get state ${state}`, `says ${spelled} of a call that is ${state}`, async (api) => {
      expect(await shown(api, apiCall({ state }))).toMatchObject({ state: spelled });
    }),
  ),
  ...errorCodes.map(([errorCode, spelled]) =>
    shows(`calls.get error ${errorCode}`, `gives ${spelled} as the reason for ${errorCode}`, async (api) => {
      const call = await shown(api, apiCall({ state: 'failed', errorCode, errorMessage: 'as it was' }));
      expect(call).toMatchObject({ errorCode: spelled, errorMessage: 'as it was' });
    }),
  ),
  ...ends.map(([how, to, state, has, errorCode]) =>
    shows(`calls.get end ${how}`, `ends as ${state} when ${to} is called, with the times of that`, async (api) => {
      api.documents[app] = '<Response/>';
      const made = await make(api, { to });
      await api.clock.run();
      const call = await done(api, 'GET', `/v1beta1/${made}`);
      expect([call.state, times(call).join(' '), call.errorCode]).toEqual([state, has, errorCode]);
    }),
  ),
  shows(
    'calls.get end incoming',
    'has no ringTime of a call that came in, and begins it when it is made',
    async (api) => {
      await makeNumber(api, { incomingCallHandlerUris: [app] });
      api.documents[app] = '<Response><Say>Hello.</Say></Response>';
      const { records } = await callIn(api, { to: '+61255501000' });
      const call = await done(api, 'GET', `${callsPath}/${records[0]!.id}`);
      expect([call.state, times(call).join(' ')]).toEqual(['COMPLETED', 'startTime answerTime endTime answerDuration']);
      expect(call.startTime).toBe(call.createTime);
    },
  ),
];
