/** The account: a project of the configuration (LaML 6.7). */
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { given, pageOf } from './gives.ts';
import { Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';
import { friendlyName, readFields } from './settings-fields.ts';

const kind = 'lamlAccount';

const links = [
  'available_phone_numbers',
  'applications',
  'calls',
  'conferences',
  'incoming_phone_numbers',
  'messages',
  'queues',
  'recordings',
  'transcriptions',
];
const nowhere = [
  'addresses',
  'authorized_connect_apps',
  'connect_apps',
  'keys',
  'notifications',
  'outgoing_caller_ids',
  'sandbox',
  'sip',
  'short_codes',
  'usage',
];

const pascal = (name: string) => name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());

const settingsOf = ({ context, project }: Asked) => context.store.resource(kind, project, 'account');

function show(asked: Asked): object {
  const { project, sids } = asked;
  const kept = settingsOf(asked);
  const { friendly_name = project } = (kept?.body ?? {}) as Readonly<Record<string, string>>;
  const date = rfc2822(kept?.createTime ?? 0);
  return {
    sid: sids.account,
    friendly_name,
    status: 'active',
    auth_token: 'redacted',
    type: 'Full',
    owner_account_sid: sids.account,
    region_preference: null,
    subproject: false,
    signing_key: null,
    date_created: date,
    date_updated: date,
    subresource_uris: Object.fromEntries([
      ...links.map((name) => [name, sids.uri(`/${pascal(name)}.json`)]),
      ...nowhere.map((name) => [name, null]),
    ]),
    uri: `${sids.uri('')}.json`,
  };
}

const list: Route = {
  id: 'accounts.list',
  method: 'GET',
  path: '/Accounts',
  permission: 'management.accounts.list',
  summary: 'Lists the accounts of the token: one',
  parameters: { FriendlyName: 'Its name, exactly.', Status: 'active.' },
  answers: 'A page of `accounts`.',
  gives: pageOf('accounts', 'Account'),
  answer: (asked) => {
    const account = show(asked) as { friendly_name: string; uri: string };
    const { form } = asked;
    const isWanted = [undefined, account.friendly_name].includes(form.text('FriendlyName'));
    const isActive = [undefined, 'active'].includes(form.text('Status'));
    const uri = account.uri.replace(/\/[^/]*$/, '');
    return {
      uri,
      first_page_uri: uri,
      next_page_uri: null,
      previous_page_uri: null,
      page: 0,
      page_size: 50,
      accounts: isWanted && isActive ? [account] : [],
    };
  },
};

const create: Route = {
  id: 'accounts.create',
  method: 'POST',
  path: '/Accounts',
  permission: 'management.accounts.create',
  summary: 'Is refused: projects are made by the configuration',
  answers: 'Nothing.',
  answer: () => {
    throw new Refusal(10001, 'projects are made by the configuration of callflow', 403);
  },
};

const path = '/Accounts/:account';

const get: Route = {
  id: 'accounts.get',
  method: 'GET',
  path,
  permission: 'management.accounts.get',
  summary: 'Shows the account',
  answers: 'The account.',
  gives: given('Account'),
  answer: (asked) => show(asked),
};

const update: Route = {
  id: 'accounts.update',
  method: 'POST',
  path,
  permission: 'management.accounts.update',
  summary: 'Gives the account another name',
  parameters: { FriendlyName: 'At most 64 characters.' },
  answers: 'The account.',
  gives: given('Account'),
  answer: async (asked) => {
    const { context, project, form } = asked;
    const before = settingsOf(asked);
    const body = readFields({ FriendlyName: friendlyName }, form, (before?.body ?? {}) as Record<string, string>);
    const createTime = before?.createTime ?? context.clock.now();
    await context.setup.keep(() => ({ kind, project, id: 'account', body, createTime }));
    return show(asked);
  },
};

export const accounts = [list, create, get, update];
