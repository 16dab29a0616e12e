import { expect, test } from 'vitest';
import type { OpenApiDocument } from '../../src/operations/open-api.ts';
import { undescribed } from '../apis/described.ts';
import { startHere } from '../in-process.ts';

interface Document extends OpenApiDocument {
  components: { schemas?: Record<string, { examples?: unknown[] }>; securitySchemes: Record<string, object> };
  security: Record<string, string[]>[];
}

const apis = ['enfonica', 'signalwire', 'simulator'] as const;

async function served(name: string): Promise<Document> {
  const { url } = await startHere('drainSeconds: 0');
  const response = await fetch(`${url}/openapi/${name}.json`);
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
  return (await response.json()) as Document;
}

const operationsOf = ({ paths = {} }: Document) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation, name: `${method} ${path}` })),
  );

/** Everything in a value, with the way to it. */
function* all(value: unknown, at = '#'): Generator<[at: string, value: Record<string, unknown>]> {
  if (typeof value !== 'object' || value === null) return;
  yield [at, value as Record<string, unknown>];
  for (const [key, one] of Object.entries(value))
    yield* all(one, `${at}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];
const types = ['null', 'boolean', 'object', 'array', 'number', 'string', 'integer'];

/** What OpenAPI 3.1.0 asks of an operation: 4.8.10, 4.8.12, 4.8.16, 4.8.17. */
function wrongWith({ path, method, operation, name }: ReturnType<typeof operationsOf>[number]): string[] {
  const { parameters = [], responses } = operation;
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, one]) => one);
  const named = parameters.filter((one) => one.in === 'path');
  const statuses = Object.entries(responses);
  return [
    ...(methods.includes(method) ? [] : ['is no method']),
    ...(path.startsWith('/') ? [] : ['has a path without a slash']),
    ...(operation.summary ? [] : ['has no summary']),
    ...(statuses.some(([status]) => status.startsWith('2')) ? [] : ['says nothing of success']),
    ...statuses
      .filter(([status]) => !/^([1-5]\d\d|[1-5]XX|default)$/.test(status))
      .map(([status]) => `has status ${status}`),
    ...statuses.filter(([, one]) => !one.description).map(([status]) => `does not describe ${status}`),
    ...inPath
      .filter((one) => !named.some((parameter) => parameter.name === one))
      .map((one) => `does not describe ${one}`),
    ...named.filter((one) => !one.required).map((one) => `has ${one.name} in its path, which is not required`),
    ...parameters.filter((one) => !one.schema).map((one) => `has ${one.name} without a schema`),
  ].map((problem) => `${name} ${problem}`);
}

test.for(apis)('the description of %s is OpenAPI 3.1', async (api) => {
  const document = await served(api);
  expect(document.openapi).toBe('3.1.0');
  expect(document.info).toEqual({ title: expect.any(String), version: '0.0.0' });
  expect(operationsOf(document).flatMap(wrongWith)).toEqual([]);
  const ids = operationsOf(document).flatMap(({ operation }) => operation.operationId ?? []);
  expect(ids.length).toBe(new Set(ids).size);
});

test.for(apis)('the references and schemas of %s are whole', async (api) => {
  const document = await served(api);
  const everything = new Map(all(document));
  const wrong: string[] = [];
  for (const [at, value] of everything) {
    if (typeof value.$ref === 'string' && !everything.has(value.$ref)) wrong.push(`${at} leads to ${value.$ref}`);
    if (at.includes('/examples') || at.endsWith('/properties')) continue;
    const unknown = typeof value.type === 'string' && at.includes('/schema') && !types.includes(value.type);
    if (unknown) wrong.push(`${at} is of type ${value.type}`);
    const missing = Array.isArray(value.required)
      ? value.required.filter((one) => value.properties && !Object.hasOwn(value.properties, one))
      : [];
    wrong.push(...missing.map((one) => `${at} requires ${one}, which it does not have`));
  }
  expect(wrong).toEqual([]);
});

test('who needs a token is said, and who needs none', async () => {
  const document = await served('enfonica');
  expect(document.security).toEqual([{ token: [] }]);
  expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'bearer' } });
  const open = operationsOf(document).filter(({ operation }) => operation.security?.length === 0);
  expect(open.map(({ operation }) => operation.operationId).sort()).toEqual([
    'files.fax',
    'files.mp3',
    'files.recording',
    'token',
  ]);
});

test('the Compatibility API says that it is under both its bases, and how a token is shown', async () => {
  const { url } = await startHere('drainSeconds: 0');
  const document = await served('signalwire');
  expect(document.servers).toEqual([{ url: '/api/laml/2010-04-01' }, { url: '/2010-04-01' }]);
  expect(document.components.securitySchemes).toMatchObject({ token: { type: 'http', scheme: 'basic' } });
  const strange = operationsOf(document).filter(({ path }) => !path.startsWith('/Accounts'));
  expect(strange.map(({ path, operation: { servers } }) => ({ path, servers }))).toEqual([
    { path: '/laml-bins/{bin}', servers: [{ url: '/' }] },
  ]);
  const page = await (await fetch(`${url}/openapi/signalwire`)).text();
  expect(page).toContain('Every path is below <code>/api/laml/2010-04-01</code> and <code>/2010-04-01</code>.');
});

test('every answer of Enfonica’s API is described, refusals by the envelope', async () => {
  const document = await served('enfonica');
  const undescribedAnswers = operationsOf(document).flatMap(({ name, operation }) =>
    Object.entries(operation.responses)
      .filter(([status, { content }]) => status !== '304' && Object.keys(content ?? {}).length === 0)
      .map(([status]) => `${name} ${status}`),
  );
  expect(undescribedAnswers).toEqual([]);
  const refusals = operationsOf(document).flatMap(({ operation }) =>
    Object.entries(operation.responses)
      .filter(([status]) => Number(status) >= 400 && operation.operationId !== 'token')
      .map(([, { content }]) => content?.['application/json']?.schema.$ref),
  );
  expect(new Set(refusals)).toEqual(new Set(['#/components/schemas/Refusal']));
});

test('examples are examples of what they stand at', async () => {
  const document = await served('enfonica');
  const { schemas = {} } = document.components;
  const bodies = operationsOf(document).flatMap(({ operation }) =>
    Object.values(operation.requestBody?.content ?? {}).flatMap(({ schema, example }) =>
      example === undefined ? [] : [{ schema, example }],
    ),
  );
  const parts = Object.values(schemas).flatMap((schema) =>
    (schema.examples ?? []).map((example) => ({ schema, example })),
  );
  expect([bodies.length, parts.length]).toEqual([4, 4]);
  expect([...bodies, ...parts].flatMap(({ schema, example }) => undescribed(schema, example, schemas))).toEqual([]);
});

test.for(apis)('the reference of %s is a page that says everything, and loads nothing', async (api) => {
  const { url } = await startHere('drainSeconds: 0');
  const response = await fetch(`${url}/openapi/${api}`);
  const page = await response.text();
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const document = (await (await fetch(`${url}/openapi/${api}.json`)).json()) as Document;
  const missing = operationsOf(document).filter(
    ({ path, method, operation }) =>
      !page.includes(`<h2><code>${method.toUpperCase()} ${path}</code></h2>`) || !page.includes(`${operation.summary}`),
  );
  expect(missing).toEqual([]);
  expect(page).not.toMatch(/<script|src=|url\(|https?:\/\/(?!app\.example|voice\.)/);
  const anchors = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  expect(anchors.filter((id) => !page.includes(`id="${id}"`))).toEqual([]);
});
