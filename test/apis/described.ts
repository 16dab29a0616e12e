import type { FastifyInstance } from 'fastify';

type Named = Readonly<Record<string, unknown>>;

interface Schema {
  $ref?: string;
  type?: string | readonly string[];
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  items?: Schema;
  enum?: readonly unknown[];
  const?: unknown;
  pattern?: string;
  additionalProperties?: boolean | Schema;
  patternProperties?: Readonly<Record<string, Schema>>;
  anyOf?: readonly Schema[];
  allOf?: readonly Schema[];
}

/**
 * What of a value a schema does not describe, or describes otherwise. It is stricter than JSON Schema: fields that are
 * not named count too.
 */
export function undescribed(schema: unknown, value: unknown, named: Named = {}, at = ''): string[] {
  const { $ref, anyOf, allOf, ...own } = schema as Schema;
  if ($ref !== undefined) return undescribed(named[nameIn($ref)] ?? { enum: [] }, value, named, at);
  if (allOf) return undescribed(allOf.reduce(together), value, named, at);
  if (anyOf)
    return anyOf.some((one) => undescribed(one, value, named, at).length === 0) ? [] : [`${at}: is none of several`];
  if (own.enum && !own.enum.includes(value)) return [`${at}: ${JSON.stringify(value)} is not in the enumeration`];
  if ('const' in own && own.const !== value) return [`${at}: ${JSON.stringify(value)} is not ${own.const}`];
  if (own.type !== undefined && ![own.type].flat().some((type) => typesOf(value).includes(type)))
    return [`${at}: ${JSON.stringify(value)} is no ${own.type}`];
  if (own.pattern && !new RegExp(own.pattern).test(String(value))) return [`${at}: ${value} is not ${own.pattern}`];
  if (Array.isArray(value))
    return value.flatMap((one, index) => undescribed(own.items ?? {}, one, named, `${at}/${index}`));
  return typeof value === 'object' && value !== null ? inObject(own, value, named, at) : [];
}

function inObject(schema: Schema, value: object, named: Named, at: string): string[] {
  const { properties = {}, required = [], patternProperties = {}, additionalProperties } = schema;
  const [anyOther] = Object.values(patternProperties);
  const other = anyOther ?? additionalProperties;
  const isOpen = Object.keys(properties).length === 0 && schema.type === undefined;
  return [
    ...required.filter((name) => !Object.hasOwn(value, name)).map((name) => `${at}/${name}: is missing`),
    ...Object.entries(value).flatMap(([name, one]) => {
      const known = Object.hasOwn(properties, name) ? properties[name] : other;
      if (typeof known === 'object') return undescribed(known, one, named, `${at}/${name}`);
      return isOpen || known === true ? [] : [`${at}/${name}: is not described`];
    }),
  ];
}

const together = (one: Schema, other: Schema): Schema => ({
  type: 'object',
  properties: { ...one.properties, ...other.properties },
  required: [...(one.required ?? []), ...(other.required ?? [])],
});

function typesOf(value: unknown): string[] {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
}

const nameIn = (ref: string) => ref.replace(/#$/, '').split('/').at(-1) ?? '';

type Responses = Readonly<Record<string, unknown>>;

/**
 * Holds every answer of a server against what its routes say; what differs is gathered.
 *
 * @param describedAt where a route is described that is at other places, too
 */
export function holdAgainstDescription(
  server: FastifyInstance,
  named: Readonly<Record<string, unknown>>,
  describedAt: (url: string) => string = (url) => url,
): string[] {
  const differences: string[] = [];
  const described = new Map<string, Responses>();
  server.addHook('onRoute', ({ method, url, schema }) => {
    const { response } = (schema ?? {}) as { response?: Responses };
    if (response) for (const one of [method].flat()) described.set(`${one} ${url}`, response);
  });
  server.addHook('onSend', async (request, reply, payload) => {
    const { url = '' } = request.routeOptions;
    const response = described.get(`${request.method} ${describedAt(url)}`);
    const schema = response?.[reply.statusCode] ?? response?.default;
    const isJson = String(reply.getHeader('content-type')).startsWith('application/json');
    if (response === undefined || !isJson || typeof payload !== 'string') return payload;
    const title = `${request.method} ${url} ${reply.statusCode}`;
    const found =
      schema === undefined ? ['this status is not described'] : undescribed(schema, JSON.parse(payload), named);
    differences.push(...found.map((difference) => `${title} ${difference}`));
    return payload;
  });
  return differences;
}
