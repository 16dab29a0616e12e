/** The token endpoint: the signed assertion of a service account for an access token (VoiceML 4.1, RFC 7523). */
import { Type } from '@sinclair/typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Service } from '../service.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const path = '/token';

const schema = {
  operationId: 'token',
  summary: 'Gives an access token for an assertion',
  description: 'RFC 7523, with RFC 6749’s errors. What the assertion must say: docs/configuration.md.',
  tags: ['token'],
  security: [],
  consumes: ['application/x-www-form-urlencoded'],
  body: Type.Object({
    grant_type: Type.Literal(grantType),
    assertion: Type.String({ description: 'A JWT, signed with RS256 by a service account.' }),
  }),
  response: {
    200: Type.Object(
      { access_token: Type.String(), token_type: Type.Literal('Bearer'), expires_in: Type.Integer() },
      { description: 'A token, good for so many seconds.' },
    ),
    400: Type.Object({ error: Type.String(), error_description: Type.String() }, { description: 'Why there is none.' }),
  },
};

/** Clients of the vendor name this one, wherever they send the assertion (VoiceML 4.1). */
const vendorAudience = 'https://oauth2.api.enfonica.com/token';

/** Who this endpoint is: what the request says of its host counts for nothing. */
function audiencesOf({ socket }: FastifyRequest, publicUrl: string): string[] {
  const { localAddress = '', localPort } = socket;
  const address = localAddress.replace(/^::ffff:/, '');
  const isLoopback = address.startsWith('127.') || address === '::1';
  const hosts = [address.includes(':') ? `[${address}]` : address, ...(isLoopback ? ['localhost'] : [])];
  const here = hosts.map((host) => `http://${host}:${localPort}${path}`);
  return [...new Set([`${publicUrl}${path}`, ...here, vendorAudience])];
}

export function token(server: FastifyInstance, { tenants, publicUrl }: Pick<Service, 'tenants' | 'publicUrl'>): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 32_768 },
    async (_: unknown, body: string) => new URLSearchParams(body),
  );
  server.post(path, { schema, bodyLimit: 32_768 }, (request, reply) => {
    reply.header('cache-control', 'no-store');
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const assertion = form.get('assertion');
    if (form.get('grant_type') !== grantType)
      return refuse(reply, 'unsupported_grant_type', `grant_type must be ${grantType}`);
    if (!assertion) return refuse(reply, 'invalid_request', 'assertion is missing');
    const granted = tenants.exchange(assertion, audiencesOf(request, publicUrl()));
    if ('refused' in granted) return refuse(reply, 'invalid_grant', `the assertion is not valid: ${granted.refused}`);
    const { accessToken, expiresIn } = granted;
    return reply.send({ access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn });
  });
}

/** RFC 6749, 5.2: not the envelope of the API. */
const refuse = (reply: FastifyReply, error: string, error_description: string): FastifyReply =>
  reply.code(400).send({ error, error_description });
