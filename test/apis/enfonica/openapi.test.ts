import swagger from '@fastify/swagger';
import Fastify from 'fastify';
import { expect, test } from 'vitest';
import { enfonicaApi } from '../../../src/apis/enfonica/index.ts';
import { routes } from '../../../src/apis/enfonica/routes.ts';
import { startApi } from './api.ts';

test('the OpenAPI description has every route, with a summary, and none that only refuses', async () => {
  const api = await startApi();
  const server = Fastify();
  await server.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'Enfonica', version: '1' } } });
  await server.register(enfonicaApi(api.service));
  await server.ready();
  const { paths = {} } = server.swagger() as {
    paths?: Record<string, Record<string, { operationId?: string; summary?: string }>>;
  };
  await server.close();
  await api.close();
  const operations = Object.values(paths).flatMap((path) => Object.values(path));
  expect(operations.map(({ operationId }) => operationId).sort()).toEqual(
    ['token', 'files.recording', 'files.mp3', 'files.fax', ...routes.map(({ id }) => id)].sort(),
  );
  expect(operations.filter(({ summary }) => !summary)).toEqual([]);
  expect(paths['/v1beta1/projects/{project}/calls']?.post).toMatchObject({
    tags: ['calls'],
    description: 'Needs the permission `voice.calls.create`.',
    requestBody: { content: { 'application/json': { schema: { required: ['to', 'from', 'options'] } } } },
  });
});
