import { type Static, Type } from '@sinclair/typebox';
import type { FastifyInstance } from 'fastify';
import { CallflowError } from '../../errors.ts';
import { withoutSecrets } from '../../replay/secrets.ts';
import type { Delivery } from '../../store/store.ts';
import type { Service } from '../service.ts';
import { type Access, isFor } from './access.ts';
import { iso } from './call-view.ts';
import type { Params } from './calls.ts';
import { requestNotValid } from './problem.ts';
import { numberIn } from './query.ts';
import { answers } from './schemas.ts';

const mostListed = 100;

const states = ['givenUp', 'owed'] as const;

interface Parts {
  service: Service;
  access: Access;
}

interface Listing {
  Querystring: { state?: string; limit?: string; after?: string };
}

/** Callbacks that have not arrived: to find them, and to send those again that were given up. */
export function callbackRoutes(app: FastifyInstance, { service, access }: Parts): void {
  const { store, engine, publicUrl } = service;

  app.get<Listing>(
    '/callbacks',
    {
      schema: {
        summary: 'The callbacks of the project that were given up, or are still owed, the oldest first',
        querystring: listing,
        response: answers({ 200: callbackList }),
      },
    },
    (request) => {
      const project = access.projectOf(request, 'voice.calls.list');
      const { state = 'givenUp', after = '' } = request.query;
      const limit = numberIn(request.query, 'limit', { least: 1, most: mostListed, usual: 20 });
      const wanted = stateNamed(state);
      const found: Delivery[] = [];
      for (const delivery of store.deliveries(wanted)) {
        if (!delivery.debt && delivery.id > after && isFor(service, project, delivery)) found.push(delivery);
        if (found.length === limit) break;
      }
      const last = found.length === limit && found.at(-1)!.id;
      const next = last && `${publicUrl()}/simulator/callbacks?state=${state}&limit=${limit}&after=${last}`;
      return { callbacks: found.map(callbackView), ...(next && { next }) };
    },
  );

  app.post<Params>(
    '/callbacks/:id/resend',
    {
      schema: {
        summary: 'Send a callback again that was given up',
        description: 'With the same id and body, and with as many attempts as a new one.',
        response: answers({ 202: callbackSchema }, 404),
      },
    },
    async (request, reply) => {
      const project = access.projectOf(request, 'voice.calls.create');
      const { id } = request.params;
      if (!isFor(service, project, store.delivery(id)) || !engine.deliveries.resend(id))
        throw new CallflowError('CALLBACK_NOT_FOUND', `the project has given up no callback ${id}`);
      await engine.committed();
      return reply.code(202).send(callbackView(store.delivery(id)!));
    },
  );
}

function stateNamed(state: string): Delivery['state'] {
  const known = states.find((one) => one === state);
  if (known) return known;
  throw requestNotValid([{ path: ['query', 'state'], found: JSON.stringify(state), expected: states.join(' or ') }]);
}

function callbackView({ id, subject, family, event, urls, createTime, attempts, state, dueTime }: Delivery) {
  return withoutSecrets({
    id,
    call: subject,
    family,
    event,
    urls: [...urls],
    createTime: iso(createTime),
    attempts,
    state,
    ...(dueTime !== undefined && { dueTime: iso(dueTime) }),
  }) satisfies Static<typeof callbackSchema>;
}

const time = Type.String({ format: 'date-time' });

const callbackSchema = Type.Object({
  id: Type.String({ description: 'The value of the header X-Callflow-Delivery, the same in all attempts.' }),
  call: Type.String({ description: 'What it is about: a call, or a conference or queue of its family.' }),
  family: Type.String(),
  event: Type.String(),
  urls: Type.Array(Type.String()),
  createTime: time,
  attempts: Type.Integer(),
  state: Type.String(),
  dueTime: Type.Optional(Type.String({ format: 'date-time', description: 'When the next attempt is due.' })),
});

const callbackList = Type.Object({
  callbacks: Type.Array(callbackSchema),
  next: Type.Optional(Type.String({ description: 'Where the list goes on.' })),
});

const listing = Type.Object({
  state: Type.Optional(Type.Union(states.map((state) => Type.Literal(state)))),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: mostListed })),
  after: Type.Optional(Type.String()),
});
