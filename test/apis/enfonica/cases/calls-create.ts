import { expect } from 'vitest';
import { app, callsPath, make, newCall } from '../call-fields.ts';
import { alreadyExists, done, expectRefused, invalidArgument, refuses, shows } from '../case.ts';

const refusesField = (rule: string, says: string, differing: object, field: string) =>
  refuses(`calls.create ${rule}`, says, ['POST', callsPath, { body: newCall(differing) }], invalidArgument(field));

const refusesOption = (rule: string, says: string, options: object, field: string) =>
  refusesField(rule, says, { options: { handlerUris: [app], ...options } }, `call.options.${field}`);

const numbered = (count: number, value: string) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`key${index}`, value]));

const queued = {
  name: expect.stringMatching(/^projects\/demo\/calls\/[\da-f]{28}$/),
  to: '+61491570156',
  from: '+61255501234',
  transport: 'PSTN',
  direction: 'OUTGOING',
  state: 'QUEUED',
  createTime: '2026-01-01T09:00:00Z',
  createMethod: 'API',
};

export const callsCreate = [
  shows('calls.create answers-queued', 'answers with the queued call and its defaults filled in', async (api) => {
    expect(await done(api, 'POST', callsPath, { body: newCall() })).toEqual({
      ...queued,
      options: { handlerUris: [app], timeoutSeconds: 30 },
    });
  }),
  shows('calls.create every-field', 'keeps every field that may be given', async (api) => {
    const fields = {
      labels: { order: 's-4711', empty: '' },
      options: {
        handlerUris: [app, 'http://b.example.test/', 'tel:+61491570157', 'sip:a@b.example.test', 'sips:b.example.test'],
        stateUpdateUri: 'https://app.example.test/state',
        timeoutSeconds: 600,
        recording: {
          trigger: 'BRIDGE',
          postProcessing: ['TRIM_SILENCE'],
          recordingReadyUri: 'https://app.example.test/recording',
          transcribe: 'DEFAULT',
          transcriptionReadyUri: 'https://app.example.test/transcription',
        },
      },
    };
    expect(await done(api, 'POST', callsPath, { body: newCall(fields) })).toEqual({ ...queued, ...fields });
  }),
  shows(
    'calls.create other-spellings',
    'understands snake_case, enums and numbers as proto3 writes them',
    async (api) => {
      const options = {
        handler_uris: [app],
        state_update_uri: null,
        timeout_seconds: '45',
        recording: { trigger: 2, post_processing: [1], transcribe: 0 },
      };
      expect(await done(api, 'POST', callsPath, { body: newCall({ options }) })).toMatchObject({
        options: {
          handlerUris: [app],
          timeoutSeconds: 45,
          recording: { trigger: 'ANSWER', postProcessing: ['TRIM_SILENCE'], transcribe: 'DISABLED' },
        },
      });
    },
  ),
  shows('calls.create ignores', 'ignores unknown and output-only fields, and null', async (api) => {
    const body = newCall({ name: 'projects/x/calls/y', state: 'COMPLETED', price: 7, whatever: [], labels: null });
    expect(await done(api, 'POST', callsPath, { body })).toEqual({
      ...queued,
      options: { handlerUris: [app], timeoutSeconds: 30 },
    });
  }),
  shows('calls.create is-made', 'makes a call that runs the document of its handler', async (api) => {
    api.documents[app] = '<Response><Say>Your parcel arrives tomorrow.</Say></Response>';
    const stateUpdateUri = 'https://app.example.test/state';
    const name = await make(api, { options: { handlerUris: [app], stateUpdateUri } });
    await api.clock.run();
    expect(await done(api, 'GET', `/v1beta1/${name}`)).toMatchObject({ name, state: 'COMPLETED' });
    expect(api.webhooks.map(({ body }) => (body as { state: string }).state)).toEqual([
      'STARTING',
      'RINGING',
      'IN_PROGRESS',
      'COMPLETED',
    ]);
  }),

  refusesField('to-required', 'refuses a call without to', { to: undefined }, 'call.to'),
  refusesField('to-empty', 'takes an empty to for none', { to: '' }, 'call.to'),
  ...[
    '0491570156',
    '61491570156',
    '+0491570156',
    '+6149157015612345',
    'sip:a@b.example.test',
    "+61'; DROP TABLE calls;--",
  ].map((to) => refusesField(`to-e164 ${to}`, `refuses to = ${to}`, { to }, 'call.to')),
  refusesField('to-string', 'refuses a number where text must be', { to: 61491570156 }, 'call.to'),
  refusesField('from-required', 'refuses a call without from', { from: null }, 'call.from'),
  refusesField('from-e164', 'refuses a caller ID that is no number', { from: 'anonymous' }, 'call.from'),
  refusesField('options-required', 'refuses a call without options', { options: undefined }, 'call.options'),
  refusesField('options-object', 'refuses options that are no object', { options: [] }, 'call.options'),
  refusesOption('handlers-required', 'refuses a call without handlers', { handlerUris: undefined }, 'handlerUris'),
  refusesOption('handlers-none', 'refuses an empty list of handlers', { handlerUris: [] }, 'handlerUris'),
  refusesOption('handlers-six', 'refuses more than five handlers', { handlerUris: Array(6).fill(app) }, 'handlerUris'),
  ...[
    '/voice',
    'ftp://app.example.test/',
    'https:',
    'http://',
    'javascript:alert(1)',
    'tel:112',
    'sip:',
    'file:///etc/passwd',
  ].map((uri) =>
    refusesOption(`handler-uri ${uri}`, `refuses the handler ${uri}`, { handlerUris: [app, uri] }, 'handlerUris[1]'),
  ),
  refusesOption('handler-empty', 'refuses an empty handler', { handlerUris: [''] }, 'handlerUris[0]'),
  refusesOption(
    'state-update-web',
    'refuses a stateUpdateUri that is not http(s)',
    { stateUpdateUri: 'tel:+61491570156' },
    'stateUpdateUri',
  ),
  refusesOption('timeout-negative', 'refuses a negative timeout', { timeoutSeconds: -1 }, 'timeoutSeconds'),
  refusesOption('timeout-long', 'refuses a timeout over 600 s', { timeoutSeconds: 601 }, 'timeoutSeconds'),
  refusesOption('timeout-whole', 'refuses half seconds', { timeoutSeconds: 1.5 }, 'timeoutSeconds'),
  shows('calls.create timeout-zero', 'takes a timeout of 0 for the default', async (api) => {
    const body = newCall({ options: { handlerUris: [app], timeoutSeconds: 0 } });
    expect(await done(api, 'POST', callsPath, { body })).toMatchObject({ options: { timeoutSeconds: 30 } });
  }),
  refusesOption(
    'recording-trigger',
    'refuses a trigger that nobody knows',
    { recording: { trigger: 'ALWAYS' } },
    'recording.trigger',
  ),
  refusesOption(
    'recording-trigger-number',
    'refuses the number of no trigger',
    { recording: { trigger: 9 } },
    'recording.trigger',
  ),
  refusesOption(
    'recording-uri',
    'refuses a relative recordingReadyUri',
    { recording: { recordingReadyUri: 'ready' } },
    'recording.recordingReadyUri',
  ),
  refusesOption(
    'transcribe-recorded',
    'refuses to transcribe what is not recorded',
    { recording: { transcribe: 'DEFAULT' } },
    'recording.transcribe',
  ),
  refusesField('labels-51', 'refuses more than 50 labels', { labels: numbered(51, 'x') }, 'call.labels'),
  refusesField(
    'labels-bytes',
    'refuses labels of more than 10,240 bytes of UTF-8',
    { labels: { key: 'ü'.repeat(5_119) } },
    'call.labels',
  ),
  shows('calls.create labels-limit', 'takes 50 labels of 10,240 bytes together', async (api) => {
    const labels = { ...numbered(49, ''), last: 'x'.repeat(10_240 - 4 - 10 * 4 - 39 * 5) };
    expect(await done(api, 'POST', callsPath, { body: newCall({ labels }) })).toMatchObject({ labels });
  }),
  refusesField('labels-text', 'refuses a label that is not text', { labels: { key: 7 } }, 'call.labels.key'),
  refusesField('labels-key', 'refuses a label without a key', { labels: { '': 'x' } }, 'call.labels'),
  shows('calls.create labels-hostile', 'keeps labels whose keys are words of JavaScript', async (api) => {
    const raw = JSON.stringify(newCall({ labels: {} })).replace(
      '"labels":{}',
      '"labels":{"__proto__":"a","constructor":"b"}',
    );
    const { text } = await api.ask('POST', callsPath, { raw });
    expect(text).toContain('"labels":{"__proto__":"a","constructor":"b"}');
  }),
  shows('calls.create every-violation', 'names every field that is wrong at once', async (api) => {
    const answer = await api.ask('POST', callsPath, { body: { to: 'x', options: { handlerUris: ['x'] } } });
    expect(answer.body).toMatchObject({
      error: {
        details: [
          { fieldViolations: [{ field: 'call.to' }, { field: 'call.from' }, { field: 'call.options.handlerUris[0]' }] },
        ],
      },
    });
  }),
  refuses('calls.create body-json', 'refuses a body that is not JSON', ['POST', callsPath, { raw: '{"to":' }], {
    code: 400,
    status: 'INVALID_ARGUMENT',
    message: /not JSON/,
  }),
  refuses(
    'calls.create body-object',
    'refuses a body that is no object',
    ['POST', callsPath, { raw: '["+61491570156"]' }],
    invalidArgument('call'),
  ),
  refuses('calls.create body-none', 'refuses no body', ['POST', callsPath], invalidArgument('call.to')),
  refuses(
    'calls.create body-large',
    'refuses a body of more than 256 KiB',
    ['POST', callsPath, { body: newCall({ labels: { a: 'x'.repeat(270_000) } }) }],
    { code: 413, status: 'INVALID_ARGUMENT' },
  ),
  refuses(
    'calls.create not-permitted',
    'refuses a number that must not be called',
    ['POST', callsPath, { body: newCall({ to: '+19005550100' }) }],
    { code: 403, status: 'PERMISSION_DENIED' },
  ),
  shows('calls.create too-many', 'refuses more calls than may wait to be placed', async (api) => {
    let answer = await api.ask('POST', callsPath, { body: newCall() });
    for (let more = 0; more < 300 && answer.status === 200; more++)
      answer = await api.ask('POST', callsPath, { body: newCall() });
    expectRefused(answer, { code: 429, status: 'RESOURCE_EXHAUSTED' });
  }),

  shows('calls.create idempotent', 'makes one call of two requests with one Idempotency-Key', async (api) => {
    const headers = { 'idempotency-key': 'order 4711' };
    const first = await done(api, 'POST', callsPath, { body: newCall(), headers });
    await api.clock.advance(60_000);
    const spelledOtherwise = { ...newCall(), labels: null, options: { handler_uris: [app] } };
    const second = await done(api, 'POST', callsPath, { body: spelledOtherwise, headers });
    expect(second.name).toBe(first.name);
    expect([...api.store.calls()]).toHaveLength(1);
  }),
  shows('calls.create idempotent-at-once', 'makes one call of requests that come at the same time', async (api) => {
    const sent = { body: newCall(), headers: { 'idempotency-key': 'k' } };
    const made = await Promise.all(Array.from({ length: 5 }, () => done(api, 'POST', callsPath, sent)));
    expect(new Set(made.map(({ name }) => name)).size).toBe(1);
  }),
  refuses(
    'calls.create idempotent-conflict',
    'refuses another call under the same Idempotency-Key',
    ['POST', callsPath, { body: newCall({ to: '+61491570157' }), headers: { 'idempotency-key': 'k' } }],
    alreadyExists,
    async (api) => void (await done(api, 'POST', callsPath, { body: newCall(), headers: { 'idempotency-key': 'k' } })),
  ),
  shows('calls.create idempotent-day', 'forgets an Idempotency-Key after 24 hours', async (api) => {
    const sent = { body: newCall(), headers: { 'idempotency-key': 'k' } };
    const first = await done(api, 'POST', callsPath, sent);
    await api.clock.advance(24 * 3_600_000 + 1);
    expect((await done(api, 'POST', callsPath, sent)).name).not.toBe(first.name);
  }),
  shows('calls.create idempotent-project', 'keeps the Idempotency-Keys of projects apart', async (api) => {
    const sent = { body: newCall(), headers: { 'idempotency-key': 'k' } };
    const mine = await done(api, 'POST', callsPath, sent);
    const theirs = await done(api, 'POST', callsPath.replace('demo', 'other'), { ...sent, as: 'other' });
    expect(theirs.name).not.toBe(mine.name);
  }),
  refuses(
    'calls.create idempotency-key',
    'refuses an Idempotency-Key of more than 255 characters',
    ['POST', callsPath, { body: newCall(), headers: { 'idempotency-key': 'k'.repeat(256) } }],
    invalidArgument('Idempotency-Key'),
  ),
];
