/** What every API does alike with its part of the server. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Principal, Service } from './service.ts';
import { type Setup, setupOf } from './setup.ts';

/** What routes work on. */
export interface Context extends Service {
  setup: Setup;
}

export const contextOf = (service: Service): Context => ({
  ...service,
  publicUrl: () => service.publicUrl(),
  openFile: (file) => service.openFile(file),
  openMp3: (file, isMixed) => service.openMp3(file, isMixed),
  removeFile: (file) => service.removeFile(file),
  setup: setupOf(service.store),
});

/** A part of a path may be a name of 128 characters, of two code units each, with an extension. */
export const routerOptions = { maxParamLength: 300 };

/** Schemas are for the documentation: every API judges requests by its own rules, and nothing of an answer is left out. */
export function onlyDescribed(server: FastifyInstance): void {
  server.setValidatorCompiler(() => () => true);
  server.setSerializerCompiler(() => (answer) => JSON.stringify(answer));
}

const maxBodyBytes = 256 * 1024;

/** Bodies are what the API reads, whatever they are called. */
export function readBodies(server: FastifyInstance, read: (text: string) => unknown): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string', bodyLimit: maxBodyBytes }, async (_: unknown, text: string) =>
    read(text),
  );
}

/** Asks whoever comes who they are, before anything else; gives who that was. */
export function identified(
  server: FastifyInstance,
  authenticate: (authorization: string | undefined) => Principal,
): (request: FastifyRequest) => Principal {
  const principals = new WeakMap<FastifyRequest, Principal>();
  server.addHook('onRequest', async (request) => {
    principals.set(request, authenticate(request.headers.authorization));
  });
  return (request) => principals.get(request)!;
}

export interface Unreadable {
  /** Where the API is. */
  bases: readonly string[];
  authenticate(authorization: string | undefined): Principal;
  /** What whoever may ask is told. */
  refusal: Error;
  refuse(error: unknown, request: FastifyRequest, reply: FastifyReply): void;
}

/** For URLs that no route gets to see, because the server cannot read them; false when they are not of this API. */
export function answerUnreadable(api: Unreadable, request: FastifyRequest, reply: FastifyReply): boolean {
  if (!api.bases.some((base) => request.url.startsWith(`${base}/`))) return false;
  try {
    api.authenticate(request.headers.authorization);
    api.refuse(api.refusal, request, reply);
  } catch (error) {
    api.refuse(error, request, reply);
  }
  return true;
}
