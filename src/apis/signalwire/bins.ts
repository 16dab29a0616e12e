/** Bins: documents that callflow serves itself (LaML 6.7). */
import type { ResourceRecord } from '../../records.ts';
import { iso8601 } from '../../vendors/signalwire/dates.ts';
import { apiVersion } from '../../vendors/signalwire/parameters.ts';
import { sidOf } from '../../vendors/signalwire/sids.ts';
import { given, pageOf } from './gives.ts';
import { type BinBody, binKind, emptyBin } from './hosted-bins.ts';
import { idIn } from './lookup.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { invalid, notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const collection = '/Accounts/:account/LamlBins';
const path = `${collection}/:bin`;

const longestName = 64;
const mostBytes = 64 * 1024;

function show({ sids, context }: Asked, { id, body, createTime }: ResourceRecord): object {
  const { name, contents, requests, accessTime, updateTime } = body as BinBody;
  const sid = sids.sid('bin', id);
  return {
    sid,
    account_sid: sids.account,
    name,
    contents,
    request_url: `${context.publicUrl()}/laml-bins/${sidOf(id)}`,
    num_requests: requests,
    date_created: iso8601(createTime),
    date_updated: iso8601(updateTime),
    date_last_accessed: accessTime === undefined ? null : iso8601(accessTime),
    api_version: apiVersion,
    uri: sids.uri(`/LamlBins/${sid}.json`),
  };
}

function existing(asked: Asked): ResourceRecord {
  const record = asked.context.store.resource(binKind, asked.project, idIn(asked, 'bin'));
  if (!record) throw notFound('the bin');
  return record;
}

const parameters = {
  Name: `Its name, at most ${longestName} characters.`,
  Contents: 'The document; `{{From}}` gives way to that parameter of a request.',
};

function read({ form }: Asked): { name?: string; contents?: string } {
  const [name, contents] = [form.text('Name'), form.text('Contents')];
  if ((name?.length ?? 0) > longestName) throw new Refusal(20002, `Name has more than ${longestName} characters`);
  if (Buffer.byteLength(contents ?? '') > mostBytes)
    throw new Refusal(11750, `Contents has more than ${mostBytes} bytes`, 422);
  return { ...(name !== undefined && { name }), ...(contents !== undefined && { contents }) };
}

const create: Route = {
  id: 'bins.create',
  method: 'POST',
  path: collection,
  permission: 'voice.bins.create',
  summary: 'Makes a bin',
  parameters,
  status: 201,
  answers: 'The bin.',
  gives: given('Bin'),
  answer: async (asked) => {
    const { context, project } = asked;
    const { name, contents = emptyBin } = read(asked);
    if (name === undefined) throw invalid('Name is needed: the name of the bin');
    const createTime = context.clock.now();
    const body: BinBody = { name, contents, requests: 0, updateTime: createTime };
    const id = context.ids.next();
    const record = { kind: binKind, project, id, name: id, body, createTime };
    return show(asked, await context.setup.keep(() => record));
  },
};

const list: Route = {
  id: 'bins.list',
  method: 'GET',
  path: collection,
  permission: 'voice.bins.list',
  summary: 'Lists bins, the newest first',
  parameters: { Name: 'Its name, exactly.', ...pageParameters },
  answers: 'A page of `laml_bins`.',
  gives: pageOf('laml_bins', 'Bin'),
  answer: (asked) => {
    const { context, project, form } = asked;
    const name = form.text('Name');
    return listed<ResourceRecord>(asked, {
      key: 'laml_bins',
      find: sieved(
        (piece) => context.store.findResources({ kind: binKind, project, ...piece }),
        ({ body }) => name === undefined || (body as BinBody).name === name,
      ),
      show: (record) => show(asked, record),
    });
  },
};

const get: Route = {
  id: 'bins.get',
  method: 'GET',
  path,
  permission: 'voice.bins.get',
  summary: 'Shows a bin',
  answers: 'The bin.',
  gives: given('Bin'),
  answer: (asked) => show(asked, existing(asked)),
};

const update: Route = {
  id: 'bins.update',
  method: 'POST',
  path,
  permission: 'voice.bins.update',
  summary: 'Changes a bin',
  parameters,
  answers: 'The bin.',
  gives: given('Bin'),
  answer: async (asked) => {
    const { context } = asked;
    const change = read(asked);
    const updateTime = context.clock.now();
    const changed = await context.setup.keep(() => {
      const record = existing(asked);
      return { ...record, body: { ...record.body, ...change, updateTime } };
    });
    return show(asked, changed);
  },
};

const remove: Route = {
  id: 'bins.delete',
  method: 'DELETE',
  path,
  permission: 'voice.bins.delete',
  summary: 'Deletes a bin',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    await asked.context.setup.change(() => ({
      changes: [{ type: 'resource', record: existing(asked), deleted: true }],
      answer: undefined,
    }));
  },
};

export const laMlBins = [create, list, get, update, remove];
