import swagger from '@fastify/swagger';
import { fastify } from 'fastify';
import { expect, test } from 'vitest';
import type { Service } from '../../../src/apis/service.ts';
import { simulatorApi } from '../../../src/apis/simulator/index.ts';
import { type Server, startServer } from './server.ts';

interface OpenApi {
  paths: Record<string, Record<string, { summary?: string; responses: Record<string, unknown> }>>;
}

test('every route is described, with what it takes, gives, and how it fails', async () => {
  const server: Server = await startServer('http://127.0.0.1:9/');
  const service: Service = server.service;
  const app = fastify();
  await app.register(swagger, { openapi: { openapi: '3.1.0', info: { title: 'simulator', version: '1' } } });
  await app.register(simulatorApi(service));
  await app.ready();
  const { paths } = app.swagger() as unknown as OpenApi;
  await Promise.all([app.close(), server.close()]);
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { summary, responses }]) => [
      `${method} ${path}`,
      summary,
      Object.keys(responses).join(' '),
    ]),
  );
  expect(routes).toMatchInlineSnapshot(`
    [
      [
        "post /simulator/calls",
        "Somebody calls a number of the project",
        "201 400 401 403 413 422 429",
      ],
      [
        "get /simulator/calls",
        "The calls of the project, the newest first",
        "200 400 401 403",
      ],
      [
        "get /simulator/calls/{id}",
        "A call",
        "200 400 401 403 404",
      ],
      [
        "delete /simulator/calls/{id}",
        "Erase a call, with all that came of it",
        "204 400 401 403 404 409",
      ],
      [
        "post /simulator/calls/{id}/acts",
        "The caller does something",
        "202 400 401 403 404 413",
      ],
      [
        "get /simulator/calls/{id}/transcript",
        "What has happened, for people to read",
        "200 400 401 403 404",
      ],
      [
        "get /simulator/calls/{id}/journal",
        "Every request to the application, every answer, every callback",
        "200 400 401 403 404",
      ],
      [
        "get /simulator/calls/{id}/events",
        "What happens, as it happens",
        "200 400 401 403 404",
      ],
      [
        "get /simulator/callbacks",
        "The callbacks of the project that were given up, or are still owed, the oldest first",
        "200 400 401 403",
      ],
      [
        "post /simulator/callbacks/{id}/resend",
        "Send a callback again that was given up",
        "202 400 401 403 404",
      ],
      [
        "post /simulator/flows",
        "Run a flow in virtual time",
        "200 400 401 403 413 422 429",
      ],
      [
        "post /simulator/sessions",
        "Begin a call in virtual time, to be played step by step",
        "201 400 401 403 413 422 429",
      ],
      [
        "post /simulator/sessions/{id}/steps",
        "Somebody does something, and time goes on",
        "200 400 401 403 404 413",
      ],
      [
        "get /simulator/sessions/{id}",
        "Everything since the beginning",
        "200 400 401 403 404",
      ],
      [
        "delete /simulator/sessions/{id}",
        "Hang up, and forget it",
        "204 400 401 403 404",
      ],
    ]
  `);
});
