import type { FastifyInstance, FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import { Spelling } from '../../vendors/signalwire/spelling.ts';
import type { Principal } from '../service.ts';
import { projectAt } from './account-in-path.ts';
import { Form } from './form.ts';
import { given } from './gives.ts';
import type { Served } from './methods.ts';
import { Refusal, unauthenticated } from './refusal.ts';
import type { Asked, Context, Route } from './route.ts';

/** Puts routes on a server below a prefix, with and without extension. */
export function mount(
  server: FastifyInstance,
  context: Context,
  routes: readonly Route[],
  { isDescribed, principalOf }: { isDescribed: boolean; principalOf(request: FastifyRequest): Principal },
): void {
  for (const route of routes) {
    for (const [index, { url }] of served(route).entries())
      server.route({
        method: route.method as HTTPMethods,
        url,
        schema: isDescribed && index === 0 ? schemaOf(route) : { hide: true },
        handler: async (request, reply) => {
          const answer = await route.answer(asked(route, context, principalOf(request), request, reply));
          if (reply.sent || answer === reply) return reply;
          if (route.status === 204) return reply.code(204).send();
          return reply.code(route.status ?? 200).send(answer);
        },
      });
  }
}

/** Where a route is: what ends with a sid has its extension in there. */
export const served = ({ method, path }: Route): Served[] =>
  (/:\w+$/.test(path) ? [path] : [path, `${path}.json`]).map((url) => ({ url, method }));

const failures: Readonly<Record<number, string>> = {
  400: 'Something is not what it must be, or it is not possible now.',
  401: 'The account or the token is not right, or the token is not for this.',
  403: 'It is refused to everybody, or the account is suspended or closed.',
  404: 'There is no such thing, or it is somebody else’s.',
  413: 'The body is too large.',
  422: 'It cannot be done with this.',
  429: 'Too much at once.',
  500: 'A defect of callflow.',
  503: 'Nothing can be kept at the moment.',
};

export const refusals: Readonly<Record<string, object>> = Object.fromEntries(
  Object.entries(failures).map(([status, description]) => [status, { ...given('Refusal'), description }]),
);

function schemaOf({ id, method, summary, permission, parameters = {}, answers, gives, ...route }: Route): object {
  const properties = Object.fromEntries(
    Object.entries(parameters).map(([name, description]) => [name, { type: 'string', description }]),
  );
  const reads = { type: 'object', properties };
  const isEmpty = Object.keys(parameters).length === 0;
  return {
    operationId: id,
    summary,
    description: `Needs the permission \`${permission}\`.`,
    tags: [id.split('.')[0]],
    response: {
      ...(gives && { [route.status ?? 200]: { ...gives, description: answers } }),
      ...(route.status === 204 && { 204: { type: 'null', description: answers } }),
      ...refusals,
    },
    ...(!isEmpty && (method === 'POST' ? { body: reads, consumes: [formType] } : { querystring: reads })),
  };
}

const formType = 'application/x-www-form-urlencoded';

function asked(
  route: Route,
  context: Context,
  principal: Principal,
  request: FastifyRequest,
  reply: FastifyReply,
): Asked {
  const named = request.params as Readonly<Record<string, string>>;
  const last = /:(\w+)$/.exec(route.path)?.[1];
  const sid = (name: string): string => {
    const written = named[name] ?? '';
    return name === last ? written.replace(/\.json$/, '') : written;
  };
  const project = 'account' in named ? projectAt(context, principal, sid('account')) : principal.project;
  if (!principal.may(route.permission)) throw unauthenticated(`the permission ${route.permission} is needed`);
  const { status = 'active' } = context.subprojects.get(project) ?? {};
  if (status !== 'active' && route.permission.endsWith('.create'))
    throw new Refusal(20010, `the account is ${status}: nothing begins there`, 403);
  // A query may have question marks of its own.
  const [, path = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(request.url)!;
  return {
    context,
    project,
    principal,
    sids: new Spelling(project, sid('account') || userOf(request)),
    sid,
    path: path.replace(/^.*?\/Accounts(?:\/[^/.]+)?/, '').replace(/\.json$/, ''),
    form: new Form(route.method === 'POST' ? formIn(request) : query),
    request,
    reply,
  };
}

/** The body of a POST; one that says that it is something else is told what it must be. */
function formIn({ headers, body }: FastifyRequest): string {
  const type = (headers['content-type'] ?? formType).split(';')[0]!.trim().toLowerCase();
  if (/^multipart\/|\bjson$/.test(type) && body)
    throw new Refusal(20422, `the body must be a form (${formType}), and is ${type}`, 422);
  return String(body ?? '');
}

/** The account as who asks has named it. */
const userOf = ({ headers }: FastifyRequest): string =>
  Buffer.from(headers.authorization?.split(/ +/)[1] ?? '', 'base64').toString();
