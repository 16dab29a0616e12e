/** Where calls meet and wait, as answers have it, for the documentation. */
import { type TSchema, Type } from '@sinclair/typebox';
import {
  accountSid,
  apiVersion,
  created,
  date,
  flag,
  one,
  record,
  sid,
  sidOrNull,
  text,
  textOrNull,
  uri,
  whole,
  wholeOrNull,
  word,
} from './component-fields.ts';
import type { Component } from './gives.ts';

const conference = record(
  'CF',
  'The conference.',
  {
    ...created,
    friendly_name: text('How documents call it.'),
    status: word('init: those in it wait.', 'init', 'in-progress', 'completed'),
    api_version: apiVersion,
    region: text('Always the same.'),
    reason_conference_ended: textOrNull('Why it ended.'),
    call_sid_ending_conference: sidOrNull('CA', 'Who ended it by leaving.'),
    subresource_uris: Type.Object({ participants: text('Who is in it.'), recordings: text('What was recorded.') }),
  },
  'Calls that hear each other.',
);

const conferenceStream = record(
  'MZ',
  'The stream.',
  {
    conference_sid: sid('CF', 'The conference.'),
    name: textOrNull('How it is called.'),
    status: word('How it stands.', 'queued', 'in-progress', 'stopped'),
    date_updated: date('When it last changed.'),
  },
  'What everybody in a conference says goes to a server while it goes on.',
);

const participant = one(
  {
    account_sid: accountSid,
    call_sid: sid('CA', 'The call.'),
    call_sid_to_coach: sidOrNull('CA', 'Who alone hears it.'),
    coaching: flag('Whether only one hears it.'),
    conference_sid: sidOrNull('CF', 'The conference; null until it begins.'),
    ...created,
    status: word('queued: it has not been called yet.', 'queued', 'in-progress', 'completed'),
    end_conference_on_exit: flag('Whether the conference ends when it leaves.'),
    muted: flag('Whether it is heard by nobody.'),
    hold: flag('Whether it neither hears nor is heard.'),
    start_conference_on_enter: flag('Whether the conference begins with it.'),
    label: textOrNull('How the application calls it.'),
    uri,
  },
  'A call in a conference.',
);

const queue = record(
  'QU',
  'The queue.',
  {
    friendly_name: text('How documents call it.'),
    max_size: wholeOrNull('How many may wait.'),
    current_size: whole('How many wait.'),
    average_wait_time: whole('For how many seconds on average.'),
    ...created,
    api_version: apiVersion,
    subresource_uris: Type.Object({ members: text('Who waits.') }),
  },
  'Calls that wait.',
);

const member = one(
  {
    call_sid: sid('CA', 'The call.'),
    account_sid: accountSid,
    queue_sid: sid('QU', 'The queue.'),
    date_enqueued: date('Since when it waits.'),
    position: whole('Counted from 1.'),
    wait_time: whole('For how many seconds it has waited.'),
    member_type: word('What it is.', 'laml_call'),
    uri,
  },
  'A call that waits.',
);

export const roomComponents = {
  Conference: conference,
  ConferenceStream: conferenceStream,
  Participant: participant,
  Queue: queue,
  Member: member,
} as const satisfies Partial<Record<Component, TSchema>>;
