import { Type } from '@sinclair/typebox';
import type { FastifySchema } from 'fastify';
import { given } from './gives.ts';

/** How the route of a file is documented: whoever has the link needs no token. */
export const fileSchema = (operationId: string, summary: string, ...types: readonly string[]): FastifySchema => ({
  operationId,
  tags: ['files'],
  summary,
  security: [],
  querystring: Type.Object({
    expires: Type.String({ description: 'Until when the link is good; part of it.' }),
    signature: Type.String({ description: 'Proves the link; part of it.' }),
  }),
  headers: Type.Object({
    range: Type.Optional(Type.String({ description: 'Which bytes, such as `bytes=0-99`.' })),
  }),
  response: {
    200: { description: 'The file.', content: contentOf(types) },
    206: { description: 'The bytes that were asked for.', content: contentOf(types) },
    304: { type: 'null', description: 'It is the one that `if-none-match` names.' },
    403: { ...given('Refusal'), description: 'The link is not valid, or no longer.' },
    404: { ...given('Refusal'), description: 'There is no such file any more.' },
    500: { ...given('Refusal'), description: 'A defect of callflow.' },
    416: { ...given('Refusal'), description: 'The file has no such bytes.' },
  },
});

const contentOf = (types: readonly string[]) =>
  Object.fromEntries(types.map((type) => [type, { schema: Type.String({ contentMediaType: type }) }]));
