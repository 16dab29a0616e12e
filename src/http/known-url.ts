import { unescape as decode } from 'node:querystring';
import { withoutCredentials } from './seen-url.ts';

/** A URL as a request needs it, without its fragment. Many requests share it: nobody changes it. */
export interface KnownUrl {
  readonly url: Readonly<URL>;
  readonly href: string;
  /** As the application sees it: without the name and the password, of which it is told in a header. */
  readonly seen: string;
  readonly origin: string;
  /** With the query. */
  readonly path: string;
  /** A name and a password are sent as Basic authorization, as vendors do. */
  readonly authorization: string | undefined;
  readonly isHttp: boolean;
}

/** Enough for the URLs of many applications; more come only where each request has a query of its own. */
const most = 500;
/** A longer one has something of its own in its query. */
const mostCharacters = 1000;

const known = new Map<string, KnownUrl>();

/** Reads a URL, most often one that has been read before; undefined when it is none. */
export function knownUrl(text: string): KnownUrl | undefined {
  return known.get(text) ?? read(text);
}

function read(text: string): KnownUrl | undefined {
  const url = URL.parse(text);
  if (!url) return undefined;
  if (url.href.includes('#')) url.hash = '';
  const { href, origin, pathname, search, protocol, username, password } = url;
  const one: KnownUrl = {
    url,
    href,
    seen: withoutCredentials(url),
    origin,
    path: pathname + search,
    authorization: username || password ? basic(username, password) : undefined,
    isHttp: protocol === 'http:' || protocol === 'https:',
  };
  if (text.length > mostCharacters) return one;
  if (known.size >= most) known.clear();
  known.set(text, one);
  return one;
}

const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${decode(username)}:${decode(password)}`).toString('base64')}`;
