/** Bins: documents that callflow serves itself (LaML 6.7). */
import { isWithin } from '../../dialects/kinds.ts';
import { iso8601 } from '../../vendors/signalwire/dates.ts';
import { apiVersion } from '../../vendors/signalwire/parameters.ts';
import { sidOf } from '../../vendors/signalwire/sids.ts';
import { type BinBody, binKind, emptyBin } from './hosted-bins.ts';
import { keptRoutes } from './kept-routes.ts';
import { invalid, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';

const longestName = 64;
const mostBytes = 64 * 1024;

function read({ form, context }: Asked): Pick<BinBody, 'updateTime'> & Partial<Pick<BinBody, 'name' | 'contents'>> {
  const [name, contents] = [form.text('Name'), form.lines('Contents')];
  if (!isWithin(name ?? '', longestName)) throw new Refusal(20002, `Name has more than ${longestName} characters`);
  if (Buffer.byteLength(contents ?? '') > mostBytes)
    throw new Refusal(11750, `Contents has more than ${mostBytes} bytes`, 422);
  const updateTime = context.clock.now();
  return { updateTime, ...(name !== undefined && { name }), ...(contents !== undefined && { contents }) };
}

export const laMlBins = keptRoutes<BinBody>({
  id: 'bins',
  path: '/LamlBins',
  one: 'a bin',
  permission: 'voice.bins',
  component: 'Bin',
  key: 'laml_bins',
  kind: binKind,
  parameters: {
    Name: `Its name, at most ${longestName} characters.`,
    Contents: 'The document; `{{From}}` gives way to that parameter of a request.',
  },
  name: ['Name', ({ name }) => name],
  isPublic: true,
  make: (asked) => {
    const { name, contents = emptyBin, updateTime } = read(asked);
    if (name === undefined) throw invalid('Name is needed: the name of the bin');
    return { name, contents, requests: 0, updateTime };
  },
  changed: (asked, before) => ({ ...before, ...read(asked) }),
  show: ({ sids, context }, { id, body, createTime }) => {
    const { name, contents, requests, accessTime, updateTime } = body;
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
  },
});
