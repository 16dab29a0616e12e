/** Links to audio and faxes: whoever has one may follow it, for an hour and no longer (VoiceML 4.7). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LinkTo } from '../../vendors/index.ts';
import type { Service } from '../service.ts';
import { linkKey } from './project-keys.ts';
import { sendPart } from './ranges.ts';
import { notFound, Refusal } from './refusal.ts';

const validMs = 60 * 60 * 1000;

type Signing = Pick<Service, 'tenants' | 'clock' | 'publicUrl'>;

/** Makes links to files, by the names of the resources they belong to. */
export const linkTo =
  (service: Signing, base = '/v1beta1'): LinkTo =>
  (_file, name) => {
    const path = `${base}/${name}/${name.includes('/faxes/') ? 'document' : 'audio.wav'}`;
    const expires = String(Math.ceil((service.clock.now() + validMs) / 1000));
    const project = name.split('/')[1] ?? '';
    const signature = sign(service, project, path, expires).toString('base64url');
    return `${service.publicUrl()}${path}?expires=${expires}&signature=${signature}`;
  };

const sign = (service: Pick<Service, 'tenants'>, project: string, path: string, expires: string): Buffer =>
  createHmac('sha256', linkKey(service, project)).update(`${path}\n${expires}`).digest();

type Ids = Readonly<Record<string, string>>;

/** The routes that serve what the links lead to. */
export function files(server: FastifyInstance, service: Service, base: string): void {
  const { store } = service;
  const schema = {
    operationId: 'files.recording',
    tags: ['files'],
    summary: 'The audio of a recording, by a link from the recording',
  };
  server.get(`${base}/projects/:project/calls/:call/recordings/:recording/audio.wav`, { schema }, (request, reply) => {
    const { project, call, recording } = request.params as Ids;
    checkSignature(service, request);
    const record = store.recording(recording ?? '');
    const isTheOne = record?.project === project && record?.call === call;
    return sendFile(service, request, reply, { file: isTheOne ? record?.file : undefined, type: 'audio/x-wav' });
  });
  const faxSchema = {
    operationId: 'files.fax',
    tags: ['files'],
    summary: 'The pages of a fax, by a link from the fax',
  };
  server.get(`${base}/projects/:project/faxes/:fax/document`, { schema: faxSchema }, (request, reply) => {
    const { project, fax } = request.params as Ids;
    checkSignature(service, request);
    const record = store.fax(fax ?? '');
    const file = record?.project === project ? record?.file : undefined;
    return sendFile(service, request, reply, { file, type: documentType(file) });
  });
}

/** One refusal for every reason: nobody is helped to make a link of their own. */
function checkSignature(service: Service, request: FastifyRequest): void {
  const { expires, signature } = request.query as Readonly<Record<string, unknown>>;
  const refusal = new Refusal('PERMISSION_DENIED', 'the link is not valid, or no longer');
  const { project = '' } = request.params as Ids;
  if (typeof expires !== 'string' || typeof signature !== 'string' || !service.tenants.exists(project)) throw refusal;
  const right = sign(service, project, request.url.split('?')[0] ?? '', expires);
  const has = Buffer.from(signature, 'base64url');
  if (has.length !== right.length || !timingSafeEqual(has, right)) throw refusal;
  if (Number(expires) * 1000 <= service.clock.now()) throw refusal;
}

async function sendFile(
  { readFile }: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  { file, type }: { file: string | undefined; type: string },
): Promise<FastifyReply> {
  const bytes = file === undefined ? undefined : await readFile(file);
  if (!bytes) throw notFound('the file');
  reply.header('cache-control', 'private, no-store').header('x-content-type-options', 'nosniff').type(type);
  return sendPart(reply, request.headers.range, bytes);
}

const documentTypes: Readonly<Record<string, string>> = {
  tif: 'image/tiff',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
};

const documentType = (file: string | undefined): string =>
  documentTypes[file?.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
