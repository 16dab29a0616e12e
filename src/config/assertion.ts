/** Assertions of service accounts (RFC 7523): a JWT by which somebody proves who they are. */
import { verify } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { ServiceAccount } from './settings.ts';

/** An account, and the project it acts for. */
export interface Holding {
  project: string;
  account: ServiceAccount;
}

/** Why an assertion is not good, for whoever has signed it; nobody else learns what is wrong. */
export interface Refused {
  refused: string;
}

/** How long an assertion may be good at most: the vendor's clients say an hour. */
const longestSeconds = 3600;
/** Clocks differ. */
const leewaySeconds = 300;
/** So many ids are remembered at most; the oldest goes first. */
const mostIds = 10_000;

type Claims = Readonly<Record<string, unknown>>;

/** Judges assertions; one that has an id is good for one time. */
export class Assertions {
  readonly #clock: Clock;
  /** Ids of assertions that were used, with the second after which they would not be good anyway. */
  readonly #used = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Who has signed this, if it is good now.
   *
   * @param audiences who we are to those who write assertions: one of these has to be named
   */
  signer(
    assertion: string,
    { accountOf, audiences }: { accountOf(email: string): Holding | undefined; audiences: readonly string[] },
  ): Holding | Refused {
    const [header = '', payload = '', signature = '', ...more] = assertion.split('.');
    const claims = json(payload);
    const holding = typeof claims?.iss === 'string' ? accountOf(claims.iss) : undefined;
    if (!claims || !holding || more.length > 0 || json(header)?.alg !== 'RS256') return unknown;
    const signed = Buffer.from(`${header}.${payload}`);
    if (!verify('sha256', signed, holding.account.key, Buffer.from(signature, 'base64url'))) return unknown;
    const wrong = wrongAudience(claims, audiences) ?? this.#wrongTime(claims) ?? wrongSubject(claims);
    if (wrong !== undefined) return { refused: wrong };
    return this.#isRepeated(claims) ? { refused: 'jti has been used before' } : holding;
  }

  #wrongTime({ exp, iat, nbf }: Claims): string | undefined {
    const now = this.#clock.now() / 1000;
    if (typeof exp !== 'number') return 'exp must be a number of seconds';
    if (exp <= now) return `exp is ${Math.ceil(now - exp)} s ago`;
    if (exp > now + longestSeconds + leewaySeconds) return `exp is more than ${longestSeconds} s ahead`;
    for (const [name, from] of Object.entries({ iat, nbf }))
      if (from !== undefined && !(typeof from === 'number' && from <= now + leewaySeconds))
        return `${name} must be a number of seconds, and not ahead`;
    return undefined;
  }

  #isRepeated({ iss, jti, exp }: Claims): boolean {
    if (jti === undefined) return false;
    const id = JSON.stringify([iss, jti]);
    const now = this.#clock.now() / 1000;
    if ((this.#used.get(id) ?? 0) > now) return true;
    for (const [known, until] of this.#used) {
      if (until > now && this.#used.size < mostIds) break;
      this.#used.delete(known);
    }
    this.#used.set(id, Number(exp));
    return false;
  }
}

const unknown: Refused = { refused: 'it is no JWT that a service account has signed with RS256' };

function wrongAudience({ aud }: Claims, audiences: readonly string[]): string | undefined {
  const named = [aud].flat();
  return named.some((one) => audiences.includes(one as string))
    ? undefined
    : `aud must be one of ${audiences.join(', ')}`;
}

/** Nobody acts for somebody else here. */
const wrongSubject = ({ iss, sub }: Claims) =>
  sub === undefined || sub === iss ? undefined : 'sub must be the same as iss, or not there';

function json(part: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
