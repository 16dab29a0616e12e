/** The application under test, in whatever form it comes: asked without a socket where that is possible. */
import { CallflowError } from '../errors.ts';
import type { FlowHandler, FlowReply, FlowRequest } from '../replay/flow.ts';
import { listening, type NodeListener } from './listener.ts';

/** A document, an answer in detail, or what `fetch` would give. */
export type Answered = string | FlowReply | Response;

/** A function that is asked like a `fetch` handler. */
export type FetchHandler = (request: Request) => Answered | Promise<Answered>;

/**
 * What can be tested: a function that takes a `Request`; a request listener (Express, Connect, `node:http`); something
 * with `fetch` (Hono and the like) or with `inject` (Fastify); or the URL of an application that runs.
 */
export type Application =
  | string
  | URL
  | FetchHandler
  | NodeListener
  | { fetch(request: Request): Response | Promise<Response> }
  | Injectable;

interface Injected {
  statusCode: number;
  headers: Readonly<Record<string, unknown>>;
  rawPayload: Uint8Array;
}

interface Injectable {
  inject(request: {
    method: 'GET' | 'POST' | 'PUT';
    url: string;
    headers: Record<string, string>;
    payload: string;
    authority: string;
  }): PromiseLike<Injected>;
}

/** The URL of an application that runs, or a function that plays it. */
export function handlerOf(application: Application): string | FlowHandler {
  if (typeof application === 'string') return application;
  if (application instanceof URL) return application.href;
  if ('inject' in application) return injecting(application);
  if ('fetch' in application) return fetching((request) => application.fetch(request));
  if (typeof application !== 'function') throw notAnApplication(application);
  // A listener takes two or more parameters; an Express application says three.
  return application.length < 2 ? fetching(application as FetchHandler) : listening(application as NodeListener);
}

const notAnApplication = (found: unknown) =>
  new CallflowError(
    'SETTING_NOT_VALID',
    `application is ${found === null ? 'null' : typeof found}; it must be a URL, a function, or an Express, Fastify or fetch-style application`,
  );

const fetching =
  (handler: FetchHandler): FlowHandler =>
  async (asked) => {
    const answer = await handler(toRequest(asked));
    if (answer instanceof Response) return toReply(answer);
    // A text is the document, whatever is in it.
    if (typeof answer === 'string') return { xml: answer };
    if (typeof answer === 'object' && answer !== null) return answer;
    throw new TypeError(`it gave ${answer === null ? 'null' : typeof answer}, not a Response or the document as text`);
  };

function toRequest({ method, url, headers, body }: FlowRequest): Request {
  return new Request(url, { method, headers, ...(method === 'POST' && { body }) });
}

async function toReply(response: Response): Promise<FlowReply> {
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) if (name !== 'set-cookie') headers[name] = value;
  return {
    status: response.status,
    headers,
    cookies: response.headers.getSetCookie(),
    base64: Buffer.from(await response.arrayBuffer()).toString('base64'),
  };
}

const injecting =
  (application: Injectable): FlowHandler =>
  async (asked) =>
    fromInjected(await application.inject(toInject(asked)));

function toInject({ method, url, headers, body }: FlowRequest) {
  const { pathname, search, host } = new URL(url);
  return { method, url: pathname + search, headers: { ...headers, host }, payload: body, authority: host };
}

function fromInjected({ statusCode, headers, rawPayload }: Injected): FlowReply {
  const { 'set-cookie': cookies, ...others } = headers;
  return {
    status: statusCode,
    headers: Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)])),
    ...(cookies !== undefined && { cookies: [cookies].flat().map(String) }),
    base64: Buffer.from(rawPayload).toString('base64'),
  };
}
