/** Accounts: a project of the configuration, and those below it (LaML 6.7). */
import { rfc2822 } from '../../vendors/signalwire/dates.ts';
import { sidOf } from '../../vendors/signalwire/sids.ts';
import { type Account, accountOf, accountsOf, changedStatus, made, mostBelow, renamed } from './account-records.ts';
import { given, pageOf } from './gives.ts';
import { fromList, listed, pageParameters } from './paging.ts';
import { Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

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

function show(asked: Asked, { id, name, createTime, updateTime, below }: Account): object {
  const sids = asked.sids.of(id);
  return {
    sid: sids.account,
    friendly_name: name,
    status: below?.status ?? 'active',
    auth_token: 'redacted',
    type: 'Full',
    owner_account_sid: below ? sids.of(below.parent).account : sids.account,
    region_preference: null,
    subproject: below !== undefined,
    signing_key: null,
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime),
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
  summary: 'Lists the account of the token and those below it, the newest first',
  parameters: { FriendlyName: 'Its name, exactly.', Status: 'active, suspended or closed.', ...pageParameters },
  answers: 'A page of `accounts`.',
  gives: pageOf('accounts', 'Account'),
  answer: (asked) => {
    const { form, sids } = asked;
    const is = (filter: string, value: string) => [undefined, value].includes(form.text(filter));
    const wanted = accountsOf(asked).filter(
      (account) => is('FriendlyName', account.name) && is('Status', statusOf(account)),
    );
    return listed<Account>(asked, {
      key: 'accounts',
      at: sids.uri('').replace(/\/[^/]*$/, ''),
      find: fromList(wanted),
      show: (account) => show(asked, account),
    });
  },
};

const statusOf = ({ below }: Account) => below?.status ?? 'active';

const create: Route = {
  id: 'accounts.create',
  method: 'POST',
  path: '/Accounts',
  permission: 'management.accounts.create',
  summary: 'Makes a subproject',
  parameters: { FriendlyName: 'At most 64 characters; when it was made, unless given.' },
  status: 201,
  answers: 'The account.',
  gives: given('Account'),
  answer: async (asked) => {
    const { context, project } = asked;
    if (context.subprojects.get(project)) throw new Refusal(10001, 'a subproject has no subprojects', 403);
    const id = sidOf(context.ids.next());
    await context.setup.change(() => {
      const open = accountsOf(asked).filter((account) => statusOf(account) !== 'closed');
      if (open.length > mostBelow) throw new Refusal(20010, `${mostBelow} subprojects are as many as may be`, 403);
      return {
        changes: [made(context, project, id), renamed(asked, id, { friendly_name: usualName(asked) })],
        answer: id,
      };
    });
    return show(asked, accountOf(context, id));
  },
};

/** As Twilio calls what nobody has called anything. */
function usualName({ context }: Asked): string {
  const [day, time = ''] = new Date(context.clock.now()).toISOString().split('T');
  const hour = Number(time.slice(0, 2));
  const ofHalfDay = String(hour % 12 || 12).padStart(2, '0');
  return `SubAccount Created at ${day} ${ofHalfDay}${time.slice(2, 5)} ${hour < 12 ? 'am' : 'pm'}`;
}

const path = '/Accounts/:account';

const get: Route = {
  id: 'accounts.get',
  method: 'GET',
  path,
  permission: 'management.accounts.get',
  summary: 'Shows the account, or one below it',
  answers: 'The account.',
  gives: given('Account'),
  answer: (asked) => show(asked, accountOf(asked.context, asked.project)),
};

const update: Route = {
  id: 'accounts.update',
  method: 'POST',
  path,
  permission: 'management.accounts.update',
  summary: 'Gives the account another name; suspends or closes one that was made here',
  parameters: {
    FriendlyName: 'At most 64 characters.',
    Status: 'active, suspended (it makes and takes no calls), or closed (for ever; its numbers are given back).',
  },
  answers: 'The account.',
  gives: given('Account'),
  answer: async (asked) => {
    const { context, project } = asked;
    await context.setup.change(() => ({
      changes: [renamed(asked, project), ...changedStatus(asked)],
      answer: undefined,
    }));
    return show(asked, accountOf(context, project));
  },
};

export const accounts = [list, create, get, update];
