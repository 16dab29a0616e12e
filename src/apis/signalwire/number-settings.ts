/** What can be set up of a number, and the number as it is shown. */
import type { ResourceRecord } from '../../records/resource.ts';
import { formatted } from '../../vendors/signalwire/call-json.ts';
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { apiVersion } from '../../vendors/signalwire/parameters.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { countryOf } from '../enfonica/numbering-plan.ts';
import { applicationOf } from './application-records.ts';
import { type NumberSettings, numberId, settingsOf } from './number-records.ts';
import { Refusal } from './refusal.ts';
import type { Asked } from './route.ts';
import { choice, friendlyName, messageFields, readFields, showFields, voiceFields } from './settings-fields.ts';

const text = (about: string) => ({ about, read: (form: Asked['form'], name: string) => form.text(name) });

export const numberFields = {
  FriendlyName: friendlyName,
  ...voiceFields,
  VoiceApplicationSid: text('The application that says what calls run, instead of VoiceUrl.'),
  VoiceReceiveMode: choice(['voice', 'fax'], 'kept.'),
  ...messageFields,
  SmsApplicationSid: text('Kept.'),
};

export function showNumber(asked: Asked, instance: ResourceRecord): object {
  const { context, sids } = asked;
  const number = instance.name ?? '';
  const settings = settingsOf(context.store, instance);
  const sid = sids.sid('number', numberId(number));
  const idOrNull = (value: string | null | undefined) => {
    const id = value ? idOf(value) : undefined;
    return id === undefined ? null : sids.sid('application', id);
  };
  return {
    sid,
    account_sid: sids.account,
    account_id: sids.account,
    address_requirements: 'none',
    address_sid: null,
    api_version: apiVersion,
    beta: false,
    capabilities: { voice: true, sms: true, mms: false, fax: true },
    country_code: countryOf(number) ?? null,
    date_created: rfc2822(instance.createTime),
    date_updated: rfc2822(Number(settings._updated ?? instance.createTime)),
    emergency_address_sid: null,
    emergency_status: 'Inactive',
    identity_sid: null,
    origin: settings._origin ?? 'signalwire',
    phone_number: number,
    ...showFields(numberFields, settings),
    friendly_name: settings.friendly_name ?? formatted(number),
    voice_application_sid: idOrNull(settings.voice_application_sid),
    sms_application_sid: idOrNull(settings.sms_application_sid),
    voice_caller_id_lookup: false,
    trunk_sid: null,
    uri: sids.uri(`/IncomingPhoneNumbers/${sid}.json`),
  };
}

/** What the form sets up, over what was there. */
export function settingsFrom(asked: Asked, before: NumberSettings): NumberSettings {
  const settings = readFields(numberFields, asked.form, before);
  for (const name of ['VoiceApplicationSid', 'SmsApplicationSid']) {
    const application = asked.form.text(name);
    if (application !== undefined && !applicationOf(asked, application))
      throw new Refusal(21420, `${name} is no application of this project`);
  }
  return { ...settings, _updated: String(asked.context.clock.now()) };
}
