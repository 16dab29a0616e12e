/** What answers consist of, for the documentation; the tests hold every answer against it. */
import { type TSchema, Type } from '@sinclair/typebox';
import { alias } from './aliases.ts';
import { newCallOptions } from './calls.ts';
import {
  flag,
  link,
  location,
  maybe,
  money,
  name,
  one,
  someTime,
  span,
  text,
  time,
  whole,
  word,
} from './describing.ts';
import { callExample, numberExample, recordingExample } from './examples.ts';
import type { Component } from './gives.ts';
import { labels, optional } from './kinds.ts';
import { numberFields } from './number-records.ts';
import { numberTypes } from './numbering-plan.ts';
import { recordingConfig } from './recording-config.ts';
import { refusal } from './refusal-shape.ts';
import { sipDomain } from './sip-domains.ts';
import { user } from './users.ts';

const call = one(
  'Call',
  {
    name: name('projects/{project}/calls/{call}'),
    to: text('Whom it is for: a number, or a SIP URI.'),
    from: maybe('Who calls; absent when the number is private.'),
    fromLocation: optional(Type.Object(location.properties, { description: 'Where an incoming call comes from.' })),
    fromZone: maybe('The zone of the caller’s number.'),
    isPrivate: flag('The caller does not want to be known.'),
    labels: optional(labels('Empty texts are kept.')),
    transport: word('How it is connected.', 'PSTN', 'CLIENT', 'SIP'),
    direction: word('Seen from here.', 'INCOMING', 'OUTGOING'),
    errorCode: maybe('Why it failed; `USER` when a document said so.'),
    errorMessage: maybe('The same, to read.'),
    price: optional(Type.Object(money.properties, { description: 'May come after the end.' })),
    state: word(
      'The last five are final.',
      'QUEUED',
      'STARTING',
      'RINGING',
      'IN_PROGRESS',
      'COMPLETED',
      'FAILED',
      'NOT_ANSWERED',
      'BUSY',
      'REJECTED',
    ),
    createTime: time('When it was made.'),
    startTime: someTime('When it was attempted.'),
    ringTime: someTime('When it began to ring; outgoing calls only.'),
    answerTime: someTime('When it was answered.'),
    endTime: someTime('When it ended.'),
    bridged: flag('It was joined with another call.'),
    originatingCall: maybe('The name of the call that it is a child of.'),
    createMethod: word('Who made it.', 'INCOMING_CALL', 'PARENT_CALL', 'API'),
    options: optional(
      Type.Object(
        { ...newCallOptions.properties, timeoutSeconds: whole('How long it may ring.') },
        {
          description: 'What was asked for; calls made by the API only.',
        },
      ),
    ),
    sipCallId: maybe('Of its SIP dialog.'),
    answerDuration: optional(span('From answer to end.')),
  },
  { description: 'One party’s connection.', examples: [callExample] },
);

const audio = Type.Object({
  mimeType: word('What kind of file.', 'audio/x-wav', 'audio/mpeg'),
  encoding: word('How the sound is in it.', 'AUDIO_ENCODING_PCM_16BIT', 'AUDIO_ENCODING_MP3'),
  sampleRate: whole('Per second.'),
  sizeBytes: optional(whole('Of the file.')),
  uri: link('Where it is, for 60 minutes; in the view FULL only.'),
});

const recording = one(
  'Recording',
  {
    name: name('projects/{project}/calls/{call}/recordings/{recording}'),
    state: word('EMPTY: nobody said anything.', 'PENDING', 'SUCCEEDED', 'EMPTY', 'FAILED'),
    source: word('An element of a document, or the recording of a whole call.', 'RECORD_ACTION', 'CALL_RECORDING'),
    duration: optional(span('After silence was trimmed.')),
    channelCount: whole('1, or 2 with a channel for each party.'),
    postProcessing: optional(Type.Array(word('What was done with it.', 'TRIM_SILENCE'))),
    errorCode: optional(word('Why it failed.', 'TIMEOUT', 'INTERNAL_ERROR')),
    audio: optional(Type.Array(audio)),
    startTime: someTime('When it began on the call.'),
    createTime: time('When it was made.'),
    readyUri: link('Who is told that it is ready.'),
  },
  { description: 'What was recorded of a call.', examples: [recordingExample] },
);

