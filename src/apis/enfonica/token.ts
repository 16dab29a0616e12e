/** The token endpoint: the signed assertion of a service account for an access token (VoiceML 4.1, RFC 7523). */
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Service } from '../service.ts';

const grantType = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

export function token(server: FastifyInstance, { tenants }: Pick<Service, 'tenants'>): void {
  server.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 32_768 },
    async (_: unknown, body: string) => new URLSearchParams(body),
  );
  const schema = { operationId: 'token', summary: 'Gives an access token for an assertion', tags: ['token'] };
  server.post('/token', { schema, bodyLimit: 32_768 }, (request, reply) => {
    reply.header('cache-control', 'no-store');
    const form = request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
    const assertion = form.get('assertion');
    if (form.get('grant_type') !== grantType)
      return refuse(reply, 'unsupported_grant_type', `grant_type must be ${grantType}`);
    if (!assertion) return refuse(reply, 'invalid_request', 'assertion is missing');
    const granted = tenants.exchange(assertion);
    if (!granted) return refuse(reply, 'invalid_grant', 'the assertion is not valid');
    const { accessToken, expiresIn } = granted;
    return reply.send({ access_token: accessToken, token_type: 'Bearer', expires_in: expiresIn });
  });
}

/** RFC 6749, 5.2: not the envelope of the API. */
const refuse = (reply: FastifyReply, error: string, error_description: string): FastifyReply =>
  reply.code(400).send({ error, error_description });
