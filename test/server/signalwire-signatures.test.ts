/** What a running server asks and tells, as an application checks it: with the validators of both vendors. */
import { createRequire } from 'node:module';
import { RestClient } from '@signalwire/compatibility-api';
import twilio from 'twilio';
import { expect, onTestFinished, test } from 'vitest';
import { application, type Heard } from '../http/far-side.ts';
import { webSocketServer } from '../streams/web-socket-server.ts';
import { folder, type Serving, serve } from './serving.ts';

type Validate = (key: string, signature: string, url: string, form: Record<string, string>) => boolean;

const signalwire = createRequire(import.meta.url)('@signalwire/compatibility-api') as {
  RestClient: typeof RestClient & { validateRequest: Validate };
};

interface Welcomed extends Serving {
  tls: { url: string };
  apis: Serving['apis'] & { signalwire: { account: string; accountSid: string; token: string } };
}

const documents: Readonly<Record<string, string>> = {
  '/hold': '<Response><Say>Hello.</Say><Pause length="60"/></Response>',
  '/record':
    '<Response><Record maxLength="2" playBeep="false" transcribe="true" transcribeCallback="/told/transcription"' +
    ' recordingStatusCallback="/told/recording?à=ü é&amp;b=2" recordingStatusCallbackMethod="GET"/></Response>',
  '/conference':
    '<Response><Dial><Conference statusCallback="/told/conference?x=%2B1" statusCallbackEvent="start join leave end"' +
    ' record="record-from-start" recordingStatusCallback="/told/conference-recording">Rüm</Conference></Dial></Response>',
};

/** Is what was heard signed as the validators of both vendors want it, for the URL that was configured? */
function isSigned(key: string, { method, url, headers, body }: Heard): boolean {
  const [, given] = headers.authorization?.split(' ') ?? [];
  const asked = `http://${given ? `${Buffer.from(given, 'base64')}@` : ''}${headers.host}${url}`;
  const form = method === 'POST' ? Object.fromEntries(new URLSearchParams(body)) : {};
  return (
    twilio.validateRequest(key, String(headers['x-twilio-signature']), asked, form) &&
    signalwire.RestClient.validateRequest(key, String(headers['x-signalwire-signature']), asked, form)
  );
}

test('every request and callback of a running server passes the validators of both vendors', async () => {
  const pages = Object.entries(documents).map(([path, document]) => [
    path,
    (_: Heard, response: { setHeader(name: string, value: string): void; end(text: string): void }) => {
      response.setHeader('content-type', 'text/xml');
      response.end(document);
    },
  ]);
  const told = [
    'call',
    'recording',
    'transcription',
    'conference',
    'conference-recording',
    'machine',
    'stream',
    'message',
  ];
  const notes = told.map((name) => [`/told/${name}`, (_: Heard, response: { end(): void }) => response.end()]);
  const app = await application(Object.fromEntries([...pages, ...notes]));
  onTestFinished(() => app.close());
  const ears = await webSocketServer(() => {});
  onTestFinished(() => ears.close());
  const server = (await serve(['--data', folder()])) as Welcomed;
  const { account, accountSid, token } = server.apis.signalwire;
  const key = server.apis.enfonica.signingKey;
  const [from = ''] = server.apis.enfonica.numbers;
  const ofSignalwire = RestClient(account, token, { signalwireSpaceUrl: 'unused.invalid' });
  ofSignalwire.api.baseUrl = server.url;
  const ofTwilio = twilio(accountSid, token);
  ofTwilio.api.baseUrl = server.url;
  const heard = async (path: string, isIt: (form: URLSearchParams) => boolean = () => true): Promise<Heard> => {
    for (;;) {
      const found = app.heard.find(
        ({ url, body }) => url.split('?')[0] === path && isIt(new URLSearchParams(body || url.split('?')[1])),
      );
      if (found) return found;
      await new Promise((turn) => setImmediate(turn));
    }
  };

  const call = { to: '+15555550100', from };
  const held = await ofSignalwire.calls.create({
    ...call,
    url: `${app.origin}/hold?ö=%C3%B6#rt=9000`,
    statusCallback: `${app.origin.replace('http://', 'http://us%40er:p%3Ass@')}/told/call?a=1&b=x%20y`,
    statusCallbackMethod: 'GET',
  });
  await ofTwilio.calls.create({ ...call, url: `${app.origin}/record` });
  await ofTwilio.calls.create({
    to: '+15555550118',
    from,
    url: `${app.origin}/hold`,
    method: 'GET',
    machineDetection: 'Enable',
    asyncAmd: 'true',
    asyncAmdStatusCallback: `${app.origin}/told/machine`,
  });
  for (const client of [ofSignalwire, ofTwilio])
    await client.calls.create({ ...call, url: `${app.origin}/conference` });
  await ofTwilio.messages.create({ ...call, body: 'Grüße & more', statusCallback: `${app.origin}/told/message?a=1` });

  await heard('/hold', (form) => form.get('CallSid') === held.sid);
  const path = ofTwilio.calls(`CA${held.sid.replaceAll('-', '')}`);
  const stream = await path.streams.create({
    url: ears.url,
    name: 'ears',
    'parameter1.name': 'team',
    'parameter1.value': 'blue',
    statusCallback: `${app.origin}/told/stream`,
  });
  expect(stream).toMatchObject({ name: 'ears', status: 'queued', sid: expect.stringMatching(/^MZ/) });
  await heard('/told/stream', (form) => form.get('StreamEvent') === 'stream-started');
  const copy = await path.siprec.create({ connectorName: 'archive' });
  expect((await path.siprec(copy.sid).update({ status: 'stopped' })).status).toBe('stopped');
  expect((await path.streams('ears').update({ status: 'stopped' })).status).toBe('stopped');
  await heard('/told/stream', (form) => form.get('StreamEvent') === 'stream-stopped');
  expect(ears.visitors[0]?.messages[1]).toMatchObject({
    event: 'start',
    start: { callSid: held.sid, customParameters: { team: 'blue' } },
  });

  await heard('/told/conference', (form) => form.get('StatusCallbackEvent') === 'conference-start');
  const [conference] = await ofSignalwire.conferences.list({ status: 'in-progress' });
  expect(conference.friendlyName).toBe('Rüm');
  expect((await ofSignalwire.conferences(conference.sid).update({ status: 'completed' })).status).toBe('completed');
  await ofSignalwire.calls(held.sid).update({ status: 'completed' });
  await Promise.all(told.map((name) => heard(`/told/${name}`)));
  await heard('/told/conference', (form) => form.get('StatusCallbackEvent') === 'conference-end');

  expect(app.heard.filter((one) => !isSigned(key, one)).map(({ method, url }) => `${method} ${url}`)).toEqual([]);
  expect(new Set(app.heard.map(({ method, url }) => `${method} ${url.split('?')[0]}`))).toEqual(
    new Set([
      'POST /hold',
      'GET /hold',
      'POST /record',
      'POST /conference',
      'GET /told/call',
      'GET /told/recording',
      'POST /told/transcription',
      'POST /told/conference',
      'POST /told/conference-recording',
      'POST /told/machine',
      'POST /told/stream',
      'POST /told/message',
    ]),
  );
}, 60_000);
