import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CallflowError } from '../../errors.ts';
import type { CallRecord } from '../../records/call.ts';
import { idIn } from '../../vendors/index.ts';
import type { Service } from '../service.ts';
import { type Access, isFor, type Permission } from './access.ts';
import { actSchema, asCallerAct, asCallOrder, type CallerAct, callOrderSchema } from './call-order.ts';
import { callView } from './call-view.ts';
import type { Callers } from './callers.ts';
import { numberIn } from './query.ts';
import { answers, callList, linkedCall } from './schemas.ts';

const mostListed = 100;

interface Parts {
  service: Service;
  access: Access;
  callers: Callers;
}

/** Calls on the running engine: to make them, to find them, to tell the caller what to do. */
export function callRoutes(app: FastifyInstance, { service, access, callers }: Parts): void {
  const { store, publicUrl } = service;
  const view = (call: CallRecord) => ({ ...callView(call), ...linksOf(call, publicUrl()) });

  app.post(
    '/calls',
    {
      schema: {
        summary: 'Somebody calls a number of the project',
        body: callOrderSchema,
        response: answers({ 201: linkedCall }, 413, 422, 429),
      },
    },
    async (request, reply) => {
      const project = access.projectOf(request, 'voice.calls.create');
      const id = await callers.call(project, asCallOrder(request.body));
      return reply.code(201).send(view(store.call(id)!));
    },
  );

  app.get<{ Querystring: { limit?: string; after?: string } }>(
    '/calls',
    { schema: { summary: 'The calls of the project, the newest first', response: answers({ 200: callList }) } },
    (request) => {
      const project = access.projectOf(request, 'voice.calls.list');
      const limit = numberIn(request.query, 'limit', { least: 1, most: mostListed, usual: 20 });
      const { after } = request.query;
      const last = after === undefined ? undefined : callOf(service, project, after);
      const calls = store.findCalls({ project, limit, ...(last && { after: last }) });
      const next = calls.length === limit && `${publicUrl()}/simulator/calls?limit=${limit}&after=${calls.at(-1)!.id}`;
      return { calls: calls.map(view), ...(next && { next }) };
    },
  );

  app.get<Params>(
    '/calls/:id',
    { schema: { summary: 'A call', response: answers({ 200: linkedCall }, 404) } },
    (request) => view(requestedCall(service, access, request, 'voice.calls.get')),
  );

  app.delete<Params>(
    '/calls/:id',
    {
      schema: {
        summary: 'Erase a call, with all that came of it',
        description:
          'Calls of the same family, their journal, recordings, transcriptions, faxes and callbacks: nothing is left.',
        response: answers({ 204: Type.Null() }, 404, 409),
      },
    },
    async (request, reply) => {
      const { id } = requestedCall(service, access, request, 'voice.calls.delete');
      const { families, files } = store.erase(id);
      if (families === 0)
        throw new CallflowError(
          'CALL_NOT_OVER',
          `a call, a recording or a callback of the family of ${id} is not over`,
        );
      await Promise.all(files.map(service.removeFile));
      return reply.code(204).send();
    },
  );

  app.post<Params>(
    '/calls/:id/acts',
    {
      schema: {
        summary: 'The caller does something',
        description: 'Keys and words take their time, one after the other; they wait for the answer.',
        body: actSchema,
        response: answers({ 202: linkedCall }, 404, 413),
      },
    },
    (request, reply) => {
      const call = requestedCall(service, access, request, 'voice.calls.create');
      const party = callers.party(call.id);
      if (!party)
        throw new CallflowError('CALL_NOT_FOUND', `${call.id} is not the call of a simulated caller, or has ended`);
      perform(party, asCallerAct(request.body));
      return reply.code(202).send(view(call));
    },
  );
}

export type Params = { Params: { id: string } };

/** The call that a request names, if it is one of the project's. */
export function requestedCall<Route extends Params>(
  service: Service,
  access: Access,
  request: FastifyRequest<Route>,
  permission: Permission,
): CallRecord {
  const { id } = request.params as Params['Params'];
  return callOf(service, access.projectOf(request as FastifyRequest, permission), id);
}

function callOf(service: Service, project: string, id: string): CallRecord {
  const call = service.store.call(idIn(id) ?? id);
  if (!call || !isFor(service, project, call))
    throw new CallflowError('CALL_NOT_FOUND', `the project has no call ${id}`);
  return call;
}

function linksOf({ id }: CallRecord, publicUrl: string) {
  const url = `${publicUrl}/simulator/calls/${id}`;
  return {
    url,
    transcriptUrl: `${url}/transcript`,
    eventsUrl: `${url}/events`,
    journalUrl: `${url}/journal`,
    actsUrl: `${url}/acts`,
  };
}

function perform(party: NonNullable<ReturnType<Callers['party']>>, act: CallerAct): void {
  if (act.press !== undefined) party.press(act.press);
  if (act.say !== undefined) party.say(act.say);
  if (act.hangUp) party.hangUp();
  if (act.hold) party.hold();
  if (act.resume) party.resume();
}
