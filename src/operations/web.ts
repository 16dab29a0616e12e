/** The web server: every API below its own roof, and what whoever runs it wants to know. */
import rateLimit from '@fastify/rate-limit';
import swagger from '@fastify/swagger';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify';
import type { Service } from '../apis/service.ts';
import { routerOptions } from '../apis/serving.ts';
import { CallflowError, type ErrorCode } from '../errors.ts';
import { bodyLimit, largestBodyBytes } from './body-limit.ts';
import type { Metrics } from './metrics.ts';
import { type DescribedApi, type OpenApiDocument, openApi } from './open-api.ts';
import { pageHeaders, referencePage } from './reference-page.ts';

/** An API by the name under which its description stands: `/openapi/enfonica.json`. */
export type Apis = Readonly<Record<string, DescribedApi & { plugin: FastifyPluginAsync }>>;

export interface WebOptions {
  service: Service;
  apis: Apis;
  metrics: Metrics;
  version: string;
  bodyBytes(): number;
  requestsPerMinute(): number;
  /** Answers a request whose URL is not understood in the manner of the API that it was meant for; false: none. */
  unreadable(request: FastifyRequest, reply: FastifyReply): boolean;
  /** Why it would be wrong to send somebody here now. */
  unready(): string | undefined;
  log: FastifyBaseLogger;
}

export async function createWeb(options: WebOptions): Promise<FastifyInstance> {
  const { service, apis, metrics, unreadable, unready, log } = options;
  const app = fastify({
    bodyLimit: largestBodyBytes,
    routerOptions,
    forceCloseConnections: 'idle',
    // For a request to come in; answers may take longer.
    requestTimeout: 60_000,
    loggerInstance: log,
    frameworkErrors: (error, request, reply) => {
      // It has a type of its own for a request that found no route.
      const answer = reply as unknown as FastifyReply;
      if (unreadable(request as FastifyRequest, answer)) return;
      answer.code(400).send({ error: { code: 'REQUEST_NOT_VALID', message: error.message } });
    },
  });

  app.addHook('preParsing', bodyLimit(options.bodyBytes));
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof CallflowError ? error : undefined;
    const status = known?.status ?? (error as { statusCode?: number }).statusCode ?? 500;
    if (status >= 500 && !known) request.log.error(error);
    const message = status >= 500 && !known ? 'a defect of callflow: please report it' : (error as Error).message;
    return reply.code(status).send({ error: { code: known?.code ?? codes[status] ?? 'REQUEST_NOT_VALID', message } });
  });
  app.setNotFoundHandler((request, reply) => {
    const message = `there is no ${request.method} ${pathOf(request)}${pathOf(request) === '/' ? references : ''}`;
    return reply.code(404).send({ error: { code: 'PATH_UNKNOWN', message } });
  });

  app.get('/healthz', () => ({ status: 'ok' }));
  app.get('/readyz', (_request, reply) => {
    const reason = unready();
    return reason === undefined ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', reason });
  });
  app.get('/metrics', async (_request, reply) => reply.type(metrics.contentType).send(await metrics.text()));

  await app.register(async (scope) => {
    await scope.register(rateLimit, {
      timeWindow: 60_000,
      max: options.requestsPerMinute,
      keyGenerator: (request) => holderOf(request, service),
      errorResponseBuilder: (_request, { after }) =>
        Object.assign(new CallflowError('REQUESTS_LIMIT', `too many requests: try again in ${after}`), {
          statusCode: 429,
        }),
    });
    for (const [name, { plugin, ...api }] of Object.entries(apis))
      await scope.register(async (roof) => {
        await roof.register(swagger, openApi(api, options.version));
        await roof.register(plugin);
        const apart = { schema: { hide: true }, config: { rateLimit: false } } as const;
        const description = () => roof.swagger() as unknown as OpenApiDocument;
        roof.get(`/openapi/${name}.json`, apart, description);
        roof.get(`/openapi/${name}`, apart, (_request, reply) =>
          reply.headers(pageHeaders).type('text/html; charset=utf-8').send(referencePage(description())),
        );
      });
  });
  await app.ready();
  return app;
}

/** For whoever opens the address that the server has printed. */
const references = '; pages to read are at /openapi/enfonica, /openapi/signalwire and /openapi/simulator';

const codes: Readonly<Record<number, ErrorCode>> = {
  404: 'PATH_UNKNOWN',
  413: 'REQUEST_TOO_LARGE',
  500: 'CALL_INTERNAL',
};

const pathOf = ({ url }: FastifyRequest) => url.split('?')[0];

/** As a bearer, or as the password of whoever it is. */
function tokenIn(authorization: string): string | undefined {
  const [, scheme, shown = ''] = /^(bearer|basic) +(\S{1,4096}) *$/i.exec(authorization) ?? [];
  if (scheme?.toLowerCase() !== 'basic') return scheme && shown;
  const text = Buffer.from(shown, 'base64').toString();
  return text.slice(text.indexOf(':') + 1);
}

/** Requests are counted by project; of whoever is nobody, by address. */
function holderOf({ headers, ip }: FastifyRequest, { tenants }: Service): string {
  const token = tokenIn(headers.authorization ?? '');
  const project = token === undefined ? undefined : tenants.authenticate(token)?.project;
  return project === undefined ? `address ${ip}` : `project ${project}`;
}
