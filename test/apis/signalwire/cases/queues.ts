/** Every field of queues and of who waits in them, and every value that is refused. */
import { expect } from 'vitest';
import { type Api, accounts, app } from '../api.ts';
import { type Case, done, expectRefused, missing, refuses, shows } from '../case.ts';
import { talking } from './calls.ts';
import { about, bad, later, made, walked } from './whole.ts';

const queuePath = async (api: Api, FriendlyName = 'one') =>
  `/Queues/${(await done(api, 'POST', '/Queues', { form: { FriendlyName } })).sid}`;

export const queueCases: Case[] = [
  shows('queues.get whole', 'shows every field of the vendor', async (api) => {
    const path = await queuePath(api);
    const sid = path.split('/').at(-1);
    const queue = {
      sid,
      ...about,
      friendly_name: 'one',
      max_size: null,
      current_size: 0,
      average_wait_time: 0,
      date_created: made,
      date_updated: made,
      uri: `${api.base}${path}.json`,
      subresource_uris: { members: `${api.base}${path}/Members.json` },
    };
    expect(await done(api, 'GET', `${path}.json`)).toEqual(queue);
    await api.pass(5_000);
    expect(await done(api, 'POST', path, { form: { FriendlyName: 'two', MaxSize: '5000' } })).toEqual({
      ...queue,
      friendly_name: 'two',
      max_size: 5000,
      date_updated: later,
    });
    expect(await done(api, 'POST', path, { form: { FriendlyName: '' } })).toMatchObject({ friendly_name: 'two' });
  }),
  ...[
    ['size-many', { MaxSize: '5001' }, 10000],
    ['size-words', { MaxSize: 'many' }, 10000],
    ['size-zero', { MaxSize: '0' }, 10000],
    ['letters', { FriendlyName: 'a-b' }, 10000],
    ['long', { FriendlyName: 'x'.repeat(65) }, 20002],
  ].map(([id, form, code]) =>
    shows(`queues.update ${id}`, `changes nothing to a wrong ${Object.keys(form as object)[0]}`, async (api) => {
      const path = await queuePath(api);
      const before = await done(api, 'GET', path);
      const answer = await api.ask('POST', api.base + path, { form: form as Record<string, string> });
      expectRefused(answer, bad(code as number));
      expect(await done(api, 'GET', path)).toEqual(before);
    }),
  ),
  shows('queues.update taken', 'gives no queue the name of another', async (api) => {
    const path = await queuePath(api);
    await queuePath(api, 'two');
    expectRefused(await api.ask('POST', api.base + path, { form: { FriendlyName: 'two' } }), bad(20422, 422));
    expect(await done(api, 'POST', path, { form: { FriendlyName: 'one' } })).toMatchObject({ friendly_name: 'one' });
  }),
  shows('queues.list pages', 'lists the newest first, in pages', async (api) => {
    for (const name of ['a', 'b', 'c']) await queuePath(api, name);
    expect(await walked(api, '/Queues', 'queues', 'friendly_name')).toEqual([['c', 'b'], ['a']]);
  }),
  refuses('queues.get unknown', 'finds no other', ['GET', '/Queues/x'], missing),
  shows('members.get whole', 'shows every field of the vendor, in the order in which they came', async (api) => {
    api.documents['/queue'] = '<Response><Enqueue>one</Enqueue></Response>';
    const path = await queuePath(api);
    const sid = path.split('/').at(-1);
    const calls: string[] = [];
    for (let count = 0; count < 3; count++)
      calls.push(await talking(api, { Url: `${app}/queue`, To: `+1555010009${count}` }));
    expect(await done(api, 'GET', `${path}/Members/Front.json`)).toEqual({
      call_sid: calls[0],
      account_sid: accounts.uuid,
      queue_sid: sid,
      date_enqueued: 'Thu, 01 Jan 2026 09:00:02 +0000',
      position: 1,
      wait_time: 28,
      member_type: 'laml_call',
      uri: `${api.base}${path}/Members/${calls[0]}.json`,
    });
    expect(await walked(api, `${path}/Members`, 'queue_members', 'call_sid')).toEqual([calls.slice(0, 2), [calls[2]]]);
    // 28, 18 and 8 seconds.
    expect(await done(api, 'GET', path)).toMatchObject({ current_size: 3, average_wait_time: 18 });
    expectRefused(await api.ask('GET', `${api.base}${path}/Members/${sid}`), missing);
  }),
  shows('members.list leaving', 'goes on behind a page whose last one leaves meanwhile', async (api) => {
    api.documents['/queue'] = '<Response><Enqueue>one</Enqueue></Response>';
    const path = await queuePath(api);
    const calls: string[] = [];
    for (let count = 0; count < 4; count++)
      calls.push(await talking(api, { Url: `${app}/queue`, To: `+1555010009${count}` }));
    const { next_page_uri } = await done(api, 'GET', `${path}/Members?PageSize=2`);
    await done(api, 'POST', `/Calls/${calls[1]}`, { form: { Status: 'completed' } });
    await api.pass(1_000);
    const { body } = await api.ask('GET', api.url + next_page_uri);
    expect((body as { queue_members: unknown }).queue_members).toMatchObject([
      { call_sid: calls[2], position: 2 },
      { call_sid: calls[3], position: 3 },
    ]);
  }),
  shows('members.update nobody', 'sends nobody out of an empty queue, and nobody who does not wait', async (api) => {
    const path = await queuePath(api);
    const call = await talking(api);
    for (const member of ['Front', 'front', call, 'x'])
      expectRefused(
        await api.ask('POST', `${api.base}${path}/Members/${member}`, { form: { Url: `${app}/hold` } }),
        missing,
      );
    expectRefused(
      await api.ask('POST', `${api.base}/Queues/x/Members/Front`, { form: { Url: `${app}/hold` } }),
      missing,
    );
  }),
  ...(
    [
      ['method', { Url: app, Method: 'PUT' }, 21209],
      ['scheme', { Url: 'ftp://app.example' }, 11100],
    ] as [string, Record<string, string>, number][]
  ).map(([id, form, code]) =>
    shows(`members.update ${id}`, `leaves a call where it waits, for a wrong ${id}`, async (api) => {
      api.documents['/queue'] = '<Response><Enqueue>one</Enqueue></Response>';
      const path = await queuePath(api);
      await talking(api, { Url: `${app}/queue` });
      expectRefused(await api.ask('POST', `${api.base}${path}/Members/Front`, { form }), bad(code));
      expect(await done(api, 'GET', path)).toMatchObject({ current_size: 1 });
    }),
  ),
];
