import { type Variation, variation } from './mistake.ts';

export interface UrlParts {
  /** With `://`. */
  scheme: string;
  /** With the port, when it is written. */
  host: string;
  path: string;
  /** With its `?`. */
  query: string;
  /** With its `#`. */
  fragment: string;
}

export function splitUrl(url: string): UrlParts {
  const [, scheme = '', host = '', path = '', query = '', fragment = ''] =
    /^([a-z][a-z0-9+.-]*:\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url) ?? [];
  return { scheme, host, path, query, fragment };
}

type UrlChange = Variation<(parts: UrlParts) => UrlParts>;

/** What can be different about a URL: its scheme, its host, its path, its query, each by itself. */
export function urlMistakes(written: string, hosts: readonly string[]): readonly (readonly UrlChange[])[] {
  const url = splitUrl(written);
  return [schemes(url), hostsOf(url, hosts), paths(url), queries(url)];
}

const proxied =
  'A proxy stands before the application, which sees another URL than the one that was asked. Build it from the X-Forwarded headers, or take the URL that is configured.';

function schemes({ scheme, host }: UrlParts): UrlChange[] {
  const other = scheme.toLowerCase() === 'https://' ? 'http://' : 'https://';
  return [
    variation('url.scheme', `the URL begins with ${other}`, proxied, (parts) => ({ ...parts, scheme: other })),
    variation('url.onlyPath', 'the URL is only a path', `The whole URL is hashed, with ${scheme}${host}.`, (parts) => ({
      ...parts,
      scheme: '',
      host: '',
    })),
  ];
}

/** Ports at which applications listen behind a proxy. */
const ports = [80, 443, 3000, 3001, 4000, 5000, 8000, 8080, 8443, 8888, 9000];

function hostsOf({ host }: UrlParts, others: readonly string[]): UrlChange[] {
  const [, user = '', name = host, port] = /^(.*@)?(.*?)(?::(\d+))?$/s.exec(host) ?? [];
  const change = (id: string, value: string, about: string): UrlChange =>
    variation(id, `the host is ${value}`, about, (parts) => ({ ...parts, host: value }));
  const local = ['localhost', '127.0.0.1'].flatMap((one) => [one, ...ports.map((number) => `${one}:${number}`)]);
  const names = [name.startsWith('www.') ? name.slice(4) : `www.${name}`, name.toLowerCase()];
  const suffix = port === undefined ? '' : `:${port}`;
  return [
    ...(port === undefined ? [] : [change('url.port', name, `The port is part of the URL. ${proxied}`)]),
    ...(user ? [change('url.credentials', name + suffix, 'The URL is hashed without a name and a password.')] : []),
    ...ports.map((number) => change('url.port', `${name}:${number}`, `The port is another one. ${proxied}`)),
    ...names.map((one) => change('url.host', one + suffix, 'The host must be spelled as it is configured.')),
    ...others.map((one) => change('url.host', one, proxied)),
    ...local.map((one) => change('url.host', one, proxied)),
  ].filter(({ mistake: { when } }) => when !== `the host is ${host}`);
}

function paths({ path }: UrlParts): UrlChange[] {
  const spelled = 'The path must be spelled as it was asked, not decoded or encoded again.';
  const slash = path.endsWith('/')
    ? variation('url.slash', 'the path has no slash at its end', slashAbout, path.slice(0, -1))
    : variation('url.slash', 'the path has a slash at its end', slashAbout, `${path}/`);
  return [
    slash,
    variation('url.pathDecoded', 'the path is decoded', spelled, decoded(path)),
    variation('url.pathEncoded', 'the path is encoded', spelled, encodeURI(path)),
  ]
    .filter(({ value }) => value !== path)
    .map(({ mistake, value }) => ({ mistake, value: (parts) => ({ ...parts, path: value }) }));
}

const slashAbout =
  'A slash at the end counts: the URL must be the one that was asked, before any framework or redirect changed it.';

function queries({ query, fragment }: UrlParts): UrlChange[] {
  const spelled =
    'The query must be spelled as it was asked: take the raw one, not one that was read and written again.';
  const parameters = new URLSearchParams(query);
  const again = `?${parameters}`;
  parameters.sort();
  const changes = query
    ? [
        variation('url.queryDropped', 'the URL has no query', 'The query is part of what is hashed.', ''),
        variation('url.queryRewritten', 'the query is written again', spelled, again),
        variation('url.querySorted', 'the query is sorted', spelled, `?${parameters}`),
        variation('url.queryDecoded', 'the query is decoded', spelled, decoded(query)),
        variation('url.queryEncoded', 'the query is encoded', spelled, encodeURI(query)),
        variation('url.queryPlus', 'spaces are %20', spelled, query.replaceAll('+', '%20')),
      ]
    : [variation('url.questionMark', 'the URL ends with ?', 'Without a query there is no question mark.', '?')];
  const changed = changes
    .filter(({ value }) => value !== query)
    .map(({ mistake, value }): UrlChange => ({ mistake, value: (parts) => ({ ...parts, query: value }) }));
  if (!fragment) return changed;
  const about = 'A fragment is never sent, so it is not hashed.';
  return [
    ...changed,
    variation('url.fragment', 'the URL has its fragment', about, (parts) => ({ ...parts, fragment })),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
