/** Applications: URLs under one name, for calls and numbers (LaML 6.7). */
import type { ResourceRecord } from '../../records.ts';
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { apiVersion } from '../../vendors/signalwire/parameters.ts';
import { applicationKind, applicationOf, type Settings } from './application-records.ts';
import { given, pageOf } from './gives.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { invalid, notFound } from './refusal.ts';
import type { Asked, Route } from './route.ts';
import { friendlyName, messageFields, parametersOf, readFields, showFields, voiceFields } from './settings-fields.ts';

const fields = {
  FriendlyName: friendlyName,
  ...voiceFields,
  ...messageFields,
  SmsStatusCallback: { ...messageFields.SmsUrl!, about: 'Kept.' },
  SmsStatusCallbackMethod: { ...messageFields.SmsMethod!, about: 'Kept.' },
  MessageStatusCallback: { ...messageFields.SmsUrl!, about: 'Kept.' },
};

const collection = '/Accounts/:account/Applications';
const path = `${collection}/:application`;

interface Body {
  settings: Settings;
  updateTime: number;
}

/** Settings are kept flat beside the time of the last change. */
const toRecord = (record: Omit<ResourceRecord, 'body'>, { settings, updateTime }: Body): ResourceRecord => ({
  ...record,
  body: { ...settings, _updated: String(updateTime) },
});

function show({ sids }: Asked, { id, body, createTime }: ResourceRecord): object {
  const { _updated, ...settings } = body as Settings;
  const sid = sids.sid('application', id);
  return {
    sid,
    account_sid: sids.account,
    api_version: apiVersion,
    date_created: rfc2822(createTime),
    date_updated: rfc2822(Number(_updated)),
    ...showFields(fields, settings),
    voice_caller_id_lookup: null,
    uri: sids.uri(`/Applications/${sid}.json`),
  };
}

function existing(asked: Asked): ResourceRecord {
  const record = applicationOf(asked, asked.sid('application'));
  if (!record) throw notFound('the application');
  return record;
}

const create: Route = {
  id: 'applications.create',
  method: 'POST',
  path: collection,
  permission: 'voice.applications.create',
  summary: 'Makes an application',
  parameters: parametersOf(fields),
  status: 201,
  answers: 'The application.',
  gives: given('Application'),
  answer: async (asked) => {
    const { context, project, form } = asked;
    const settings = readFields(fields, form);
    if (settings.friendly_name === undefined) throw invalid('FriendlyName is needed: the name of the application');
    const createTime = context.clock.now();
    const record = { kind: applicationKind, project, id: context.ids.next(), createTime };
    return show(asked, await context.setup.keep(() => toRecord(record, { settings, updateTime: createTime })));
  },
};

const list: Route = {
  id: 'applications.list',
  method: 'GET',
  path: collection,
  permission: 'voice.applications.list',
  summary: 'Lists applications, the newest first',
  parameters: { FriendlyName: 'Its name, exactly.', ...pageParameters },
  answers: 'A page of `applications`.',
  gives: pageOf('applications', 'Application'),
  answer: (asked) => {
    const { context, project, form } = asked;
    const name = form.text('FriendlyName');
    return listed<ResourceRecord>(asked, {
      key: 'applications',
      find: sieved(
        (piece) => context.store.findResources({ kind: applicationKind, project, ...piece }),
        ({ body }) => name === undefined || (body as Settings).friendly_name === name,
      ),
      show: (record) => show(asked, record),
    });
  },
};

const get: Route = {
  id: 'applications.get',
  method: 'GET',
  path,
  permission: 'voice.applications.get',
  summary: 'Shows an application',
  answers: 'The application.',
  gives: given('Application'),
  answer: (asked) => show(asked, existing(asked)),
};

const update: Route = {
  id: 'applications.update',
  method: 'POST',
  path,
  permission: 'voice.applications.update',
  summary: 'Changes an application; calls that are made from now on run it as it is then',
  parameters: parametersOf(fields),
  answers: 'The application.',
  gives: given('Application'),
  answer: async (asked) => {
    const { context, form } = asked;
    const updateTime = context.clock.now();
    const changed = await context.setup.keep(() => {
      const { body, ...record } = existing(asked);
      return toRecord(record, { settings: readFields(fields, form, body as Settings), updateTime });
    });
    return show(asked, changed);
  },
};

const remove: Route = {
  id: 'applications.delete',
  method: 'DELETE',
  path,
  permission: 'voice.applications.delete',
  summary: 'Deletes an application',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    await asked.context.setup.change(() => ({
      changes: [{ type: 'resource', record: existing(asked), deleted: true }],
      answer: undefined,
    }));
  },
};

export const applications = [create, list, get, update, remove];
