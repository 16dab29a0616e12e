/** The Compatibility API of SignalWire, which is Twilio's of 2010-04-01, on callflow's engine. */
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';
import { answerUnreadable, type Context, contextOf, identified, onlyDescribed, readBodies } from '../serving.ts';
import { authenticate } from './authentication.ts';
import { components } from './components.ts';
import { bins } from './hosted-bins.ts';
import { media, served as servedMedia } from './media.ts';
import { methodsAt } from './methods.ts';
import { mount, served } from './mount.ts';
import { body, notFound, notPossible, Refusal, refusalOf } from './refusal.ts';
import type { Route } from './route.ts';
import { routes } from './routes.ts';

/** The vendor's own base, and the one that its clients ask first. */
export const bases = ['/api/laml/2010-04-01', '/2010-04-01'] as const;

/** A client of Twilio whose base URL ends with `/api/laml` puts that before links, too: what they lead to is there as well. */
const baseOfLinks = '/api/laml/api/laml/2010-04-01';

/** What there is below a base. */
interface Place {
  routes: readonly Route[];
  methodsOf(path: string): string | undefined;
}

const placeOf = (some: readonly Route[]): Place => ({
  routes: some,
  methodsOf: methodsAt([...servedMedia, ...some.flatMap(served)]),
});

const everything = placeOf(routes);
const linked = placeOf(routes.filter(({ method }) => method === 'GET'));

/** Serves the API; mount it at the root of a server. */
export function signalwireApi(service: Service): FastifyPluginAsync {
  const context = contextOf(service);
  return async (server) => {
    for (const component of Object.values(components)) server.addSchema(component);
    for (const [index, prefix] of bases.entries())
      await server.register(below(context, prefix, everything, index === 0), { prefix });
    await server.register(below(context, baseOfLinks, linked, false), { prefix: baseOfLinks });
    await server.register(async (open) => {
      prepare(open, context);
      bins(open, context);
    });
  };
}

const below =
  (context: Context, base: string, place: Place, isDescribed: boolean) => async (server: FastifyInstance) => {
    prepare(server, context);
    await server.register(async (open) => media(open, context, isDescribed));
    await server.register(async (closed) => {
      const principalOf = identified(closed, (authorization) => authenticate(context.tenants, authorization));
      mount(closed, context, place.routes, { isDescribed, principalOf });
    });
    server.setNotFoundHandler((request, reply) => {
      authenticate(context.tenants, request.headers.authorization);
      const [path = ''] = request.url.split('?');
      const allow = place.methodsOf(path.slice(base.length));
      if (allow === undefined) throw notFound(`${request.method} ${path}`);
      reply.header('allow', allow);
      throw notPossible(`${request.method} is not possible here; ${allow} is`);
    });
  };

/** Bodies are forms, whatever they are called; schemas are for the documentation. */
function prepare(server: FastifyInstance, context: Context): void {
  server.setErrorHandler((error, request, reply) => refuse(context, error, request, reply));
  onlyDescribed(server);
  readBodies(server, (text) => text);
}

function refuse(service: Service, error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = refusalOf(error);
  if (!known) request.log.error(error);
  const refusal = known ?? new Refusal(20001, 'something went wrong inside; it is in the log', 500);
  if (refusal.status === 401) reply.header('www-authenticate', 'Basic realm="callflow"');
  return reply
    .code(refusal.status)
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body(refusal, `${service.publicUrl()}/openapi/signalwire`)));
}

/** For URLs that no route gets to see, because the server cannot read them; false when they are not of this API. */
export const refuseUnreadable = (service: Service, request: FastifyRequest, reply: FastifyReply): boolean =>
  answerUnreadable(
    {
      bases: [...bases, baseOfLinks],
      authenticate: (authorization) => authenticate(service.tenants, authorization),
      refusal: new Refusal(20404, 'the path is not understood: broken percent-encoding, or too long', 404),
      refuse: (error) => refuse(service, error, request, reply),
    },
    request,
    reply,
  );
