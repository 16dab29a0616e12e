import { Cookie, CookieJar, MemoryCookieStore } from 'tough-cookie';

/** The least that RFC 6265 6.1 asks for; nobody needs more for one telephone call. */
const maxCookies = 50;
const maxBytes = 4096;

/**
 * The cookies of one call (RFC 6265), with expiry by our time. The jar is made when the first cookie comes: most
 * applications set none, and asking an empty jar costs more than the rest of a request.
 */
export class CallCookies {
  readonly #now: () => number;
  #jar: CookieJar | undefined;

  constructor(now: () => number) {
    this.#now = now;
  }

  keep(url: string, setCookies: readonly string[]): void {
    for (const written of setCookies) if (written.length <= maxBytes) this.#keepOne(url, written);
  }

  /** The value of the `Cookie` header for a request to `url`, if there is any. */
  header(url: string): string | undefined {
    if (!this.#jar) return undefined;
    const now = this.#now();
    const cookies = this.#jar
      .getCookiesSync(url, { expire: false, sort: true })
      .filter((cookie) => !expired(cookie, now));
    return cookies.length > 0 ? cookies.map((cookie) => cookie.cookieString()).join('; ') : undefined;
  }

  #keepOne(url: string, written: string): void {
    const cookie = Cookie.parse(written);
    if (!cookie) return;
    const now = this.#now();
    this.#jar ??= new CookieJar(new MemoryCookieStore());
    expireByOurTime(cookie, now);
    this.#jar.setCookieSync(cookie, url, { now: new Date(now), ignoreError: true });
    dropOne(this.#jar, now);
  }
}

/** Whether it has a name and a value, whoever may read it. */
export const isCookie = (written: string): boolean => Cookie.parse(written) !== undefined;

/** tough-cookie counts Max-Age from the time it last saw the cookie, by the system's clock. */
function expireByOurTime(cookie: Cookie, now: number): void {
  if (cookie.maxAge === null) return;
  const seconds = Number(cookie.maxAge);
  cookie.expires = new Date(seconds > 0 ? Math.min(now + seconds * 1000, 8.64e15) : 0);
  cookie.maxAge = null;
}

const expired = ({ expires }: Cookie, now: number) => expires instanceof Date && expires.getTime() <= now;

/** RFC 6265 5.3: when there are too many, the expired go first, then the oldest. */
function dropOne({ store }: CookieJar, now: number): void {
  store.getAllCookies((_error, cookies = []) => {
    if (cookies.length <= maxCookies) return;
    const { domain, path, key } = cookies.find((cookie) => expired(cookie, now)) ?? cookies.reduce(older);
    store.removeCookie(domain, path, key, () => {});
  });
}

const older = (one: Cookie, other: Cookie) => (one.creationIndex <= other.creationIndex ? one : other);
