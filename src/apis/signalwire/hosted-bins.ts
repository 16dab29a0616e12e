/** What bins answer whoever asks for them: their documents, with the parameters of the request in them (LaML 3.8). */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ResourceRecord } from '../../records/resource.ts';
import { renderBin } from '../../vendors/signalwire/bin.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { given } from './gives.ts';
import { notFound } from './refusal.ts';
import type { Context } from './route.ts';

export const binKind = 'lamlBin';

export const emptyBin = '<?xml version="1.0" encoding="UTF-8"?>\n<Response></Response>\n';

export interface BinBody {
  name: string;
  contents: string;
  requests: number;
  accessTime?: number;
  updateTime: number;
}

export function bins(server: FastifyInstance, context: Context): void {
  for (const method of ['GET', 'POST'] as const)
    server.route({
      method,
      url: '/laml-bins/:bin',
      schema:
        method === 'POST'
          ? { hide: true }
          : {
              operationId: 'bins.document',
              summary: 'The document of a bin, for anybody; POST is the same',
              tags: ['bins'],
              security: [],
              servers: [{ url: '/' }],
              response: {
                200: { type: 'string', description: 'The document.' },
                404: { ...given('Refusal'), description: 'There is no such bin.' },
                500: { ...given('Refusal'), description: 'A defect of callflow.' },
              },
            },
      handler: (request, reply) => serve(context, request, reply),
    });
}

async function serve(context: Context, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { bin = '' } = request.params as Readonly<Record<string, string>>;
  const record = context.store.resourceNamed(binKind, idOf(bin) ?? '');
  if (!record) throw notFound('the bin');
  // Whoever asks does not wait for it to be counted.
  void context.setup.keep(() => counted(context, record)).catch((error: unknown) => request.log.error(error));
  const query = request.url.replace(/^[^?]*\??/, '');
  const parameters = Object.fromEntries([
    ...new URLSearchParams(query),
    ...new URLSearchParams(request.method === 'POST' ? String(request.body ?? '') : ''),
  ]);
  return reply.type('text/xml; charset=utf-8').send(renderBin((record.body as BinBody).contents, parameters));
}

function counted({ store, clock }: Context, { project, id }: ResourceRecord): ResourceRecord {
  const record = store.resource(binKind, project, id);
  if (!record) throw notFound('the bin');
  const body = record.body as BinBody;
  return { ...record, body: { ...body, requests: body.requests + 1, accessTime: clock.now() } };
}
