import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { withoutSecrets } from '../../replay/secrets.ts';
import { transcriptOf } from '../../replay/transcript.ts';
import type { Service } from '../service.ts';
import type { Access } from './access.ts';
import { callView } from './call-view.ts';
import { type Params, requestedCall } from './calls.ts';
import { eventsOf } from './events.ts';
import { callbacksIn, requestsIn } from './exchanges.ts';
import type { Families } from './families.ts';
import { Progress } from './progress.ts';
import { numberIn } from './query.ts';
import { answers, journalSchema } from './schemas.ts';

interface Parts {
  service: Service;
  access: Access;
  families: Families;
}

type Waiting = Params & { Querystring: { wait?: string } };

const longestWait = 600;

const wait = Type.Object({
  wait: Type.Optional(
    Type.Number({ description: 'So many seconds are waited for the end at most.', minimum: 0, maximum: longestWait }),
  ),
});

/** What becomes of a call and of all that comes of it: as a transcript, as it happens, and in detail. */
export function watchingRoutes(app: FastifyInstance, { service, access, families }: Parts): void {
  const { store, clock } = service;

  /** Everything that has happened until now, or until the end when that is waited for. */
  const familyOf = async (request: FastifyRequest<Waiting>) => {
    const { family } = requestedCall(service, access, request, 'voice.calls.get');
    const seconds = numberIn(request.query, 'wait', { least: 0, most: longestWait, usual: 0 });
    if (seconds > 0) await families.untilOver(family, seconds * 1000);
    const entries = [...store.journal(family)];
    const progress = new Progress();
    for (const entry of entries) progress.take(entry);
    return { ended: progress.isOver, entries: withoutSecrets(entries) };
  };

  app.get<Waiting>(
    '/calls/:id/transcript',
    {
      schema: {
        summary: 'What has happened, for people to read',
        description: 'The header `callflow-ended` says whether more is to be expected.',
        querystring: wait,
        produces: ['text/plain'],
        response: answers({ 200: Type.String() }, 404),
      },
    },
    async (request, reply) => {
      const { ended, entries } = await familyOf(request);
      reply.header('callflow-ended', String(ended)).type('text/plain; charset=utf-8');
      return transcriptOf(entries);
    },
  );

  app.get<Waiting>(
    '/calls/:id/journal',
    {
      schema: {
        summary: 'Every request to the application, every answer, every callback',
        querystring: wait,
        response: answers({ 200: journalSchema }, 404),
      },
    },
    async (request) => {
      const { ended, entries } = await familyOf(request);
      const calls = entries.flatMap(({ output }) => (output?.type === 'call.created' ? [output.record.id] : []));
      return {
        ended,
        calls: calls.flatMap((id) => store.call(id) ?? []).map(callView),
        requests: requestsIn(entries),
        callbacks: callbacksIn(entries),
      };
    },
  );

  app.get<Params>(
    '/calls/:id/events',
    {
      schema: {
        summary: 'What happens, as it happens',
        description:
          'Server-sent events: what has been, then what comes. `entry` is an entry of the journal, `line` one of the transcript, `end` comes when nothing more is to be expected. `Last-Event-ID` goes on where it was left.',
        produces: ['text/event-stream'],
        response: answers({ 200: Type.String() }, 404),
      },
    },
    (request, reply) => {
      const { family } = requestedCall(service, access, request, 'voice.calls.get');
      const heard = Number(request.headers['last-event-id'] ?? '');
      const after = request.headers['last-event-id'] === undefined || !Number.isSafeInteger(heard) ? -1 : heard;
      reply
        .headers({ 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
        .type('text/event-stream; charset=utf-8');
      return reply.send(eventsOf({ clock, families, family, after }));
    },
  );
}
