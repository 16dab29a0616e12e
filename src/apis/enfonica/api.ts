/** The voice and numbering APIs of Enfonica, on callflow's engine. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { answerUnreadable, type Context, contextOf, identified, onlyDescribed, readBodies } from '../serving.ts';
import { authenticate } from './authentication.ts';
import { components } from './components.ts';
import { files } from './files.ts';
import { mount } from './mount.ts';
import { envelope, Refusal, refusalOf } from './refusal.ts';
import { routes } from './routes.ts';
import { token } from './token.ts';

/** Where the routes are, below wherever the plugin is mounted. */
const base = '/v1beta1';

/** Serves the API; mount it at the root of a server whose `frameworkErrors` ask `refuseUnreadable`. */
export function enfonicaApi(service: Service): FastifyPluginAsync {
  const context = contextOf(service);
  return async (server) => {
    for (const component of Object.values(components)) server.addSchema(component);
    await server.register(async (open) => {
      open.setErrorHandler(refuse);
      onlyDescribed(open);
      files(open, context, base);
      token(open, service);
    });
    await server.register(authenticated(context), { prefix: base });
  };
}

const authenticated = (context: Context) => async (server: FastifyInstance) => {
  const principalOf = identified(server, (authorization) => authenticate(context.tenants, authorization));
  server.setErrorHandler(refuse);
  server.setNotFoundHandler(() => {
    throw new Refusal('NOT_FOUND', 'there is nothing at this path');
  });
  onlyDescribed(server);
  readBodies(server, parseJson);
  mount(server, context, routes, principalOf);
};

/** Bodies are JSON whatever they are called; none is an empty message. */
function parseJson(body: string): unknown {
  if (body.trim() === '') return {};
  try {
    return JSON.parse(body);
  } catch {
    throw new Refusal('INVALID_ARGUMENT', 'the body is not JSON');
  }
}

function refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = refusalOf(error);
  if (!refusal) request.log.error(error);
  return send(reply, refusal ?? new Refusal('INTERNAL', 'something went wrong inside; it is in the log'));
}

const send = (reply: FastifyReply, refusal: Refusal): FastifyReply => {
  if (refusal.status === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
  return reply
    .code(refusal.code)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(envelope(refusal)));
};

/** For URLs that no route gets to see, because the server cannot read them; false when they are not of this API. */
export const refuseUnreadable = (service: Service, request: FastifyRequest, reply: FastifyReply): boolean =>
  answerUnreadable(
    {
      bases: [base],
      authenticate: (authorization) => authenticate(service.tenants, authorization),
      refusal: new Refusal('INVALID_ARGUMENT', 'the path is not understood: broken percent-encoding, or too long'),
      refuse,
    },
    request,
    reply,
  );
