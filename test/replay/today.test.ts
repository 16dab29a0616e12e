import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { exported } from '../../src/replay/export/export.ts';
import { asFlow } from '../../src/replay/flow-shape.ts';
import { replay } from '../../src/replay/replay.ts';
import { playedToday } from '../../src/replay/today.ts';
import { readYaml } from '../../src/replay/yaml.ts';

type Documents = Readonly<Record<string, string>>;

const documents: Documents = {
  '/': '<Response><Input NextUri="/choice?from=menu"><Say>Press 1 for the shop.</Say></Input></Response>',
  '/choice':
    '<Response><Say>One moment.</Say><Play Digits="1"/><Call NextUri="/called"><Endpoint>+61491570156</Endpoint></Call></Response>',
  '/called': '<Response><Say>Goodbye.</Say></Response>',
};

/** The application, with these documents in place of its own: gives its URL. */
async function application(changed: Documents = {}): Promise<string> {
  const all = { ...documents, ...changed };
  const server = createServer((request, response) => response.end(all[request.url!.split('?')[0]!] ?? ''));
  onTestFinished(() => void server.close());
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`;
}

/** A call as it was, exported; played again with an application that has changed. */
async function changesShown(changed: Documents): Promise<string> {
  const { journal } = await replay({
    handler: await application(),
    url: '/',
    phones: { '+61491570156': { answers: 3, hangsUp: 4, script: [{ say: 'Hello.' }] } },
    caller: [{ heard: 'press 1', after: 1, press: '1#' }],
  });
  const files = exported(journal, { keep: ['+61491570156', '+61255501234'] });
  const flow = asFlow(readYaml('flow.yaml', files.get('flow.yaml')!).value);
  const { difference } = await playedToday(flow, files.get('transcript.txt')!, await application(changed));
  return difference;
}

test('an application that has not changed does nothing differently', async () => {
  expect(await changesShown({})).toBe('');
});

test('another prompt is shown as another prompt', async () => {
  const document = documents['/called']!.replace('Goodbye', 'Good night');
  expect(await changesShown({ '/called': document })).toMatchInlineSnapshot(`
    "  …
      engine        POST /called action=CALL callStatus=COMPLETED call=+61491570156 (bridged true)
      handler       200: Say
    - engine        says "Goodbye."
    + engine        says "Good night."
      engine        hangs up caller
      call          caller completed: ended by the engine (normal)"
  `);
});

test('another parameter is shown as another parameter', async () => {
  const document = documents['/']!.replace('from=menu', 'from=start');
  expect(await changesShown({ '/': document })).toMatchInlineSnapshot(`
    "  …
      caller        presses 1
      caller        presses #
    - engine        POST /choice?from=menu action=INPUT digits=1 (state IN_PROGRESS)
    + engine        POST /choice?from=start action=INPUT digits=1 (state IN_PROGRESS)
      handler       200: Say, Play, Call
      engine        says "One moment.""
  `);
});

test('another order is shown as another order', async () => {
  const document = documents['/choice']!.replace(/(<Say>.*<\/Say>)(<Play.*?>)/, '$2$1');
  expect(await changesShown({ '/choice': document })).toMatchInlineSnapshot(`
    "  …
      caller        presses #
      engine        POST /choice?from=menu action=INPUT digits=1 (state IN_PROGRESS)
    - handler       200: Say, Play, Call
    - engine        says "One moment."
    + handler       200: Play, Say, Call
      engine        plays the keys 1
    + engine        says "One moment."
      engine        lets caller hear ringing
      engine        calls +61491570156 from +61491570001"
  `);
});