const utterance = Type.Object({
  channel: optional(Type.Literal(1, { description: 'The child; absent: the parent.' })),
  offset: span('From the beginning of the recording.'),
  duration: span('How long it was.'),
  text: maybe('What was said.'),
});

const transcription = one(
  'Transcription',
  {
    name: name('projects/{project}/calls/{call}/transcriptions/{transcription}'),
    recording: text('The name of the recording.'),
    state: word('How far it is.', 'PENDING', 'COMPLETED', 'FAILED'),
    duration: span('Of one channel.'),
    channelCount: whole('How many channels.'),
    createTime: time('When it was made.'),
    updateTime: time('When it last changed.'),
    readyUri: link('Who is told that it is ready.'),
    utterances: optional(Type.Array(utterance, { description: 'In the view FULL only.' })),
  },
  { description: 'A recording written down.' },
);

const fax = one(
  'Fax',
  {
    name: name('projects/{project}/faxes/{fax}'),
    call: text('The name of the call it came by.'),
    to: text('The number it was sent to.'),
    from: maybe('The number it came from.'),
    pageCount: optional(whole('How many pages.')),
    readyUri: link('Who is told that it is ready.'),
    uri: link('Where its pages are, for 60 minutes; in the view FULL only.'),
    startTime: time('When it began.'),
    createTime: time('When it was made.'),
  },
  { description: 'A fax that was received.' },
);

const sipInfo = one(
  'SipInfo',
  {
    name: name('projects/{project}/calls/{call}/sipInfo'),
    startTime: someTime('When the call began on the wire.'),
    endTime: time('When it ended.'),
    sipCallId: maybe('Of its SIP dialog.'),
  },
  { description: 'How a SIP call went on the wire.' },
);

const kept = {
  createTime: time('When it was set up.'),
  deleteTime: someTime('When it was deleted: it is shown still.'),
};

const phoneNumber = one(
  'PhoneNumber',
  {
    name: name('phoneNumbers/{number}'),
    phoneNumber: text('As E.164.'),
    capabilities: Type.Array(word('What it can do.', 'SMS', 'MMS', 'VOICE')),
    numberType: optional(word('What kind of number.', ...Object.keys(numberTypes))),
    countryCode: maybe('Two letters.'),
  },
  { description: 'A telephone number.' },
);

const range = Type.Object({
  primaryPhoneNumberInstance: text('The name of the instance that stands for the range.'),
  startPhoneNumber: text('The first number.'),
  endPhoneNumber: text('The last one.'),
  size: whole('How many there are.'),
});

/** By the names that routes know them by. */
export const components: Readonly<Record<Component, TSchema>> = {
  Call: call,
  Recording: recording,
  Transcription: transcription,
  Fax: fax,
  SipInfo: sipInfo,
  SipDomain: one(
    'SipDomain',
    {
      name: name('projects/{project}/sipDomains/{sipDomain}'),
      sipDomainId: text('Its id.'),
      fqdn: text('Where it is reached.'),
      ...sipDomain.properties,
      callRecording: optional(recordingConfig),
      ...kept,
    },
    { description: 'Where calls of the project’s own SIP devices come in.' },
  ),
  Alias: one(
    'Alias',
    {
      name: name('projects/{project}/sipDomains/{sipDomain}/aliases/{alias}'),
      aliasId: text('Its id.'),
      ...alias.properties,
      createTime: kept.createTime,
    },
    { description: 'An address of a SIP domain behind which several devices stand.' },
  ),
  User: one(
    'User',
    {
      name: name('projects/{project}/sipDomains/{sipDomain}/users/{user}'),
      userId: text('Its id.'),
      ...user.properties,
      createTime: kept.createTime,
    },
    { description: 'Somebody who may use a SIP domain.' },
  ),
  PhoneNumber: phoneNumber,
  PhoneNumberInstance: one(
    'PhoneNumberInstance',
    {
      name: name('projects/{project}/phoneNumberInstances/{phoneNumberInstance}'),
      phoneNumber: Type.Unsafe({ $ref: 'PhoneNumber#' }),
      ...numberFields,
      ...kept,
      activateTime: time('Since when it can be called.'),
      lifecycleState: word('Whether it is there.', 'ACTIVE', 'DELETED'),
      range: optional(Type.Object(range.properties, { description: 'The numbers it stands for, if it is not one.' })),
      compliant: Type.Literal(true),
    },
    { description: 'A number of the project, and what is asked when it is called.', examples: [numberExample] },
  ),
  Refusal: refusal,
};
