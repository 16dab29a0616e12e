import { expect, onTestFinished, test } from 'vitest';
import { realClock } from '../../src/clock.ts';
import type { HttpExchange } from '../../src/http/transport.ts';
import { createOutlet, type Outlet, type Policy } from '../../src/operations/outlet.ts';
import { application } from '../http/far-side.ts';

const policy: Policy = { allow: ['loopback'], ca: [], connections: 2 };

const get = (outlet: Outlet, url: string) =>
  new Promise<HttpExchange>((done) => {
    outlet.send({ method: 'GET', url, headers: {}, maxBytes: 1000, timeoutMs: 5_000 }, done);
  });

test('a new policy counts at once, also where connections were made under the one before, and nothing is cut off', async () => {
  let answer = () => {};
  const app = await application({
    '/': (_, response) => response.end('hello'),
    '/slow': (_, response) => {
      answer = () => response.end('at last');
    },
  });
  const outlet = createOutlet(realClock, policy);
  onTestFinished(async () => {
    await outlet.close();
    await app.close();
  });
  expect(await get(outlet, `${app.origin}/`)).toMatchObject({ ok: true, status: 200 });
  const slow = get(outlet, `${app.origin}/slow`);
  while (app.heard.length < 2) await new Promise((done) => setImmediate(done));

  outlet.obey({ ...policy, allow: [] });
  expect(await get(outlet, `${app.origin}/`)).toMatchObject({ ok: false, code: 'URL_NOT_ALLOWED' });
  answer();
  expect(await slow).toMatchObject({ ok: true, status: 200 });
});

test('the same policy again keeps the connections', async () => {
  const app = await application({ '/': (_, response) => response.end('hello') });
  const outlet = createOutlet(realClock, policy);
  onTestFinished(async () => {
    await outlet.close();
    await app.close();
  });
  await get(outlet, `${app.origin}/`);
  outlet.obey({ ...policy });
  await get(outlet, `${app.origin}/`);
  expect(app.made()).toBe(1);
});
