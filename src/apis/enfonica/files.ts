/** Links to audio and faxes: whoever has one may follow it, for an hour and no longer (VoiceML 4.7). */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { LinkTo } from '../../vendors/index.ts';
import { linkKey } from '../project-keys.ts';
import { sendFile } from '../sending.ts';
import type { KeptFile, Service } from '../service.ts';
import { fileSchema } from './file-schema.ts';
import { notFound, Refusal } from './refusal.ts';

const validMs = 60 * 60 * 1000;

type Signing = Pick<Service, 'tenants' | 'clock' | 'publicUrl'>;

/** Makes links to files, by the names of the resources they belong to. */
export const linkTo =
  (service: Signing, base = '/v1beta1'): LinkTo =>
  (_file, name, form) => {
    const path = `${base}/${name}/${name.includes('/faxes/') ? 'document' : `audio.${form ?? 'wav'}`}`;
    const expires = String(Math.ceil((service.clock.now() + validMs) / 1000));
    const project = name.split('/')[1] ?? '';
    const signature = sign(service, project, path, expires).toString('base64url');
    return `${service.publicUrl()}${path}?expires=${expires}&signature=${signature}`;
  };

const sign = (service: Pick<Service, 'tenants'>, project: string, path: string, expires: string): Buffer =>
  createHmac('sha256', linkKey(service, project)).update(`${path}\n${expires}`).digest();

type Ids = Readonly<Record<string, string>>;

/** The forms of a recording, by how its links end. */
const forms = [
  { form: 'wav', id: 'files.recording', what: 'The audio of a recording', type: 'audio/x-wav', open: 'openFile' },
  { form: 'mp3', id: 'files.mp3', what: 'The audio of a recording as MP3', type: 'audio/mpeg', open: 'openMp3' },
] as const;

/** The routes that serve what the links lead to. */
export function files(server: FastifyInstance, service: Service, base: string): void {
  const { store } = service;
  for (const { form, id, what, type, open } of forms) {
    const schema = fileSchema(id, `${what}, by a link from the recording`, type);
    const path = `${base}/projects/:project/calls/:call/recordings/:recording/audio.${form}`;
    server.get(path, { schema }, async (request, reply) => {
      const { project, call, recording } = request.params as Ids;
      checkSignature(service, request);
      const record = store.recording(recording ?? '');
      const file = record?.project === project && record?.call === call ? record?.file : undefined;
      return send(request, reply, type, file === undefined ? undefined : await service[open](file));
    });
  }
  const faxSchema = fileSchema('files.fax', 'The pages of a fax, by a link from the fax', ...faxTypes);
  server.get(`${base}/projects/:project/faxes/:fax/document`, { schema: faxSchema }, async (request, reply) => {
    const { project, fax } = request.params as Ids;
    checkSignature(service, request);
    const record = store.fax(fax ?? '');
    const file = record?.project === project ? record?.file : undefined;
    return send(request, reply, documentType(file), file === undefined ? undefined : await service.openFile(file));
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

function send(request: FastifyRequest, reply: FastifyReply, type: string, file: KeptFile | undefined): FastifyReply {
  if (!file) throw notFound('the file');
  const refusal = (message: string) => new Refusal('OUT_OF_RANGE', message, { code: 416 });
  return sendFile(request, reply, { file, type, refusal });
}

const unknownType = 'application/octet-stream';

const documentTypes: Readonly<Record<string, string>> = {
  tif: 'image/tiff',
  tiff: 'image/tiff',
  pdf: 'application/pdf',
};

const faxTypes = new Set([...Object.values(documentTypes), unknownType]);

const documentType = (file: string | undefined): string => documentTypes[file?.split('.').at(-1) ?? ''] ?? unknownType;
