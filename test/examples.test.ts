import { expect, test } from 'vitest';
import { createApp as findMe } from '../examples/find-me/app.ts';
import { createApp as menu } from '../examples/menu/app.ts';
import { createApp as overflow } from '../examples/overflow/app.ts';
import { createApp as survey } from '../examples/survey/app.ts';
import { createApp as voicemail } from '../examples/voicemail/app.ts';
import type { FlowHandler } from '../src/replay/flow.ts';
import { loadFlow } from '../src/replay/load.ts';
import { replay } from '../src/replay/replay.ts';

/** The application itself answers, without a socket. */
const answering =
  (app: ReturnType<typeof menu>): FlowHandler =>
  async ({ method, url, headers, body }) => {
    const response = await app.inject({ method, url, headers, payload: body });
    const cookies = [response.headers['set-cookie'] ?? []].flat();
    return { status: response.statusCode, body: response.body, cookies };
  };

test.for([
  ['find-me', findMe()],
  ['menu', menu()],
  ['overflow', overflow()],
  ['survey', survey()],
  ['voicemail', voicemail()],
] as const)('the example %s does what its transcript says', async ([name, app]) => {
  const { live, ...flow } = loadFlow(`examples/${name}/flow.yaml`).flow;
  expect(live).toBe(true);
  const { transcript } = await replay({ ...flow, handler: answering(app) });
  await expect(transcript).toMatchFileSnapshot(`../examples/${name}/transcript.txt`);
});

test('the voicemail example has the message in its inbox', async () => {
  const app = voicemail();
  const { live: _, ...flow } = loadFlow('examples/voicemail/flow.yaml').flow;
  await replay({ ...flow, handler: answering(app) });
  const inbox = await app.inject('/inbox');
  expect(inbox.json()).toEqual([expect.stringMatching(/^projects\/flow\/calls\/.+\/recordings\/.+$/)]);
});

test('the overflow example knows whom to call back', async () => {
  const app = overflow();
  const { live: _, ...flow } = loadFlow('examples/overflow/flow.yaml').flow;
  await replay({ ...flow, handler: answering(app) });
  expect((await app.inject('/call-back')).json()).toEqual(['+61491570006']);
});
