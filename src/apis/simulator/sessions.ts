import { type TSchema, Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { CallflowError } from '../../errors.ts';
import type { Reach } from '../../http/reach.ts';
import type { Service } from '../service.ts';
import type { Access } from './access.ts';
import { answers } from './schemas.ts';
import { Session } from './session.ts';
import { asSessionOrder, sessionOrderSchema } from './session-order.ts';
import { asSessionStep, stepSchema } from './session-step.ts';

export interface SessionsOptions {
  service: Service;
  access: Access;
  /** Where live applications may be, and how one gets there. */
  reach(): Reach;
  /** How many a project may have at once. */
  perProject: number;
  /** One in which nothing is done for so long is ended. */
  idleMs: number;
}

interface Open {
  project: string;
  session: Session;
  timer: unknown;
}

/** These run beside the calls of the server, in one thread with them. */
const mostCalls = 5;

type Params = { Params: { id: string } };

/** Calls in virtual time that are played step by step. */
export function sessionRoutes(app: FastifyInstance, options: SessionsOptions): void {
  const { service, access, reach, perProject, idleMs } = options;
  const { clock, ids, publicUrl } = service;
  const open = new Map<string, Open>();

  const end = async (id: string) => {
    const one = open.get(id);
    open.delete(id);
    clock.clearTimeout(one?.timer);
    await one?.session.close();
  };
  const keep = (id: string, one: Open) => {
    clock.clearTimeout(one.timer);
    one.timer = clock.setTimeout(() => void end(id), idleMs);
  };
  const requested = (request: FastifyRequest<Params>): [id: string, one: Open] => {
    const project = access.projectOf(request as FastifyRequest, 'voice.calls.create');
    const { id } = request.params;
    const one = open.get(id);
    if (one?.project !== project) throw new CallflowError('SESSION_NOT_FOUND', `the project has no session ${id}`);
    keep(id, one);
    return [id, one];
  };
  const linked = (id: string, answer: object) => {
    const url = `${publicUrl()}/simulator/sessions/${id}`;
    return { id, url, stepsUrl: `${url}/steps`, ...answer };
  };
  app.addHook('preClose', async () => {
    await Promise.all([...open.keys()].map(end));
  });

  app.post(
    '/sessions',
    {
      schema: {
        summary: 'Begin a call in virtual time, to be played step by step',
        description: 'The body is a flow as for /simulator/flows; time goes on until the engine waits for somebody.',
        body: sessionOrderSchema,
        response: answers({ 201: stepped }, 413, 422, 429),
      },
    },
    async (request, reply) => {
      const project = access.projectOf(request, 'voice.calls.create');
      const live = [...open.values()].filter((one) => one.project === project).length;
      if (live >= perProject) throw new CallflowError('SESSIONS_LIMIT', `${live} sessions are open`);
      const one: Open = {
        project,
        session: new Session(asSessionOrder(request.body, mostCalls), reach(), clock),
        timer: undefined,
      };
      const id = ids.next();
      open.set(id, one);
      keep(id, one);
      try {
        return reply.code(201).send(linked(id, await one.session.step({})));
      } catch (error) {
        await end(id);
        throw error;
      }
    },
  );

  app.post<Params>(
    '/sessions/:id/steps',
    {
      schema: {
        summary: 'Somebody does something, and time goes on',
        description:
          'By `advance` seconds; or until `until` is heard; else until the engine has nothing more to say and waits for somebody.',
        body: stepSchema,
        response: answers({ 200: stepped }, 404, 413),
      },
    },
    async (request) => {
      const [id, { session }] = requested(request);
      return linked(id, await session.step(asSessionStep(request.body)));
    },
  );

  app.get<Params>(
    '/sessions/:id',
    { schema: { summary: 'Everything since the beginning', response: answers({ 200: whole }, 404) } },
    (request) => {
      const [id, { session }] = requested(request);
      return linked(id, session.whole);
    },
  );

  app.delete<Params>(
    '/sessions/:id',
    { schema: { summary: 'Hang up, and forget it', response: answers({ 204: Type.Null() }, 404) } },
    async (request, reply) => {
      await end(requested(request)[0]);
      return reply.code(204).send();
    },
  );
}

const common = {
  id: Type.String(),
  url: Type.String(),
  stepsUrl: Type.String(),
  at: Type.Integer({ description: 'Virtual milliseconds since the beginning.' }),
  ended: Type.Boolean({ description: 'Every call has ended.' }),
};

const heard = (description: string) =>
  Type.Array(
    Type.Object({
      at: Type.Integer(),
      kind: Type.String(),
      text: Type.String(),
      ms: Type.Integer(),
      by: Type.String({ description: '`engine`, or another `party`.' }),
    }),
    { description },
  );

const callees = (description: string) =>
  Type.Array(
    Type.Object({
      number: Type.String(),
      ringing: Type.Boolean({ description: 'A step may say what happens.' }),
      answered: Type.Boolean(),
      ended: Type.Boolean(),
      heard: heard(description),
    }),
    { description: 'Whose telephones the application called, in a session with `attend`.' },
  );

const stepped: TSchema = Type.Object({
  ...common,
  heard: heard('What the caller has heard in this step.'),
  callees: callees('What they have heard in this step.'),
  lines: Type.Array(Type.String(), { description: 'What the transcript has gained.' }),
});

const whole: TSchema = Type.Object({
  ...common,
  callees: callees('Everything that they have heard.'),
  transcript: Type.String(),
  calls: Type.Array(Type.Unknown()),
});
