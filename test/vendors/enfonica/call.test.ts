import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../src/errors.ts';
import type { CallRecord, CallState } from '../../../src/records/call.ts';
import { toCall } from '../../../src/vendors/enfonica/call.ts';
import { apiCall, callOptions, callRecord, idOf } from '../records.ts';

const noon = Date.UTC(2024, 4, 1, 12);
const later = (seconds: number) => noon + seconds * 1000;

/** What the application sees: the text, read again. */
const seen = (record: CallRecord) => JSON.parse(JSON.stringify(toCall(record)));

describe('a call in the words of Enfonica', () => {
  test('has the text of the documentation when it has just come in', () => {
    expect(JSON.stringify(toCall(callRecord()))).toBe(
      '{"name":"projects/demo/calls/018f340b6e0000010000000000c1","to":"+61255501234","from":"+61491570006","transport":"PSTN","direction":"INCOMING","state":"STARTING","createTime":"2024-05-01T12:00:00Z","startTime":"2024-05-01T12:00:00Z","createMethod":"INCOMING_CALL"}',
    );
  });

  test('that was made through the API shows its options and, at its end, how long it was answered', () => {
    const record = apiCall({
      state: 'completed',
      startTime: noon + 20,
      ringTime: later(1.25),
      answerTime: later(6),
      endTime: later(18.5),
      bridged: true,
      labels: { queue: 'sales', note: '' },
      options: callOptions({
        recording: {
          trigger: 'bridge',
          channels: 2,
          trim: true,
          transcribe: true,
          recordingReady: { url: 'https://app.example.test/recording', method: 'POST' },
          transcriptionReady: { url: 'https://app.example.test/transcription', method: 'POST' },
        },
      }),
    });
    expect(seen(record)).toEqual({
      name: `projects/demo/calls/${idOf('c1')}`,
      to: '+61255501234',
      from: '+61491570006',
      labels: { queue: 'sales', note: '' },
      transport: 'PSTN',
      direction: 'OUTGOING',
      state: 'COMPLETED',
      createTime: '2024-05-01T12:00:00Z',
      startTime: '2024-05-01T12:00:00.020Z',
      ringTime: '2024-05-01T12:00:01.250Z',
      answerTime: '2024-05-01T12:00:06Z',
      endTime: '2024-05-01T12:00:18.500Z',
      bridged: true,
      createMethod: 'API',
      options: {
        handlerUris: ['https://app.example.test/voice'],
        stateUpdateUri: 'https://app.example.test/state',
        timeoutSeconds: 30,
        recording: {
          trigger: 'BRIDGE',
          postProcessing: ['TRIM_SILENCE'],
          recordingReadyUri: 'https://app.example.test/recording',
          transcribe: 'DEFAULT',
          transcriptionReadyUri: 'https://app.example.test/transcription',
        },
      },
      answerDuration: '12.500s',
    });
  });

  test('that another call originated names it, and has no options', () => {
    const record = callRecord({
      id: idOf('c2'),
      direction: 'outgoing',
      createMethod: 'parentCall',
      originatingCall: idOf('c1'),
      to: 'sip:desk7@pbx.example',
      transport: 'SIP',
      sipCallId: 'a84b4c76e66710',
      options: callOptions(),
    });
    expect(seen(record)).toEqual({
      name: `projects/demo/calls/${idOf('c2')}`,
      to: 'sip:desk7@pbx.example',
      from: '+61491570006',
      transport: 'SIP',
      direction: 'OUTGOING',
      state: 'STARTING',
      createTime: '2024-05-01T12:00:00Z',
      startTime: '2024-05-01T12:00:00Z',
      originatingCall: `projects/demo/calls/${idOf('c1')}`,
      createMethod: 'PARENT_CALL',
      sipCallId: 'a84b4c76e66710',
    });
  });

  test.for<[CallState, string]>([
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
  ])('that is %s is %s', ([state, spelled]) => {
    expect(seen(callRecord({ state })).state).toBe(spelled);
  });

  test('that asks for privacy hides its number, but not its SIP address', () => {
    const shown = (transport: 'PSTN' | 'SIP') =>
      seen(callRecord({ isPrivate: true, from: 'sip:a@b.example', transport }));
    expect([shown('PSTN').isPrivate, shown('PSTN').from, shown('SIP').from]).toEqual([
      true,
      undefined,
      'sip:a@b.example',
    ]);
  });

  test('shows where its caller is at home, unless the number is hidden', () => {
    const fromLocation = { region: 'AU', area: 'NSW', locality: 'Sydney', latitude: -33.87, longitude: 151.21 };
    const call = callRecord({ fromLocation, fromZone: 'AU-MOBILE' });
    expect(seen(call)).toMatchObject({
      fromLocation: {
        regionCode: 'AU',
        administrativeArea: 'NSW',
        locality: 'Sydney',
        coordinates: { latitude: -33.87, longitude: 151.21 },
      },
      fromZone: 'AU-MOBILE',
    });
    expect(seen(callRecord({ fromLocation: { region: 'GB' } })).fromLocation).toEqual({ regionCode: 'GB' });
    const hidden = seen({ ...call, isPrivate: true });
    expect([hidden.fromLocation, hidden.fromZone]).toEqual([undefined, undefined]);
  });

  test.for([
    [
      { units: 1, nanos: 250_000_000 },
      { units: '1', nanos: 250_000_000 },
    ],
    [{ units: 0, nanos: 5 }, { nanos: 5 }],
    [{ units: 12, nanos: 0 }, { units: '12' }],
    [{ units: 0, nanos: 0 }, {}],
  ] as const)('that costs %o has the price %o', ([cost, price]) => {
    const { price: spelled } = seen(apiCall({ state: 'completed', price: { currency: 'AUD', ...cost } }));
    expect(spelled).toEqual({ currencyCode: 'AUD', ...price });
  });

  test('has a ring time only when it goes out', () => {
    expect(seen(callRecord({ ringTime: noon })).ringTime).toBeUndefined();
    expect(seen(apiCall({ ringTime: noon })).ringTime).toBe('2024-05-01T12:00:00Z');
  });

  test('that ended as soon as it was answered was answered for 0s', () => {
    expect(seen(apiCall({ state: 'completed', answerTime: noon, endTime: noon })).answerDuration).toBe('0s');
    expect(seen(apiCall({ state: 'busy', endTime: noon })).answerDuration).toBeUndefined();
  });

  test('whose application refused it with a message has that message', () => {
    const { errorCode, errorMessage } = seen(
      callRecord({ state: 'rejected', errorCode: 'USER', errorMessage: 'Number is on the block list' }),
    );
    expect([errorCode, errorMessage]).toEqual(['USER', 'Number is on the block list']);
  });

  test.for<[ErrorCode | 'USER', string]>([
    ['CALL_NO_ROUTE', 'NO_ROUTE'],
    ['CALL_NUMBER_NOT_VALID', 'INVALID_NUMBER'],
    ['CALL_CALLER_ID', 'INVALID_NUMBER'],
    ['CALL_NETWORK', 'NETWORK_ERROR'],
    ['DOCUMENT_NOT_VALID', 'INVALID_VOICEML'],
    ['DOCUMENT_NOT_XML', 'INVALID_VOICEML'],
    ['ELEMENT_UNKNOWN', 'INVALID_VOICEML'],
    ['HANDLER_UNAVAILABLE', 'HANDLER_UNAVAILABLE'],
    ['HANDLER_TIMEOUT', 'HANDLER_UNAVAILABLE'],
    ['URL_NOT_ALLOWED', 'HANDLER_UNAVAILABLE'],
    ['CALL_NOT_PERMITTED', 'NOT_PERMITTED'],
    ['CALLS_LIMIT', 'LIMIT_REACHED'],
    ['CALL_FAMILY_LIMIT', 'LIMIT_REACHED'],
    ['SPEND_LIMIT', 'LIMIT_REACHED'],
    ['MINUTES_LIMIT', 'LIMIT_REACHED'],
    ['CALL_REQUESTS_LIMIT', 'INTERNAL'],
    ['CALL_INTERNAL', 'INTERNAL'],
    ['USER', 'USER'],
  ])('that failed with %s has the code %s', ([errorCode, spelled]) => {
    expect(seen(callRecord({ state: 'failed', errorCode })).errorCode).toBe(spelled);
  });

  test('that failed without a code of ours has one from the network’s cause', () => {
    const codeOf = (cause: NonNullable<CallRecord['cause']>) => seen(apiCall({ state: 'failed', cause })).errorCode;
    expect([codeOf('unreachable'), codeOf('invalidNumber'), codeOf('failed'), codeOf('normal')]).toEqual([
      'NO_ROUTE',
      'INVALID_NUMBER',
      'NETWORK_ERROR',
      undefined,
    ]);
  });

  test.for(['busy', 'notAnswered', 'rejected', 'canceled'] as const)('that is %s shows no code of ours', (state) => {
    const { errorCode, errorMessage } = seen(callRecord({ state, errorCode: 'CALL_NETWORK', errorMessage: 'broken' }));
    expect([errorCode, errorMessage]).toEqual([undefined, undefined]);
  });
});
