/** The Compatibility API of SignalWire, which is Twilio's of 2010-04-01, on callflow's engine. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Service } from '../service.ts';
import { setupOf } from '../setup.ts';
import { authenticate } from './authentication.ts';
import { components } from './components.ts';
import { bins } from './hosted-bins.ts';
import { media } from './media.ts';
import { mount } from './mount.ts';
import { body, notFound, Refusal, refusalOf } from './refusal.ts';
import type { Context } from './route.ts';
import { routes } from './routes.ts';

/** The vendor's own base, and the one that its clients ask first. */
const bases = ['/api/laml/2010-04-01', '/2010-04-01'] as const;

const maxBodyBytes = 256 * 1024;

/** Serves the API; mount it at the root of a server. */
export function signalwireApi(service: Service): FastifyPluginAsync {
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
    for (const [index, prefix] of bases.entries()) await server.register(below(context, index === 0), { prefix });
    await server.register(async (open) => {
      prepare(open, context);
      bins(open, context);
    });
  };
}

const below = (context: Context, isDescribed: boolean) => async (server: FastifyInstance) => {
  prepare(server, context);
  await server.register(async (open) => media(open, context, isDescribed));
  await server.register(async (closed) => {
    const principals = new WeakMap<FastifyRequest, Principal>();
    const identify = async (request: FastifyRequest) => {
      principals.set(request, authenticate(context.tenants, request.headers.authorization));
    };
    closed.addHook('onRequest', identify);
    mount(closed, context, routes, { isDescribed, principalOf: (request) => principals.get(request)! });
  });
  server.setNotFoundHandler((request) => {
    authenticate(context.tenants, request.headers.authorization);
    throw notFound(`${request.method} ${request.url.split('?')[0]}`);
  });
};

/** Bodies are forms, whatever they are called; schemas are for the documentation. */
function prepare(server: FastifyInstance, context: Context): void {
  server.setErrorHandler((error, request, reply) => refuse(context, error, request, reply));
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
  server.removeAllContentTypeParsers();
  server.addContentTypeParser(
    '*',
    { parseAs: 'string', bodyLimit: maxBodyBytes },
    async (_: unknown, text: string) => text,
  );
}

function refuse(context: Context, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = refusalOf(error);
  if (!known) request.log.error(error);
  const refusal = known ?? new Refusal(20001, 'something went wrong inside; it is in the log', 500);
  if (refusal.status === 401) reply.header('www-authenticate', 'Basic realm="callflow"');
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body(refusal, `${context.publicUrl()}/openapi/signalwire`)));
}

/** For URLs that no route gets to see, because the server cannot read them; false when they are not of this API. */
export function refuseUnreadable(service: Service, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!bases.some((base) => request.url.startsWith(`${base}/`))) return false;
  const context = { ...service, setup: setupOf(service.store) };
  try {
    authenticate(service.tenants, request.headers.authorization);
    throw new Refusal(20404, 'the path is not understood: broken percent-encoding, or too long', 404);
  } catch (error) {
    refuse(context, error, request, reply);
  }
  return true;
}
