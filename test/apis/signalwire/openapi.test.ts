import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { bases, signalwireApi } from '../../../src/apis/signalwire/index.ts';
import { routes } from '../../../src/apis/signalwire/routes.ts';
import { openApi } from '../../../src/operations/open-api.ts';
import { startApi } from './api.ts';

test('the OpenAPI description has every route once, with a summary', async () => {
  const api = await startApi();
  const server = Fastify();
  await server.register(swagger, openApi({ title: 'Compatibility', bases }, '1'));
  await server.register(signalwireApi(api.service));
  await server.ready();
  const { paths = {} } = server.swagger() as {
    paths?: Record<string, Record<string, { operationId?: string; summary?: string }>>;
  };
  await server.close();
  await api.close();
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
    ['recordings.get', 'bins.document', ...routes.map(({ id }) => id)].sort(),
  );
  expect(operations.filter(({ summary }) => !summary)).toEqual([]);
  expect(paths['/Accounts/{account}/Calls']?.post).toMatchObject({
    tags: ['calls'],
    description: 'Needs the permission `voice.calls.create`.',
    requestBody: {
      content: { 'application/x-www-form-urlencoded': { schema: { properties: { To: { type: 'string' } } } } },
    },
  });
});
