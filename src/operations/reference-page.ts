/** The description of an API as a page to read: no scripts, nothing from elsewhere. */
import type { OpenApiDocument, Operation, Schema } from './open-api.ts';

/** A page that loads nothing, and cannot be framed. */
export const pageHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
};

export function referencePage({ info, servers = [], paths = {}, components }: OpenApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      path,
      method,
      operation,
      id: idOf(method, path, operation),
    })),
  );
  const schemas = Object.entries(components?.schemas ?? {});
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(info.title)}</title>
<style>${style}</style>
<h1>${escaped(info.title)} <small>${escaped(info.version)}</small></h1>
${servers.length > 0 ? `<p>Every path is below ${placesOf(servers)}.</p>` : ''}
<nav><ul>
${operations.map(({ id, method, path, operation }) => `<li><a href="#${id}"><code>${method.toUpperCase()} ${escaped(path)}</code></a> ${escaped(operation.summary ?? '')}`).join('\n')}
</ul></nav>
${operations.map(({ id, method, path, operation }) => section(id, `${method.toUpperCase()} ${path}`, operation)).join('\n')}
${schemas.map(([name, schema]) => `<section id="schema-${escaped(name)}"><h2>${escaped(name)}</h2>${shape(schema)}</section>`).join('\n')}
</html>
`;
}

const placesOf = (servers: readonly { url: string }[]) =>
  servers.map(({ url }) => `<code>${escaped(url)}</code>`).join(' and ');

const idOf = (method: string, path: string, { operationId }: Operation) =>
  escaped(operationId ?? `${method}${path.replaceAll(/[^\w-]+/g, '-')}`);

function section(
  id: string,
  title: string,
  { summary, description, security, servers, parameters = [], ...rest }: Operation,
) {
  const elsewhere = servers ? `<p>It is below ${placesOf(servers)}.</p>` : '';
  const needs = security?.length === 0 ? '<p>Needs no token.</p>' : '';
  const words = description ? `<p>${marked(description)}</p>` : '';
  const bodies = Object.entries(rest.requestBody?.content ?? {});
  return `<section id="${id}"><h2><code>${escaped(title)}</code></h2>
<p>${escaped(summary ?? '')}.</p>${words}${needs}${elsewhere}
${parameters.length > 0 ? `<h3>Parameters</h3>${table(parameters.map((one) => [`${escaped(one.name)}${one.required ? ' *' : ''}`, one.in, about(one.description, one.schema)]))}` : ''}
${bodies
  .map(
    ([type, { schema, example }]) => `<h3>Body <small>${escaped(type)}</small></h3>${shape(schema)}${shown(example)}`,
  )
  .join('\n')}
<h3>Answers</h3>${table(
    Object.entries(rest.responses).map(([status, { description: what = '', content = {} }]) => [
      status,
      marked(what),
      Object.values(content)
        .map(({ schema }) => typeOf(schema))
        .at(0) ?? '',
    ]),
  )}
</section>`;
}

/** The fields of an object in a table, and an example where there is one. */
function shape(schema: Schema): string {
  if (schema.$ref !== undefined || !schema.properties) return `<p>${about(schema.description, schema)}</p>`;
  const rows = Object.entries(schema.properties).map(([name, field]) => [
    `${escaped(name)}${schema.required?.includes(name) ? ' *' : ''}`,
    typeOf(field),
    about(field.description, field),
  ]);
  return `${schema.description ? `<p>${marked(schema.description)}</p>` : ''}${table(rows)}${shown(schema.examples?.[0])}`;
}

const shown = (example: unknown) =>
  example === undefined ? '' : `<pre>${escaped(JSON.stringify(example, undefined, 2))}</pre>`;

/** What is said of a field, and what is in it when it has fields of its own. */
function about(description: string | undefined, schema: Schema | undefined): string {
  const words = description ? marked(description) : '';
  const inner = schema?.properties ? schema : schema?.items?.properties ? schema.items : undefined;
  const { description: _, ...fields } = inner ?? {};
  const choice = schema?.enum
    ? ` <small>${schema.enum.map((one) => `<code>${escaped(String(one))}</code>`).join(' ')}</small>`
    : '';
  return `${words}${choice}${inner ? shape(fields) : ''}`;
}

function typeOf(schema: Schema): string {
  const { $ref, type, items, format, anyOf, allOf } = schema;
  if ($ref !== undefined) {
    const name = escaped($ref.split('/').at(-1) ?? '');
    return `<a href="#schema-${name}">${name}</a>`;
  }
  if (items) return `list of ${typeOf(items)}`;
  const several = anyOf ?? allOf;
  if (several) return [...new Set(several.map(typeOf))].join(anyOf ? ' or ' : ' and ');
  return escaped([format ?? [type ?? 'anything'].flat().join(' or ')].join());
}

const table = (rows: readonly (readonly string[])[]) =>
  `<table>${rows.map((cells) => `<tr>${cells.map((cell) => `<td>${cell}`).join('')}`).join('')}</table>`;

/** Backticks as code. */
const marked = (text: string) => escaped(text).replaceAll(/`([^`]+)`/g, '<code>$1</code>');

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string) => text.replaceAll(/[&<>"']/g, (one) => escapes[one]!);

const style =
  'body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}' +
  'table{border-collapse:collapse}td{vertical-align:top;padding:.2rem .8rem .2rem 0;border-top:1px solid #8884}' +
  'td:first-child{font-family:ui-monospace,monospace}small{font-weight:normal;opacity:.7}nav ul{padding:0;list-style:none}' +
  'pre{overflow:auto;padding:.5rem;background:#8882}section{margin-top:2.5rem}h2{font-size:1.1rem}h3{font-size:1rem}';
