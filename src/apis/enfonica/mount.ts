import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Principal } from '../service.ts';
import { given } from './gives.ts';
import { message } from './kinds.ts';
import { read } from './reading.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Context, Route } from './route.ts';

const nothing = message({});

/** Puts routes on a server; whatever else is asked of their paths is refused by name. */
export function mount(
  server: FastifyInstance,
  context: Context,
  routes: readonly Route[],
  principalOf: (request: FastifyRequest) => Principal,
): void {
  for (const route of routes)
    server.route({
      method: route.method,
      url: route.path,
      schema: schemaOf(route),
      handler: (request) => route.answer(asked(route, context, request, principalOf(request)) as Asked<never, never>),
    });
  for (const [path, methods] of methodsOf(routes)) refuseOthers(server, path, methods);
}

const failures: Readonly<Record<number, string>> = {
  400: 'Something in the request is not what it must be, or it is not possible now.',
  401: 'There is no token, or it is not valid.',
  403: 'The token is not for this, or not for this project.',
  404: 'There is no such thing, or it is somebody else’s.',
  409: 'Somebody has it already.',
  413: 'The body is too large.',
  429: 'Too much at once.',
  500: 'A defect of callflow.',
  503: 'Nothing can be kept at the moment.',
};

/** Statuses of refusals that a route can give. */
function failuresOf({ method, path, body }: Route): number[] {
  const names = path.replace(':project', '').includes('/:');
  return [
    400,
    401,
    403,
    ...(names ? [404] : []),
    ...(method === 'POST' ? [409] : []),
    ...(body ? [413] : []),
    429,
    500,
    ...(method === 'GET' ? [] : [503]),
  ];
}

function schemaOf(route: Route): object {
  const { id, summary, permission, query, headers, body, answers, gives } = route;
  const refusals = failuresOf(route).map((status) => [status, { ...given('Refusal'), description: failures[status] }]);
  return {
    operationId: id,
    summary,
    ...(permission !== undefined && { description: `Needs the permission \`${permission}\`.` }),
    tags: [id.split('.')[0]],
    response: { 200: { ...gives, description: answers }, ...Object.fromEntries(refusals) },
    ...(headers && { headers }),
    ...(query && { querystring: query }),
    ...(body && { body: body.schema }),
  };
}

function asked(route: Route, context: Context, request: FastifyRequest, principal: Principal): Asked<object, object> {
  const ids = request.params as Readonly<Record<string, string>>;
  if ('project' in ids) permitProject(ids, principal);
  permit(route, principal);
  const { query = nothing, body } = route;
  return {
    context,
    principal,
    project: principal.project,
    id: (name) => ids[name] ?? '',
    query: read(query, request.query, ''),
    body: body ? read(body.schema, request.body, body.name) : {},
    header: (name) => [request.headers[name]].flat()[0],
  };
}

/** Of other projects nobody learns anything: not whether they exist, nor what they have. */
function permitProject(ids: Readonly<Record<string, string>>, { project }: Principal): void {
  if (ids.project === project) return;
  if (Object.keys(ids).length > 1) throw notFound('the resource');
  throw new Refusal('PERMISSION_DENIED', 'the project does not exist, or the token is not for it');
}

function permit({ permission }: Route, principal: Principal): void {
  if (permission !== undefined && !principal.may(permission))
    throw new Refusal('PERMISSION_DENIED', `the permission ${permission} is needed`);
}

function methodsOf(routes: readonly Route[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { path, method } of routes) found.set(path, [...(found.get(path) ?? []), method]);
  return found;
}

const all: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function refuseOthers(server: FastifyInstance, url: string, methods: readonly string[]): void {
  const allow = methods.join(', ');
  const handler = (request: FastifyRequest, reply: FastifyReply) => {
    reply.header('allow', allow);
    throw new Refusal('UNIMPLEMENTED', `${request.method} is not possible here; ${allow} is`, { code: 405 });
  };
  const others = all.filter((method) => !methods.includes(method));
  server.route({ method: others, url, schema: { hide: true }, handler });
}
