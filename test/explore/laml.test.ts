import { expect, test } from 'vitest';
import { explore } from '../../src/explore/explore.ts';

const documents: Readonly<Record<string, (form: URLSearchParams) => string>> = {
  '/voice': () => `
    <Gather input="dtmf speech" hints="sales" numDigits="1" action="/choice" timeout="5">
      <Say>For sales press one or say sales. To wait for somebody, press 3. For the conference, press 4.</Say>
    </Gather>
    <Say>We did not get that.</Say>
    <Redirect>/pin</Redirect>`,
  '/pin': (form) =>
    form.get('Digits') === '1234'
      ? '<Say>Welcome.</Say><Record action="/recorded" maxLength="30" finishOnKey="#"/>'
      : '<Gather finishOnKey="#"><Say>Enter your four digit PIN, then press pound.</Say></Gather><Say>Goodbye.</Say>',
  '/recorded': () => '<Say>Thanks.</Say>',
  '/choice': (form) => {
    if (form.get('Digits') === '1' || form.get('SpeechResult') === 'sales')
      return '<Dial action="/dialed" timeout="20"><Number url="/whisper">+14155550123</Number></Dial>';
    if (form.get('Digits') === '3') return '<Enqueue waitUrl="/wait">sales</Enqueue><Say>Nobody came.</Say>';
    if (form.get('Digits') === '4') return '<Dial><Conference>room</Conference></Dial>';
    return '<Say>That is not on the menu.</Say><Redirect>/voice</Redirect>';
  },
  '/wait': () => '<Say>Please wait.</Say>',
  '/whisper': () => '<Say>A sales call.</Say>',
  '/dialed': (form) => `<Say>The call was ${form.get('DialCallStatus')}.</Say>`,
};

const application = async (request: Request) => {
  const document = documents[new URL(request.url).pathname];
  const body = document?.(new URLSearchParams(await request.text()));
  return new Response(`<Response>${body}</Response>`, {
    status: body === undefined ? 404 : 200,
    headers: { 'content-type': 'text/xml' },
  });
};

test('another language is explored as well: speech, queues, conferences, whispers', async () => {
  const { findings, complete, graph, outcomes } = await explore({
    application,
    dialect: 'laml',
    expectUrls: Object.keys(documents),
  });
  const heard = new Set(graph.states.flatMap(({ edges }) => edges.flatMap((edge) => edge.heard)));
  expect({ findings, complete }).toEqual({ findings: [], complete: true });
  expect([...heard].filter((text) => text.startsWith('The call was')).sort()).toEqual([
    'The call was busy.',
    'The call was completed.',
    'The call was failed.',
    'The call was no-answer.',
  ]);
  expect(graph.states.map(({ waits }) => waits)).toEqual([
    'asked for a key or speech',
    '+14155550123 rings',
    'waits in a queue',
    'is in a conference',
    'asked for digits',
    'talks to +14155550123',
    'is recorded',
  ]);
  expect(outcomes.map(({ what }) => what)).toEqual([
    'waits in a queue',
    'talks to +14155550123',
    'the application hangs up',
    'leaves a message',
  ]);
});

test('what is answered to whoever has hung up is not missed, and what is never reached is said once', async () => {
  const written: Readonly<Record<string, (form: URLSearchParams) => string>> = {
    '/voice': () =>
      '<Gather numDigits="1" action="/choice"><Say>To leave a message, press 1.</Say></Gather><Say>Bye.</Say>',
    '/choice': (form) =>
      form.get('Digits') === '1'
        ? '<Record action="/thanks" playBeep="true"/><Say>You said nothing.</Say>'
        : '<Enqueue action="/left">sales</Enqueue>',
    '/thanks': () => '<Say>Thanks.</Say>',
    '/left': (form) => `<Say>${form.get('QueueResult')}</Say>`,
  };
  const answers = async (request: Request) => {
    const document = written[new URL(request.url).pathname]!;
    const headers = { 'content-type': 'text/xml' };
    return new Response(`<Response>${document(new URLSearchParams(await request.text()))}</Response>`, { headers });
  };
  const { findings } = await explore({ application: answers, dialect: 'laml' });
  expect(findings.map(({ kind, message, steps }) => [kind, message, steps])).toEqual([
    [
      'elementNotReached',
      '/choice:1:53 ELEMENT_UNREACHABLE <Say> is never reached: <Record> in line 1 goes on elsewhere',
      'press 1',
    ],
  ]);
});
