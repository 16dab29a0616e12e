import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger';

/** What of an OpenAPI document is read here. */
export interface OpenApiDocument {
  openapi: string;
  info: { title: string; version: string; description?: string };
  servers?: readonly { url: string }[];
  paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: { schemas?: Readonly<Record<string, Schema>> };
}

export interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: readonly string[];
  security?: readonly object[];
  /** Where it is, when it is not where the others are. */
  servers?: readonly { url: string }[];
  parameters?: readonly { name: string; in: string; required?: boolean; description?: string; schema?: Schema }[];
  requestBody?: { content: Readonly<Record<string, { schema: Schema; example?: unknown }>> };
  responses: Readonly<Record<string, { description?: string; content?: Readonly<Record<string, { schema: Schema }>> }>>;
}

export interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  description?: string;
  format?: string;
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  additionalProperties?: boolean | Schema;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
  examples?: readonly unknown[];
}

export interface DescribedApi {
  title: string;
  /** Under which of these its paths are: under all of them; at the root unless given. */
  bases?: readonly string[];
  /** How a token is shown: as a bearer unless given, or as the password of the account. */
  scheme?: 'bearer' | 'basic';
}

const schemes = {
  bearer: { type: 'http', scheme: 'bearer', description: 'An access token of a project.' },
  basic: { type: 'http', scheme: 'basic', description: 'The sid of the account, and an access token of the project.' },
} as const;

/** How the description of an API is made: all its routes need a token unless they say otherwise. */
export const openApi = (
  { title, bases, scheme = 'bearer' }: DescribedApi,
  version: string,
): FastifyDynamicSwaggerOptions => ({
  openapi: {
    openapi: '3.1.0',
    info: { title, version },
    ...(bases && { servers: bases.map((url) => ({ url })) }),
    components: { securitySchemes: { token: schemes[scheme] } },
    security: [{ token: [] }],
  },
  // Parts of the description keep their names.
  refResolver: {
    buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `part-${index}`),
  },
});
