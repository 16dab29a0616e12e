import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseFilter } from '../../../src/apis/enfonica/filter.ts';
import { Refusal } from '../../../src/apis/enfonica/refusal.ts';
import { type Api, startApi } from './api.ts';
import { newCall } from './call-fields.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const words = [
  'state',
  'to',
  'createTime',
  'AND',
  'OR',
  '(',
  ')',
  '=',
  '!=',
  '>=',
  "'+61*'",
  'FAILED',
  '2026-01-01',
  '"',
  "'",
  '*',
  ' ',
];
const filter = fc.oneof(
  fc.string(),
  fc.array(fc.constantFrom(...words)).map((some) => some.join(' ')),
);

test('a filter is understood or refused, whatever is in it', () => {
  fc.assert(
    fc.property(filter, (text) => {
      try {
        parseFilter(text);
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal);
      }
    }),
    { numRuns: 2_000 },
  );
});

const paths = [
  ['POST', '/projects/demo/calls'],
  ['POST', '/projects/demo/sipDomains?sipDomainId=desk'],
  ['PATCH', '/projects/demo/sipDomains/desk?updateMask=callRecording.trigger,cidrBlocks'],
  ['POST', '/projects/demo/phoneNumberInstances'],
  ['POST', '/projects/demo/phoneNumberInstances/61255501000:splitRange'],
] as const;

/** Any JSON, or a call with any JSON in one of its fields. */
const body = fc.oneof(
  fc.jsonValue(),
  fc
    .tuple(fc.constantFrom('to', 'from', 'labels', 'options'), fc.jsonValue())
    .map(([name, value]) => newCall({ [name]: value })),
  fc
    .tuple(fc.constantFrom('handlerUris', 'timeoutSeconds', 'recording'), fc.jsonValue())
    .map(([name, value]) => newCall({ options: { handlerUris: ['https://a.example/'], [name]: value } })),
);

test('a body is taken or refused, whatever is in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...paths), body, async ([method, path], sent) => {
      const { status } = await api.ask(method, `/v1beta1${path}`, { raw: JSON.stringify(sent) });
      expect([200, 400, 404, 409, 429]).toContain(status);
    }),
    { numRuns: 300 },
  );
}, 60_000);

test('a path and a query are answered in JSON, whatever is in them', async () => {
  const part = fc.oneof(
    fc.string(),
    fc.constantFrom('..', '%00', '%2e%2e%2f', '-', ':move', '__proto__', '%zz', '\u{1f600}'),
  );
  await fc.assert(
    fc.asyncProperty(part, part, part, async (id, name, value) => {
      const path = `/v1beta1/projects/demo/calls/${encodeURI(id).replace(/[?#]/g, '')}`;
      const {
        status,
        body: answer,
        text,
      } = await api.ask('GET', `${path}?${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
      expect([200, 400, 404], text).toContain(status);
      expect(answer).toBeDefined();
    }),
    { numRuns: 300 },
  );
}, 60_000);
