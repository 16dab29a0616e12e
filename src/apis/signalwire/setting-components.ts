/** What is set up, as answers have it, for the documentation. */
import { type TProperties, type TSchema, Type } from '@sinclair/typebox';
import { statuses } from '../../config/subprojects.ts';
import {
  accountSid,
  apiVersion,
  asked,
  created,
  dateOrNull,
  flag,
  isoDate,
  never,
  one,
  record,
  sidOrNull,
  text,
  textOrNull,
  uri,
  whole,
  wholeOrNull,
  word,
} from './component-fields.ts';
import type { Component } from './gives.ts';

const voice: TProperties = {
  ...asked('voice', 'Asked what to do with a call.'),
  ...asked('voice_fallback', 'Asked when no document can be had.'),
  status_callback: textOrNull('Hears of the end of a call.'),
  status_callback_method: word('How it is told.', 'GET', 'POST'),
  ...asked('sms', 'Kept.'),
  ...asked('sms_fallback', 'Kept.'),
};

const application = record(
  'AP',
  'The application.',
  {
    api_version: apiVersion,
    ...created,
    friendly_name: text('Its name.'),
    ...voice,
    sms_status_callback: textOrNull('Kept.'),
    sms_status_callback_method: word('Kept.', 'GET', 'POST'),
    message_status_callback: textOrNull('Kept.'),
    voice_caller_id_lookup: never(),
  },
  'URLs under one name, for calls and numbers.',
);

const number = record(
  'PN',
  'The number.',
  {
    account_id: accountSid,
    address_requirements: word('None.', 'none'),
    address_sid: never(),
    api_version: apiVersion,
    beta: flag('false.'),
    capabilities: Type.Object({
      voice: flag('Calls.'),
      sms: flag('Short messages.'),
      mms: flag('Messages with pictures.'),
      fax: flag('Faxes.'),
    }),
    country_code: textOrNull('Such as `US`.'),
    ...created,
    emergency_address_sid: never(),
    emergency_status: word('Not used.', 'Inactive'),
    identity_sid: never(),
    origin: word('hosted: it was brought along.', 'signalwire', 'hosted'),
    phone_number: text('With +.'),
    friendly_name: text('Its name; the number, to read, unless it has another.'),
    ...voice,
    voice_application_sid: sidOrNull('AP', 'What calls run, instead of `voice_url`.'),
    sms_application_sid: sidOrNull('AP', 'Kept.'),
    voice_receive_mode: text('Kept.'),
    voice_caller_id_lookup: flag('false.'),
    trunk_sid: never(),
  },
  'A number of the project.',
);

const availableNumber = one(
  {
    friendly_name: text('The number, to read.'),
    phone_number: text('With +.'),
    iso_country: word('Where it is.', 'US'),
    beta: flag('false.'),
    capabilities: Type.Object({
      voice: flag('Calls.'),
      SMS: flag('Short messages.'),
      MMS: flag('Messages with pictures.'),
      fax: flag('Faxes.'),
    }),
    address_requirements: word('None.', 'none'),
  },
  'A number that nobody has.',
);

const country = one(
  {
    country_code: word('The country.', 'US'),
    country: text('Its name.'),
    beta: flag('false.'),
    uri,
    subresource_uris: Type.Object({
      local: text('Its numbers.'),
      toll_free: text('Those that nobody pays for to call.'),
    }),
  },
  'A country in which numbers can be searched.',
);

const bin = record(
  'LB',
  'The bin.',
  {
    name: text('Its name.'),
    contents: text('The document.'),
    request_url: text('Where it is served.'),
    num_requests: whole('How often it was asked for.'),
    date_created: isoDate('Since when it has been there.'),
    date_updated: isoDate('When it last changed.'),
    date_last_accessed: textOrNull('When it was last asked for.'),
    api_version: apiVersion,
  },
  'A document that callflow serves itself.',
);

const message = record(
  'SM',
  'The message.',
  {
    api_version: apiVersion,
    body: text('The text.'),
    ...created,
    date_sent: dateOrNull('When the network took it.'),
    direction: word('outbound-call: a document has sent it.', 'outbound-api', 'outbound-call'),
    error_code: wholeOrNull('Of one that failed.'),
    error_message: textOrNull('Why it failed.'),
    from: text('A number of the project.'),
    to: text('A number.'),
    messaging_service_sid: never(),
    num_media: word('None.', '0'),
    num_segments: text('Into how many pieces it was cut.'),
    price: never('Messages have none.'),
    price_unit: word('Always so.', 'USD'),
    status: word('How it stands with it.', 'queued', 'sending', 'sent', 'failed'),
    subresource_uris: Type.Object({ media: never() }),
  },
  'A text message that was sent.',
);

const account = one(
  {
    sid: accountSid,
    friendly_name: text('Its name.'),
    status: word('Whether calls are made and taken.', ...statuses),
    auth_token: word('Not shown.', 'redacted'),
    type: word('Always so.', 'Full'),
    owner_account_sid: accountSid,
    region_preference: never(),
    subproject: flag('It is below another one.'),
    signing_key: never('Not shown.'),
    ...created,
    subresource_uris: Type.Record(Type.String(), textOrNull('Where they are.')),
    uri,
  },
  'A project of the configuration, or one below it.',
);

export const settingComponents = {
  Application: application,
  Number: number,
  AvailableNumber: availableNumber,
  Country: country,
  Bin: bin,
  Message: message,
  Account: account,
} as const satisfies Partial<Record<Component, TSchema>>;
