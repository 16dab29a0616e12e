/** What answers consist of, for the documentation; the tests hold every answer against it. */
import { type TProperties, type TSchema, Type } from '@sinclair/typebox';
import {
  accountSid,
  apiVersion,
  created,
  date,
  dateOrNull,
  flag,
  never,
  numberOrNull,
  price,
  sid,
  sidOrNull,
  text,
  textOrNull,
  uri,
  whole,
  wholeOrNull,
  word,
  wordOrNull,
} from './component-fields.ts';
import type { Component } from './gives.ts';
import { settingComponents } from './setting-components.ts';

const one = (fields: TProperties, description: string): TSchema => Type.Object(fields, { description });

const call = one(
  {
    sid: sid('CA', 'The call.'),
    account_sid: accountSid,
    ...created,
    parent_call_sid: sidOrNull('CA', 'The call that made it.'),
    to: text('Who is called.'),
    formatted_to: text('The same, to read.'),
    to_formatted: text('The same again.'),
    from: text('Who calls.'),
    formatted_from: text('The same, to read.'),
    from_formatted: text('The same again.'),
    phone_number_sid: sidOrNull('PN', 'The number of ours that it came in by, or shows.'),
    status: word(
      'The last five are final.',
      'queued',
      'ringing',
      'in-progress',
      'completed',
      'busy',
      'failed',
      'no-answer',
      'canceled',
    ),
    start_time: dateOrNull('When it was dialled, or came in.'),
    end_time: dateOrNull('When it ended.'),
    duration: whole('Whole seconds from its answer to its end; 0 until then.'),
    price: numberOrNull('What it cost.'),
    ...price,
    direction: word('Seen from here.', 'inbound', 'outbound'),
    answered_by: wordOrNull('What machine detection has found out.', 'human', 'machine'),
    api_version: apiVersion,
    forwarded_from: never(),
    caller_name: never(),
    annotation: never(),
    group_sid: never(),
    uri,
    subresource_uris: Type.Object({ notifications: never(), recordings: text('Its recordings.') }),
    audio_in_mos: numberOrNull('How well it was heard: the mean opinion score, from 1 to 5.'),
    sip_result_code: textOrNull('How it was answered, by SIP.'),
    audio_rtt_avg: numberOrNull('How long audio took there and back, in milliseconds.'),
    audio_rtt_min: never(),
    audio_rtt_max: never(),
    audio_out_jitter_min: never(),
    audio_out_jitter_max: never(),
    audio_out_jitter_avg: numberOrNull('How unevenly it came, in milliseconds.'),
    audio_out_lost: wholeOrNull('How many packets were lost.'),
  },
  'One party’s connection.',
);

const stream = one(
  {
    sid: Type.String({ description: 'The stream (`MZ…`), the copy (`SR…`) or the transcription (`GT…`).' }),
    account_sid: accountSid,
    call_sid: sid('CA', 'The call.'),
    name: textOrNull('How it is called.'),
    status: word('How it stands.', 'queued', 'in-progress', 'stopped'),
    date_updated: date('When it last changed.'),
    uri,
  },
  'What of a call goes elsewhere while it goes on.',
);

const recording = one(
  {
    sid: sid('RE', 'The recording.'),
    account_sid: accountSid,
    api_version: apiVersion,
    call_sid: sidOrNull('CA', 'The call that is recorded.'),
    conference_sid: sidOrNull('CF', 'The conference that is recorded.'),
    channel: word('As `channels`.', '1', '2'),
    channels: word('How many channels it has.', '1', '2'),
    ...created,
    start_time: date('When it began.'),
    end_time: dateOrNull('When it ended.'),
    duration: whole('Seconds of audio.'),
    price: never(),
    ...price,
    source: word(
      'Who began it.',
      'RecordVerb',
      'OutBoundApi',
      'DialVerb',
      'Conference',
      'StartCallRecordingApi',
      'StartConferenceRecording',
    ),
    status: word('How it stands.', 'in-progress', 'paused', 'stopped', 'completed', 'absent', 'failed'),
    error_code: wholeOrNull('Why it failed.'),
    uri,
    subresource_uris: Type.Object({ transcriptions: text('What was said in it.') }),
    encryption_details: never(),
    trim: word('Whether silence is cut off.', 'trim-silence', 'do-not-trim'),
  },
  'Audio that was kept; it is at `uri` without `.json`.',
);

const transcription = one(
  {
    sid: sid('TR', 'The transcription.'),
    account_sid: accountSid,
    api_version: apiVersion,
    recording_sid: sid('RE', 'The recording.'),
    ...created,
    duration: whole('Seconds of audio.'),
    price: never(),
    ...price,
    status: word('How it stands.', 'in-progress', 'completed', 'failed'),
    transcription_text: text('What was said; empty until it is completed.'),
    type: text('Empty.'),
    uri,
  },
  'What was said in a recording.',
);

const conference = one(
  {
    sid: sid('CF', 'The conference.'),
    account_sid: accountSid,
    ...created,
    friendly_name: text('How documents call it.'),
    status: word('init: those in it wait.', 'init', 'in-progress', 'completed'),
    api_version: apiVersion,
    region: text('Always the same.'),
    uri,
    reason_conference_ended: textOrNull('Why it ended.'),
    call_sid_ending_conference: sidOrNull('CA', 'Who ended it by leaving.'),
    subresource_uris: Type.Object({ participants: text('Who is in it.'), recordings: text('What was recorded.') }),
  },
  'Calls that hear each other.',
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

const queue = one(
  {
    sid: sid('QU', 'The queue.'),
    account_sid: accountSid,
    friendly_name: text('How documents call it.'),
    max_size: wholeOrNull('How many may wait.'),
    current_size: whole('How many wait.'),
    average_wait_time: whole('For how many seconds on average.'),
    ...created,
    api_version: apiVersion,
    uri,
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

const aboutIt = { code: text('The same number, as text.'), message: text('The same.'), more_info: text('The same.') };

const refusal = one(
  {
    code: whole('The vendor’s number of what is wrong.'),
    message: text('What is wrong.'),
    more_info: text('Where to read about it.'),
    status: whole('The HTTP status.'),
    errors: Type.Array(Type.Object(aboutIt), { description: 'The same again, for clients that read a list.' }),
  },
  'Why a request was not done.',
);

const described: Readonly<Record<Component, TSchema>> = {
  Call: call,
  Stream: stream,
  Recording: recording,
  Transcription: transcription,
  Conference: conference,
  Participant: participant,
  Queue: queue,
  Member: member,
  Refusal: refusal,
  ...settingComponents,
};

/** By the names that routes know them by. */
export const components: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(described).map(([$id, schema]) => [$id, { $id, ...schema }]),
);
