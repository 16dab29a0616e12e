import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { createApp as overflow } from '../examples/overflow/app.ts';
import { createApp as voicemail } from '../examples/voicemail/app.ts';
import { checkDocument } from '../src/dialects/check.ts';
import { loadFlow } from '../src/replay/load.ts';

// What a call to each example looks like is proven by its flow, in flows.test.ts.

test.for(readdirSync('examples').filter((name) => existsSync(`examples/${name}/app.ts`)))(
  'examples/%s/app.ts runs by itself',
  { concurrent: true },
  async (name, { expect }) => {
    const app = spawn(process.execPath, [`examples/${name}/app.ts`, '--port', '0']);
    const [line] = await once(createInterface(app.stdout), 'line');
    const url = `${/http:\S+/.exec(line)?.[0]}/${name === 'overflow' ? 'overflow' : ''}`;
    const answer = await fetch(url, { method: 'POST' });
    const dialect = loadFlow(`examples/${name}/flow.yaml`).flow.dialect ?? 'voiceml';
    const contentType = answer.headers.get('content-type') ?? '';
    const { ok } = checkDocument({ dialect, body: await answer.bytes(), url, contentType });
    app.kill();
    expect({ line, status: answer.status, ok }).toEqual({
      line: expect.stringMatching(`^${name}: http`),
      status: 200,
      ok: true,
    });
  },
);

test('the voicemail example keeps the recordings that have succeeded', async () => {
  const app = voicemail();
  for (const [name, state] of [
    ['one', 'SUCCEEDED'],
    ['two', 'EMPTY'],
  ])
    await app.inject({ method: 'POST', url: '/ready', payload: { name, state } });
  expect((await app.inject('/inbox')).json()).toEqual(['one']);
});

test('the overflow example knows whom to call back', async () => {
  const app = overflow();
  for (const [from, digits] of [
    ['+61491570006', '1'],
    ['+61491570007', ''],
  ])
    await app.inject({ method: 'POST', url: '/call-back', payload: { call: { from }, parameters: { digits } } });
  expect((await app.inject('/call-back')).json()).toEqual(['+61491570006']);
});
