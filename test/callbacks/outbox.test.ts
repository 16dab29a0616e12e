import { describe, expect, test } from 'vitest';
import { owedBy } from '../../src/callbacks/outbox.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import type { JournalEntry, Output } from '../../src/journal/journal.ts';
import type { CallRecord, CallState } from '../../src/records/call.ts';
import { toCall } from '../../src/vendors/enfonica/call.ts';
import { toFax } from '../../src/vendors/enfonica/fax.ts';
import { toRecording } from '../../src/vendors/enfonica/recording.ts';
import { toTranscription } from '../../src/vendors/enfonica/transcription.ts';
import {
  apiCall,
  callOptions,
  callRecord,
  faxRecord,
  idOf,
  recordingRecord,
  transcriptionRecord,
} from '../vendors/records.ts';

const ids = createIds(() => 0, seededRandom(1));
const linkTo = (file: string) => `https://calls.example.test/${file}`;

const entryOf = (output: Output): JournalEntry => ({ seq: 7, at: 1234, subject: 'c1', family: 'f1', output });
const owed = (output: Output) => owedBy(entryOf(output), { ids, linkTo });
const changed = (record: CallRecord): Output => ({ type: 'call.changed', state: record.state, record });

describe('what a journal entry makes us owe', () => {
  test('is one delivery, spelled as it will be sent', () => {
    const record = apiCall({ state: 'ringing' });
    expect(owed(changed(record))).toStrictEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{28}$/),
        subject: 'c1',
        family: 'f1',
        project: 'demo',
        dialect: 'voiceml',
        event: 'CALL_STATE_UPDATE',
        urls: ['https://app.example.test/state'],
        contentType: 'application/json; charset=utf-8',
        body: JSON.stringify(toCall(record)),
        createTime: 1234,
        attempts: 0,
        state: 'owed',
        dueTime: 1234,
      },
    ]);
  });

  test.for<[event: string, url: string, body: object, Output]>([
    [
      'RECORDING_READY',
      'https://app.example.test/recording',
      toRecording(recordingRecord(), 'full', linkTo),
      { type: 'recording.ended', record: recordingRecord() },
    ],
    [
      'RECORDING_READY',
      'https://app.example.test/recording',
      toRecording(recordingRecord({ state: 'empty' })),
      { type: 'recording.ended', record: recordingRecord({ state: 'empty' }) },
    ],
    [
      'RECORDING_READY',
      'https://app.example.test/recording',
      toRecording(recordingRecord({ state: 'failed' })),
      { type: 'recording.ended', record: recordingRecord({ state: 'failed' }) },
    ],
    [
      'TRANSCRIPTION_READY',
      'https://app.example.test/transcription',
      toTranscription(transcriptionRecord()),
      { type: 'transcription.ended', record: transcriptionRecord() },
    ],
    [
      'FAX_READY',
      'https://app.example.test/fax',
      toFax(faxRecord(), 'full', linkTo),
      { type: 'fax.received', record: faxRecord() },
    ],
  ])('is %s to %s', ([event, url, body, output]) => {
    expect(owed(output)).toMatchObject([{ event, urls: [url], body: JSON.stringify(body) }]);
  });

  test.for<[CallState, number]>([
    ['queued', 0],
    ['starting', 1],
    ['ringing', 1],
    ['inProgress', 1],
    ['completed', 1],
    ['failed', 1],
    ['notAnswered', 1],
    ['busy', 1],
    ['rejected', 1],
    ['canceled', 1],
  ])('for a call of the API that is %s is %i callback', ([state, count]) => {
    expect(owed(changed(apiCall({ state })))).toHaveLength(count);
  });

  test.for<[string, Output]>([
    ['has been created', { type: 'call.created', record: callRecord({ options: callOptions() }) }],
    ['has another state', changed(callRecord({ options: callOptions() }))],
  ])('is one callback for an incoming call that %s, when its number tells somebody', ([, output]) => {
    expect(owed(output)).toMatchObject([{ event: 'CALL_STATE_UPDATE', urls: ['https://app.example.test/state'] }]);
  });

  const { stateCallback: _, ...withoutCallback } = callOptions();
  test.for<[string, Output]>([
    ['an incoming call of a number that tells nobody', changed(callRecord({ options: withoutCallback }))],
    ['a child call', changed(callRecord({ createMethod: 'parentCall', options: callOptions() }))],
    ['a call nobody wants to hear of', changed(apiCall({ options: withoutCallback }))],
    ['a call that has been created', { type: 'call.created', record: apiCall() }],
    ['a recording that has begun', { type: 'recording.began', record: recordingRecord() }],
    ['a call in a dialect without a vendor', changed(apiCall({ dialect: 'none' }))],
    ['anything else', { type: 'originated', call: idOf('c2'), to: '+61491570156' }],
  ])('is nothing for %s', ([, output]) => {
    expect(owed(output)).toEqual([]);
  });

  test.for<[string, Output]>([
    ['a recording', { type: 'recording.ended', record: without(recordingRecord(), 'recordingReady') }],
    ['a transcription', { type: 'transcription.ended', record: without(transcriptionRecord(), 'ready') }],
    ['a fax', { type: 'fax.received', record: without(faxRecord(), 'ready') }],
  ])('is nothing for %s whose document gave no URL', ([, output]) => {
    expect(owed(output)).toEqual([]);
  });
});

function without<T extends object, K extends keyof T>(record: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = record;
  return rest;
}
