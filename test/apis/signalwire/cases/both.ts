/** One call, seen and steered through both APIs at once. */
import { expect } from 'vitest';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { bothClients, type Case, done, expectRefused, missing, shows } from '../case.ts';
import { talking } from './calls.ts';

async function enfonica(api: Api, method: string, path: string, token = 'demo-token', body?: object) {
  const response = await fetch(`${api.url}/v1beta1/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** The name of the newest call of the project. */
async function newest(api: Api): Promise<string> {
  const { body } = await enfonica(api, 'GET', 'projects/demo/calls');
  return (body.calls as unknown as { name: string }[])[0]!.name;
}

export const both: Case[] = [
  shows('calls.get made-by-enfonica', 'shows and ends a call that the API of Enfonica has made', async (api) => {
    api.documents['/voiceml'] = '<Response><Wait DurationSeconds="600"/></Response>';
    const call = { to: somebody, from: ours, options: { handlerUris: [`${app}/voiceml`] } };
    const { status, body: made } = await enfonica(api, 'POST', 'projects/demo/calls', 'demo-token', call);
    expect(status, JSON.stringify(made)).toBe(200);
    await api.pass(10_000);
    const [signalwire, twilio] = bothClients(api);
    const [seen] = await signalwire.calls.list();
    const [again] = await twilio.calls.list();
    expect(seen).toMatchObject({ to: somebody, from: ours, status: 'in-progress', direction: 'outbound' });
    expect(seen.accountSid).toBe(accounts.uuid);
    expect(again).toMatchObject({ sid: `CA${seen.sid.replaceAll('-', '')}`, accountSid: accounts.ac });
    expect((await twilio.calls(seen.sid).update({ status: 'completed' })).status).toBe('completed');
    await api.pass(1_000);
    expect((await enfonica(api, 'GET', made.name!)).body).toMatchObject({
      state: 'COMPLETED',
      to: somebody,
      from: ours,
    });
    expect((await signalwire.calls(seen.sid).fetch()).status).toBe('completed');
  }),
  shows(
    'calls.get both-states',
    'says the same of a call in both APIs while it rings, goes on and has ended',
    async (api) => {
      const { sid } = await done(api, 'POST', '/Calls', { form: { To: somebody, From: ours, Url: `${app}/hold` } });
      const states = [];
      for (const ms of [0, 10_000, 1_000]) {
        await api.pass(ms);
        const shown = await done(api, 'GET', `/Calls/${sid}`);
        states.push([shown.status, (await enfonica(api, 'GET', await newest(api))).body.state]);
        if (shown.status === 'in-progress') await done(api, 'POST', `/Calls/${sid}`, { form: { Status: 'completed' } });
      }
      expect(states).toEqual([
        ['ringing', 'RINGING'],
        ['in-progress', 'IN_PROGRESS'],
        ['completed', 'COMPLETED'],
      ]);
    },
  ),
  shows('calls.get both-strangers', 'shows a call to no other project, in neither API', async (api) => {
    const sid = await talking(api);
    const name = await newest(api);
    const as = [accounts.other, 'other-token'] as const;
    const theirs = `/api/laml/2010-04-01/Accounts/${accounts.other}/Calls`;
    expectRefused(await api.ask('GET', `${theirs}/${sid}`, { as }), missing);
    expectRefused(await api.ask('POST', `${theirs}/${sid}`, { as, form: { Status: 'completed' } }), missing);
    expectRefused(await api.ask('DELETE', `${theirs}/${sid}`, { as }), missing);
    expect((await api.ask('GET', theirs, { as })).body).toMatchObject({ calls: [] });
    for (const path of [name, name.replace('projects/demo', 'projects/other')])
      expect([403, 404]).toContain((await enfonica(api, 'GET', path, 'other-token')).status);
    expect((await enfonica(api, 'GET', 'projects/other/calls', 'other-token')).body.calls).toBeUndefined();
    expect((await done(api, 'GET', `/Calls/${sid}`)).status).toBe('in-progress');
  }),
];
