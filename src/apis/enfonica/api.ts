/** The voice and numbering APIs of Enfonica, on callflow's engine. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Service } from '../service.ts';
import { authenticate } from './authentication.ts';
import { components } from './components.ts';
import { files } from './files.ts';
import { mount } from './mount.ts';
import { envelope, Refusal, refusalOf } from './refusal.ts';
import type { Context } from './route.ts';
import { routes } from './routes.ts';
import { setupOf } from './setup.ts';
import { token } from './token.ts';

/** Where the routes are, below wherever the plugin is mounted. */
const base = '/v1beta1';

const maxBodyBytes = 256 * 1024;

/** Serves the API; mount it at the root of a server whose `frameworkErrors` are `enfonicaFrameworkErrors`. */
export function enfonicaApi(service: Service): FastifyPluginAsync {
  const context: Context = {
    ...service,
    publicUrl: () => service.publicUrl(),
    openFile: (file) => service.openFile(file),
    openMp3: (file) => service.openMp3(file),
    removeFile: (file) => service.removeFile(file),
    setup: setupOf(service.store),
  };
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
  const principals = new WeakMap<FastifyRequest, Principal>();
  server.addHook('onRequest', async (request) => {
    principals.set(request, authenticate(context.tenants, request.headers.authorization));
  });
  server.setErrorHandler(refuse);
  server.setNotFoundHandler(() => {
    throw new Refusal('NOT_FOUND', 'there is nothing at this path');
  });
  onlyDescribed(server);
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string', bodyLimit: maxBodyBytes }, async (_: unknown, body: string) =>
    parseJson(body),
  );
  mount(server, context, routes, (request) => principals.get(request)!);
};

/** Schemas are for the documentation: `read` judges, by proto3's rules, and nothing of an answer is left out. */
function onlyDescribed(server: FastifyInstance): void {
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
}

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
export function refuseUnreadable(service: Service, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!request.url.startsWith(`${base}/`)) return false;
  try {
    authenticate(service.tenants, request.headers.authorization);
    send(reply, new Refusal('INVALID_ARGUMENT', 'the path is not understood: broken percent-encoding, or too long'));
  } catch (error) {
    refuse(error, request, reply);
  }
  return true;
}
