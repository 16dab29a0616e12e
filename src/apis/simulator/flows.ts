import type { FastifyInstance } from 'fastify';
import type { Reach } from '../../http/reach.ts';
import type { Access } from './access.ts';
import { flowOrderSchema } from './flow-order.ts';
import type { FlowRunner } from './flow-runner.ts';
import { answers, flowResult } from './schemas.ts';

/** Whole flows in virtual time. */
export function flowRoutes(app: FastifyInstance, access: Access, runner: FlowRunner, reach: () => Reach): void {
  app.post(
    '/flows',
    {
      schema: {
        summary: 'Run a flow in virtual time',
        description:
          'The body is a flow (docs/flows.md); beside its own fields it may have `files`, the texts that the flow names, and `expect`, the transcript that is expected.',
        body: flowOrderSchema,
        response: answers({ 200: flowResult }, 413, 422, 429),
      },
    },
    (request) => {
      const project = access.projectOf(request, 'voice.calls.create');
      return runner.run(project, { body: request.body, reach: reach() });
    },
  );
}
