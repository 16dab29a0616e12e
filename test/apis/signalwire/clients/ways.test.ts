/** How the clients of the vendors behave, and that it works here (LaML 9). */
import { createRequire } from 'node:module';
import { RestClient } from '@signalwire/compatibility-api';
import twilio from 'twilio';
import { expect, onTestFinished, test } from 'vitest';
import { type Api, accounts, app, ours, somebody, startApi } from '../api.ts';
import { done } from '../case.ts';
import { talking } from '../cases/calls.ts';
import { meeting, waiting } from '../cases/rooms.ts';
import { overheard, readRequest } from './wire.ts';

async function started(): Promise<Api> {
  const api = await startApi();
  onTestFinished(() => api.close());
  return api;
}

async function callsMade(api: Api, many: number): Promise<void> {
  for (let n = 0; n < many; n++) {
    const form = { To: `+1555010020${n}`, From: ours, Url: `${app}/hold` };
    await done(api, 'POST', '/Calls', { form });
    await api.pass(1_000);
  }
}

const toOf = (calls: readonly { to: string }[]) => calls.map(({ to }) => to.at(-1)).join('');

test('a client of SignalWire with a transport of its own finds everything', async () => {
  const api = await started();
  await callsMade(api, 3);
  const { RequestClient } = createRequire(import.meta.url)('@signalwire/compatibility-api').RestClient as {
    RequestClient: new () => { request(options: { uri: string }): Promise<unknown> };
  };
  class Local extends RequestClient {
    override request(options: { uri: string }) {
      const { pathname, search } = new URL(options.uri);
      return super.request({ ...options, uri: api.url + pathname + search });
    }
  }
  const client = RestClient(accounts.uuid, 'demo-token', {
    signalwireSpaceUrl: 'unused.invalid',
    httpClient: new Local(),
  });
  expect(toOf(await client.calls.list({ pageSize: 2 }))).toBe('210');
});

test('its promises can be ended with done, and its functions called back', async () => {
  const api = await started();
  await callsMade(api, 1);
  const client = api.signalwire();
  const [call] = await new Promise<{ sid: string }[]>((resolve) => client.calls.list().then(resolve).done());
  const again = await new Promise((resolve, reject) =>
    client.calls(call!.sid).fetch((error: unknown, one: unknown) => (error ? reject(error) : resolve(one))),
  );
  expect(again).toMatchObject({ sid: call!.sid });
});

test.each([
  ['', accounts.ac],
  ['', accounts.uuid],
  ['/api/laml', accounts.ac],
  ['/api/laml', accounts.uuid],
])('a client of Twilio whose base URL ends with %j walks the pages of %s', async (suffix, account) => {
  const api = await started();
  await callsMade(api, 3);
  const client = twilio(accounts.ac, 'demo-token');
  client.api.baseUrl = api.url + suffix;
  client.username = account;
  client.accountSid = account;
  const first = await client.calls.page({ pageSize: 1 });
  const second = await first.nextPage();
  const back = await second?.previousPage();
  expect([first, second, back].map((page) => toOf(page?.instances ?? []))).toEqual(['2', '1', '2']);
  expect(toOf(await client.calls.list({ pageSize: 1 }))).toBe('210');
  expect(first.instances[0]?.accountSid).toBe(account);
});

test('a client of Twilio with a transport of its own finds everything', async () => {
  const api = await started();
  await callsMade(api, 3);
  class Local extends twilio.RequestClient {
    override request(options: Parameters<InstanceType<typeof twilio.RequestClient>['request']>[0]) {
      const { pathname, search } = new URL(options.uri);
      options.uri = api.url + pathname + search;
      return super.request(options) as never;
    }
  }
  const client = twilio(accounts.ac, 'demo-token', { httpClient: new Local() as never });
  expect(toOf(await client.calls.list({ pageSize: 2 }))).toBe('210');
});

