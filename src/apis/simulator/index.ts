/** The simulator by HTTP: calls on the running engine and flows in virtual time, for tests in any language. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { CallflowError } from '../../errors.ts';
import type { Reach } from '../../http/reach.ts';
import type { Service } from '../service.ts';
import { onlyDescribed } from '../serving.ts';
import { Access } from './access.ts';
import { callbackRoutes } from './callbacks.ts';
import { Callers } from './callers.ts';
import { callRoutes } from './calls.ts';
import { Families } from './families.ts';
import { type FlowLimits, FlowRefused, FlowRunner } from './flow-runner.ts';
import { flowRoutes } from './flows.ts';
import { toProblem } from './problem.ts';
import { type SessionsOptions, sessionRoutes } from './sessions.ts';
import { watchingRoutes } from './watching.ts';

export interface SimulatorOptions {
  /** Where the live application of a flow may be, and how one gets there: public addresses unless given. */
  reach?(): Reach;
  flows?: Partial<FlowLimits>;
  /** How many simulated calls a project may have at once. */
  calls?: number;
  sessions?: Partial<Pick<SessionsOptions, 'perProject' | 'idleMs'>>;
}

const flowLimits: FlowLimits = { running: 2, waiting: 32, perProject: 16, ms: 60_000, megabytes: 256 };

const sessionLimits = { perProject: 20, idleMs: 10 * 60_000 };

/** Routes below `/simulator`. */
export const simulatorApi =
  (
    service: Service,
    { reach = () => ({ allow: [] }), flows, calls = 100, sessions }: SimulatorOptions = {},
  ): FastifyPluginAsync =>
  async (app) => {
    const access = new Access(service.tenants);
    const runner = new FlowRunner(service.clock, { ...flowLimits, ...flows });
    const families = new Families(service);
    const callers = new Callers({ ...service, families, perProject: calls });
    await app.register(
      async (routes) => {
        answerErrors(routes);
        onlyDescribed(routes);
        routes.addHook('onRequest', access.authenticate);
        callRoutes(routes, { service, access, callers });
        watchingRoutes(routes, { service, access, families });
        callbackRoutes(routes, { service, access });
        flowRoutes(routes, access, runner, reach);
        sessionRoutes(routes, { service, access, reach, ...sessionLimits, ...sessions });
        // Streams end, and whoever waits is answered: a server that closes waits for them.
        routes.addHook('preClose', async () => {
          callers.close();
          families.close();
          await runner.close();
        });
      },
      { prefix: '/simulator' },
    );
  };

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => {
    const { status, ...rest } = error instanceof FlowRefused ? error.problem : toProblem(error);
    if (status >= 500) reply.log.error(error);
    return reply.code(status).send({ error: rest });
  });
  app.setNotFoundHandler((request, reply) => {
    const { status, ...rest } = toProblem(new CallflowError('PATH_UNKNOWN', `${request.method} ${request.url}`));
    return reply.code(status).send({ error: rest });
  });
}
