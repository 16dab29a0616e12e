import { expect, test } from 'vitest';
import type { ConferenceFact, JournalEntry, Output } from '../../../src/journal/journal.ts';
import type { ConferenceRecord } from '../../../src/records/conference.ts';
import { conferenceCallback } from '../../../src/vendors/signalwire/conference-callbacks.ts';
import { accountSid, sidOf } from '../../../src/vendors/signalwire/sids.ts';
import { conferenceRecord, idOf, participantRecord, recordingRecord } from '../records.ts';

const at = Date.UTC(2024, 4, 1, 12, 0, 5);
const entry = (output: Output): JournalEntry => ({ seq: 0, at, subject: idOf('f1'), family: idOf('c1'), output });

const told = (output: Output) => {
  const owed = conferenceCallback(entry(output), 'https://calls.example');
  return owed && { ...owed, body: Object.fromEntries(new URLSearchParams(owed.body)) };
};

const all = ['start', 'end', 'join', 'leave', 'mute', 'hold', 'speaker', 'modify', 'announcement'] as const;
const events = { url: 'https://app.example/events', method: 'POST', types: all } as const;

const happening = (
  event: ConferenceFact,
  conference: Partial<ConferenceRecord> = {},
  participant = participantRecord({ coach: idOf('c2'), label: 'boss', muted: true }),
): Output => ({
  type: 'conference.event',
  number: 4,
  event,
  record: conferenceRecord({ events, ...conference }),
  ...(event.type !== 'start' && event.type !== 'end' && { participant }),
});

const ofAll = {
  AccountSid: accountSid('demo'),
  ConferenceSid: sidOf(idOf('f1')),
  FriendlyName: 'standup',
  Timestamp: 'Wed, 01 May 2024 12:00:05 +0000',
  SequenceNumber: '4',
};

test('who leaves is told with how it was in the conference, and why it has left', () => {
  expect(told(happening({ type: 'leave', reason: 'moderatorLeft' }))).toEqual({
    event: 'participant-leave',
    project: 'demo',
    urls: ['https://app.example/events'],
    contentType: 'application/x-www-form-urlencoded; charset=UTF-8',
    body: {
      ...ofAll,
      StatusCallbackEvent: 'participant-leave',
      CallSid: sidOf(idOf('c1')),
      Muted: 'true',
      Hold: 'false',
      StartConferenceOnEnter: 'true',
      EndConferenceOnExit: 'false',
      Coaching: 'true',
      CallSidToCoach: sidOf(idOf('c2')),
      ParticipantLabel: 'boss',
      ParticipantCallStatus: 'in-progress',
      ReasonParticipantLeft: 'moderator_ended_conference',
    },
  });
});

test('the end is told with the call that has ended it, and without one where there is none', () => {
  const over = { state: 'completed', endReason: 'lastLeft', endedBy: idOf('c1') } as const;
  expect(told(happening({ type: 'end' }, over))?.body).toEqual({
    ...ofAll,
    StatusCallbackEvent: 'conference-end',
    CallSidEndingConference: sidOf(idOf('c1')),
    ReasonConferenceEnded: 'last-participant-left',
    Reason: 'last participant left',
  });
  expect(told(happening({ type: 'end' }, { endReason: 'api' }))?.body).toEqual({
    ...ofAll,
    StatusCallbackEvent: 'conference-end',
    ReasonConferenceEnded: 'conference-ended-via-api',
    Reason: 'conference ended via api',
  });
});

test.for<[ConferenceFact, (typeof all)[number], string]>([
  [{ type: 'start' }, 'start', 'conference-start'],
  [{ type: 'end' }, 'end', 'conference-end'],
  [{ type: 'join' }, 'join', 'participant-join'],
  [{ type: 'leave', reason: 'hungUp' }, 'leave', 'participant-leave'],
  [{ type: 'mute' }, 'mute', 'participant-mute'],
  [{ type: 'unmute' }, 'mute', 'participant-unmute'],
  [{ type: 'hold' }, 'hold', 'participant-hold'],
  [{ type: 'unhold' }, 'hold', 'participant-unhold'],
  [{ type: 'speechStart' }, 'speaker', 'participant-speech-start'],
  [{ type: 'speechStop' }, 'speaker', 'participant-speech-stop'],
  [{ type: 'modify' }, 'modify', 'participant-modify'],
  [{ type: 'announced' }, 'announcement', 'announcement-end'],
  [{ type: 'announced', code: 'HANDLER_STATUS' }, 'announcement', 'announcement-fail'],
])('%o is told to whoever wants %s, as %s', ([event, subscribed, name]) => {
  expect(told(happening(event, { events: { ...events, types: [subscribed] } }))?.event).toBe(name);
  const others = all.filter((one) => one !== subscribed);
  expect(told(happening(event, { events: { ...events, types: others } }))).toBeUndefined();
});

test('by GET it stands in the query', () => {
  const owed = conferenceCallback(
    entry(happening({ type: 'start' }, { events: { ...events, method: 'GET' } })),
    undefined,
  );
  expect([owed?.method, owed?.body, Object.fromEntries(new URL(owed?.urls[0] ?? '').searchParams)]).toEqual([
    'GET',
    '',
    { ...ofAll, StatusCallbackEvent: 'conference-start' },
  ]);
});

test('the end of a recording is told once, unless somebody else hears of it or there is none', () => {
  const ended = { url: 'https://app.example/ended', method: 'POST' } as const;
  const { recordingReady: _, ...recording } = recordingRecord();
  const record = conferenceRecord({ ended });
  const output: Output = { type: 'conference.recorded', record, recording };
  const { SequenceNumber: __, ...about } = ofAll;
  expect(told(output)?.body).toEqual({
    ...about,
    EventName: 'conference-record-end',
    RecordingUrl: `https://calls.example/api/laml/2010-04-01/Accounts/${accountSid('demo')}/Recordings/${sidOf(recording.id)}`,
    Duration: '4',
    RecordingFileSize: '68044',
  });
  expect(told({ ...output, recording: recordingRecord() })).toBeUndefined();
  expect(told({ ...output, recording: { ...recording, state: 'empty' } })).toBeUndefined();
});