test('what a client of SignalWire writes is understood, word for word', async () => {
  const api = await started();
  await done(api, 'POST', '/IncomingPhoneNumbers', { form: { PhoneNumber: '+15550101' } });
  const { queue } = await waiting(api);
  const { sid: conference, calls } = await meeting(api);
  const call = await talking(api);
  const ended = await talking(api, { Record: 'true', TimeLimit: '20', Trim: 'do-not-trim' });
  await api.pass(60_000);
  const [recording] = await api.signalwire().recordings.list({ callSid: ended });
  const way = await overheard(api.url);
  const client = RestClient(accounts.uuid, 'demo-token', { signalwireSpaceUrl: 'unused.invalid' });
  client.api.baseUrl = way.url;

  await client.calls.create({
    to: '+15550100',
    from: '+15550101',
    url: 'http://app/x',
    statusCallbackEvent: ['initiated', 'answered'],
    sendDigits: '1ww2',
    timeout: 20,
    record: true,
  });
  await client.calls.list({ status: 'in-progress', startTimeAfter: new Date('2018-09-20'), pageSize: 2 });
  await client.calls(call).streams.create({ url: 'wss://app/', 'parameter1.name': 'a', 'parameter1.value': 'b' });
  await client.conferences(conference).participants(calls[0]).update({ muted: true });
  await client.queues(queue).members('Front').update({ url: 'http://app/x' });
  await client.calls(call).update({ status: 'completed' });
  await client.recordings(recording.sid).fetch();
  await client.calls(ended).remove();

  const base = `/2010-04-01/Accounts/${accounts.uuid}`;
  const written = way.requests().map(readRequest);
  expect(written.map(({ line, body }) => [line, body])).toEqual([
    [
      `POST ${base}/Calls.json`,
      'To=%2B15550100&From=%2B15550101&Url=http%3A%2F%2Fapp%2Fx&StatusCallbackEvent=initiated&StatusCallbackEvent=answered&SendDigits=1ww2&Timeout=20&Record=true',
    ],
    [`GET ${base}/Calls.json?Status=in-progress&StartTime%3E=2018-09-20T00%3A00%3A00Z&PageSize=2`, ''],
    [
      expect.stringMatching(/^GET \/api\/laml\/2010-04-01\/Accounts\/[^/]+\/Calls\?.*&Page=1&PageSize=2&PageToken=PA/),
      '',
    ],
    [`POST ${base}/Calls/${call}/Streams.json`, 'Url=wss%3A%2F%2Fapp%2F&Parameter1.Name=a&Parameter1.Value=b'],
    [`POST ${base}/Conferences/${conference}/Participants/${calls[0]}.json`, 'Muted=true'],
    [`POST ${base}/Queues/${queue}/Members/Front.json`, 'Url=http%3A%2F%2Fapp%2Fx'],
    [`POST ${base}/Calls/${call}.json`, 'Status=completed'],
    [`GET ${base}/Recordings/${recording.sid}.json`, ''],
    [`DELETE ${base}/Calls/${ended}.json`, ''],
  ]);
  expect(written[0]?.headers).toMatchObject({
    'user-agent': expect.stringMatching(/^twilio-node\/3\.2\.0 /),
    accept: 'application/json',
    'accept-charset': 'utf-8',
    connection: 'close',
    authorization: `Basic ${Buffer.from(`${accounts.uuid}:demo-token`).toString('base64')}`,
    'content-type': 'application/x-www-form-urlencoded',
  });
});

test('what the clients have no method for they can ask for by themselves', async () => {
  const api = await started();
  const { sid: conference } = await meeting(api);
  const uri = `${api.url}/2010-04-01/Accounts/${accounts.uuid}`;
  const Contents = '<Response><Hangup/></Response>';
  for (const [index, client] of [api.signalwire(), api.twilio()].entries()) {
    const PhoneNumber = `+1555030000${index}`;
    const ask = async (path: string, data: object) => {
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const answer = await client.request({ method: 'POST', uri: `${uri}${path}`, data, headers });
      const body = typeof answer.body === 'string' ? JSON.parse(answer.body) : answer.body;
      return [answer.statusCode, body];
    };
    expect(await ask('/LamlBins.json', { Name: 'Bye', Contents })).toEqual([
      201,
      expect.objectContaining({ name: 'Bye', contents: Contents }),
    ]);
    expect(await ask('/ImportedPhoneNumbers.json', { PhoneNumber })).toEqual([
      201,
      expect.objectContaining({ phone_number: PhoneNumber }),
    ]);
    const [status] = await ask(`/Conferences/${conference}/Streams.json`, { Url: 'wss://app.example/' });
    expect(status).toBe(200);
  }
});

test('a client of Twilio that tries again when there was too much at once makes its call in the end', async () => {
  const api = await started();
  const other = { project: 'demo', dialect: 'laml', to: somebody, from: ours } as const;
  for (let n = 0; n < 151; n++) api.engine.create({ ...other, options: { handlerUrls: [], ringMs: 1000 } });
  const client = twilio(accounts.ac, 'demo-token', { autoRetry: true, maxRetries: 5 });
  client.api.baseUrl = api.url;
  const statuses: number[] = [];
  api.server.server.on('request', (_, response) =>
    response.on('finish', () => void statuses.push(response.statusCode)),
  );
  const creating = client.calls.create({ to: somebody, from: ours, url: `${app}/hold` });
  while (statuses.length === 0) await new Promise((turn) => setImmediate(turn));
  await api.pass(10_000);
  expect([(await creating).status, ...new Set(statuses)]).toEqual(['queued', 429, 200]);
});
