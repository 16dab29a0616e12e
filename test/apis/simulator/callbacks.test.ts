import { fastify } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Delivery } from '../../../src/store/store.ts';
import { deliveryOf } from '../../ports/store-batches.ts';
import { number, type Server, startServer } from './server.ts';

/** An application that hangs up on whoever calls, and hears callbacks. */
const application = fastify();
const heard: { delivery: unknown; body: unknown }[] = [];
application.post('/', (_request, reply) => reply.type('text/xml').send('<Response/>'));
application.post('/state', ({ headers, body }) => {
  heard.push({ delivery: headers['x-callflow-delivery'], body });
  return {};
});
application.post('/wait', (_request, reply) =>
  reply.type('text/xml').send('<Response><Wait DurationSeconds="60"/></Response>'),
);

let server: Server;
let origin = '';
beforeAll(async () => {
  origin = await application.listen({ port: 0, host: '127.0.0.1' });
  server = await startServer(`${origin}/`);
});
afterAll(async () => {
  await server.close();
  await application.close();
});

/** What has become of a callback before anybody asks. */
function keep(id: string, differing: Partial<Delivery>): Delivery {
  const { dueTime: _, ...owed } = deliveryOf(id);
  const urls = [`${origin.replace('//', '//shop:secret@')}/state`];
  const delivery: Delivery = {
    ...owed,
    urls,
    project: 'one',
    dialect: 'voiceml',
    attempts: 9,
    state: 'givenUp',
    ...differing,
  };
  const batch = () => ({ entries: [], changes: [], deliveries: [delivery] });
  server.service.store.commit(batch, () => {});
  return delivery;
}

async function json(method: 'GET' | 'POST' | 'DELETE', path: string, token?: string) {
  const response = await server.ask(method, path, undefined, token);
  return { status: response.status, body: (await response.json()) as { next: string; callbacks: { id: string }[] } };
}

const refused = (status: number, code: string) => ({ status, body: { error: { code } } });

test('what was given up is listed page by page, and is sent again with the same id and body', async () => {
  const [first, second] = ['a-1', 'a-2'].map((id) => keep(id, {}));
  keep('a-3', { project: 'two' });
  keep('a-4', { state: 'delivered' });
  const page = await json('GET', '/simulator/callbacks?limit=1');
  expect(page).toEqual({
    status: 200,
    body: {
      callbacks: [
        {
          id: 'a-1',
          call: first!.subject,
          family: first!.family,
          event: first!.event,
          urls: [`${origin.replace('//', '//shop:…@')}/state`],
          createTime: new Date(first!.createTime).toISOString(),
          attempts: 9,
          state: 'givenUp',
        },
      ],
      next: `${server.url}/simulator/callbacks?state=givenUp&limit=1&after=a-1`,
    },
  });
  const next = await json('GET', page.body.next);
  expect(next.body.callbacks.map(({ id }) => id)).toEqual(['a-2']);
  expect((await json('GET', next.body.next)).body).toEqual({ callbacks: [] });

  const delivered = new Promise<void>((done) => {
    const stop = server.service.engine.onEntry(({ output }) => {
      if (output?.type !== 'callback.delivered' || output.delivery !== 'a-2') return;
      stop();
      done();
    });
  });
  const again = await json('POST', '/simulator/callbacks/a-2/resend');
  expect(again).toMatchObject({ status: 202, body: { id: 'a-2', state: 'owed', attempts: 0 } });
  await delivered;
  expect(heard).toEqual([{ delivery: 'a-2', body: JSON.parse(second!.body) }]);
  expect((await json('GET', '/simulator/callbacks')).body.callbacks.map(({ id }) => id)).toEqual(['a-1']);
});

test('only what was given up is sent again, by whoever may, and each project sees its own', async () => {
  keep('b-1', { project: 'two' });
  keep('b-2', { state: 'delivered' });
  const resend = (id: string, token?: string) => json('POST', `/simulator/callbacks/${id}/resend`, token);
  expect(await resend('none')).toMatchObject(refused(404, 'CALLBACK_NOT_FOUND'));
  expect(await resend('b-1')).toMatchObject(refused(404, 'CALLBACK_NOT_FOUND'));
  expect(await resend('b-2')).toMatchObject(refused(404, 'CALLBACK_NOT_FOUND'));
  expect(await resend('b-1', 'token-reader')).toMatchObject(refused(403, 'PERMISSION_MISSING'));
  expect(await json('GET', '/simulator/callbacks?state=lost')).toMatchObject(refused(400, 'REQUEST_NOT_VALID'));
});

test('a call that is over is erased with all that came of it, and one that is not is left alone', async () => {
  const place = async (script: readonly object[]) => {
    const response = await server.ask('POST', '/simulator/calls', {
      to: number.one,
      script,
      url: `${origin}/wait`,
    });
    return ((await response.json()) as { id: string }).id;
  };
  const id = await place([]);
  const url = `/simulator/calls/${id}`;
  expect(await json('DELETE', url)).toMatchObject(refused(409, 'CALL_NOT_OVER'));
  expect(await json('DELETE', url, 'token-two')).toMatchObject(refused(404, 'CALL_NOT_FOUND'));
  await server.ask('POST', `${url}/acts`, { hangUp: true });
  await server.ask('GET', `${url}/journal?wait=20`);
  expect((await server.ask('DELETE', url)).status).toBe(204);
  expect(await json('GET', url)).toMatchObject(refused(404, 'CALL_NOT_FOUND'));
  expect([...server.service.store.journal(id)]).toEqual([]);
});
