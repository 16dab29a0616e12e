/** Applications: URLs under one name, for calls and numbers (LaML 6.7). */
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { apiVersion } from '../../vendors/signalwire/parameters.ts';
import { applicationKind, type Settings } from './application-records.ts';
import { keptRoutes } from './kept-routes.ts';
import { invalid } from './refusal.ts';
import type { Asked } from './route.ts';
import {
  asked,
  friendlyName,
  messageFields,
  parametersOf,
  readFields,
  showFields,
  url,
  voiceFields,
} from './settings-fields.ts';

const fields = {
  FriendlyName: friendlyName,
  ...voiceFields,
  ...messageFields,
  ...asked('SmsStatusCallback', 'Kept.', ''),
  MessageStatusCallback: url('Kept.'),
};

/** Settings are kept flat beside the time of the last change. */
function settingsOf({ form, context }: Asked, before?: Settings): Settings {
  const settings = readFields(fields, form, before);
  if (settings.friendly_name === undefined) throw invalid('FriendlyName is needed: the name of the application');
  return { ...settings, _updated: String(context.clock.now()) };
}

export const applications = keptRoutes<Settings>({
  id: 'applications',
  path: '/Applications',
  one: 'an application',
  permission: 'voice.applications',
  component: 'Application',
  kind: applicationKind,
  parameters: parametersOf(fields),
  name: ['FriendlyName', ({ friendly_name = '' }) => friendly_name],
  change: 'Changes an application; calls that are made from now on run it as it is then',
  make: (it) => settingsOf(it),
  changed: settingsOf,
  show: ({ sids }, { id, body, createTime }) => {
    const sid = sids.sid('application', id);
    return {
      sid,
      account_sid: sids.account,
      api_version: apiVersion,
      date_created: rfc2822(createTime),
      date_updated: rfc2822(Number(body._updated)),
      ...showFields(fields, body),
      voice_caller_id_lookup: null,
      uri: sids.uri(`/Applications/${sid}.json`),
    };
  },
});
