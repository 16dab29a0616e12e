import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callflow } from '../cli/callflow.ts';
import type { Page } from '../http/far-side.ts';
import { app, becomes, fine, longCall, samples, stateOf } from './asking.ts';
import { folder, placeCall, serve } from './serving.ts';

test('it is alive and ready, and describes its APIs', async () => {
  const { text } = await serve(['--data', folder()]);
  expect(await text('/healthz')).toEqual({ status: 200, text: '{"status":"ok"}' });
  expect(await text('/readyz')).toEqual({ status: 200, text: '{"status":"ready"}' });
  for (const vendor of ['enfonica', 'simulator']) {
    const { status, text: page } = await text(`/openapi/${vendor}.json`);
    const { openapi, paths } = JSON.parse(page);
    expect({ status, openapi, some: Object.keys(paths).length > 3 }).toEqual({
      status: 200,
      openapi: '3.1.0',
      some: true,
    });
  }
  expect((await text('/')).text).toBe(
    '{"error":{"code":"PATH_UNKNOWN","message":"there is no GET /; pages to read are at /openapi/enfonica, /openapi/signalwire and /openapi/simulator"}}',
  );
  expect(await text('/nowhere?token=x')).toEqual({
    status: 404,
    text: '{"error":{"code":"PATH_UNKNOWN","message":"there is no GET /nowhere"}}',
  });
});

test('figures count calls, handlers and callbacks', async () => {
  const { origin } = await app({ '/long': longCall, '/states': fine });
  const server = await serve(['--data', folder()]);
  const figures = async () => samples((await server.text('/metrics')).text);
  const call = await placeCall(server, `${origin}/long`, { stateUpdateUri: `${origin}/states` });
  await placeCall(server, `${origin}/nowhere`);
  const seen = await becomes(figures, (figure) => figure['callflow_calls_ended_total{state="completed"}'] === 1);
  await becomes(
    () => stateOf(server, call),
    (state) => state === 'IN_PROGRESS',
  );
  const after = await becomes(figures, (figure) => figure.callflow_callbacks_owed === 0);
  expect(seen['callflow_handler_failures_total{code="HANDLER_STATUS"}']).toBe(1);
  expect(after).toMatchObject({
    'callflow_calls{state="inProgress"}': 1,
    'callflow_calls{state="queued"}': 0,
    callflow_handler_seconds_count: 2,
    'callflow_callback_attempts_total{code="ok"}': 3,
    'callflow_problems_total{code="HANDLER_UNAVAILABLE"}': 1,
    callflow_callbacks_given_up_total: 0,
    callflow_store_ready: 1,
    callflow_uncaught_errors_total: 0,
  });
  expect(after.nodejs_eventloop_lag_seconds).toBeGreaterThanOrEqual(0);
  const documented = readFileSync('docs/operate.md', 'utf8');
  const names = (await server.text('/metrics')).text.match(/(?<=# HELP )callflow_\w+/g) ?? [];
  expect(names.filter((name) => !documented.includes(`\`${name}`))).toEqual([]);
});

test('a mistake in the configuration is said at the start, with its place', async () => {
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(config, 'limits:\n  requestsPerMinut: 6\n');
  const { status, stdout, stderr } = await callflow(['serve', '--port', '0', '--config', config]);
  expect({ status, stdout, first: stderr.split('\n')[0] }).toEqual({
    status: 2,
    stdout: '',
    first: `callflow: CONFIG_NOT_VALID ${config}:2:3 limits.requestsPerMinut: found an unknown key, expected one of requestsPerMinute, bodyBytes, connectionsPerHost, requestsPerCall, callsPerFamily, ownNumberHops, callHours; did you mean requestsPerMinute?`,
  });
});

test('the error webhook hears once a minute of each cause', async () => {
  const broken: Page = (_, response) => response.end('<Response>\n  <Sey>Hello.</Sey></Response>');
  const { origin, heard } = await app({ '/broken': broken, '/errors': fine });
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(config, `errorWebhook: ${origin}/errors\n`);
  const server = await serve(['--data', data, '--config', config]);
  const first = await placeCall(server, `${origin}/broken?token=hush`);
  const second = await placeCall(server, `${origin}/broken?token=hush`);
  for (const call of [first, second])
    await server.logged((line) => line.call === call && line.message === 'call completed');
  server.signal('SIGTERM');
  await server.ended;
  const told = heard.filter(({ url }) => url === '/errors').map(({ body }) => JSON.parse(body));
  const call = expect.stringMatching(new RegExp(`${first}|${second}`));
  const at = expect.stringMatching(/^\d{4}-.*Z$/);
  const about = { call, family: call, at, missed: 0 };
  expect(told).toEqual([
    {
      ...about,
      code: 'ELEMENT_UNKNOWN',
      severity: 'warning',
      message: expect.stringContaining('2:3 '),
      url: `${origin}/broken?…`,
      status: 200,
      line: 2,
      column: 3,
    },
    { ...about, code: 'DOCUMENT_NOT_VALID', severity: 'error', message: expect.stringContaining(`${origin}/broken?…`) },
  ]);
});

test('a project that asks too often is told when to ask again', async () => {
  const data = folder();
  const config = join(data, 'callflow.yaml');
  writeFileSync(config, 'limits: { requestsPerMinute: 3 }\n');
  const server = await serve(['--data', data, '--config', config]);
  const answers = [1, 2, 3, 4].map(() => server.api('GET', 'calls'));
  const all = await Promise.all(answers);
  expect(all.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429]);
  expect(all.find(({ status }) => status === 429)?.body).toMatchObject({
    error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: expect.stringContaining('try again in') },
  });
  expect((await server.text('/healthz')).status).toBe(200);
});
