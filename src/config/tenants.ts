import { createHmac } from 'node:crypto';
import type { Clock } from '../clock.ts';
import { Assertions, type Holding, type Refused } from './assertion.ts';
import type { Project } from './settings.ts';
import { secretBytes } from './vault.ts';

/** Whoever has proved who they are, and for which project they act. */
interface Holder {
  project: string;
  may(permission: string): boolean;
}

/** How long an access token of a service account is good. */
const accessSeconds = 3600;
/** So many are kept at most; the oldest goes first. */
const mostAccessTokens = 10_000;

/** The projects, their keys and what they may do, as the configuration says; a new one counts at once. */
export class ConfiguredTenants {
  readonly #clock: Clock;
  readonly #payerOf: (project: string) => string;
  /** Tokens are looked up by a digest under a key that nobody knows: how long that takes says nothing about them. */
  readonly #secret = secretBytes(32);
  #holders = new Map<string, Holder>();
  #accounts = new Map<string, Holding>();
  readonly #assertions: Assertions;
  readonly #access = new Map<string, { email: string; until: number }>();
  #projects = new Set<string>();
  /** Keys of projects that are gone stay: what is owed for them is signed still. */
  readonly #keys = new Map<string, readonly Uint8Array[]>();

  /** @param payerOf whose keys count for a project; its own unless given */
  constructor(clock: Clock, payerOf = (project: string): string => project) {
    this.#clock = clock;
    this.#payerOf = payerOf;
    this.#assertions = new Assertions(clock);
  }

  replace(projects: readonly Project[]): void {
    this.#projects = new Set(projects.map(({ id }) => id));
    this.#holders = new Map(
      projects.flatMap(({ id, tokens }) =>
        tokens.map(({ token, may }) => [this.#digest(token), { project: id, may: permits(may) }] as const),
      ),
    );
    this.#accounts = new Map(
      projects.flatMap(({ id, serviceAccounts }) =>
        serviceAccounts.map((account) => [account.email, { project: id, account }] as const),
      ),
    );
    for (const { id, signingKeys } of projects) {
      const known = this.#keys.get(id) ?? [];
      this.#keys.set(
        id,
        signingKeys.map((key) => known.find((one) => Buffer.compare(one, key) === 0) ?? key),
      );
    }
    for (const { id, parent = id } of projects) this.#keys.set(id, this.signingKeys(parent));
  }

  authenticate(token: string): Holder | undefined {
    const digest = this.#digest(token);
    const holder = this.#holders.get(digest);
    if (holder) return holder;
    const access = this.#access.get(digest);
    if (!access) return undefined;
    const found = this.#accounts.get(access.email);
    if (found && access.until > this.#clock.now()) return { project: found.project, may: permits(found.account.may) };
    this.#access.delete(digest);
    return undefined;
  }

  exists(project: string): boolean {
    return this.#projects.has(this.#payerOf(project));
  }

  signingKey(project: string): Uint8Array {
    return this.signingKeys(project)[0]!;
  }

  /** Whoever checks a signature accepts all of these; the first is the one that signs. */
  signingKeys(project: string): readonly Uint8Array[] {
    const payer = this.#payerOf(project);
    const known = this.#keys.get(payer);
    if (known) return known;
    const made = [secretBytes(64)];
    this.#keys.set(payer, made);
    return made;
  }

  exchange(assertion: string, audiences: readonly string[]): { accessToken: string; expiresIn: number } | Refused {
    const accountOf = (email: string) => this.#accounts.get(email);
    const signer = this.#assertions.signer(assertion, { accountOf, audiences });
    if ('refused' in signer) return signer;
    const accessToken = `cfa_${secretBytes(30).toString('base64url')}`;
    const until = this.#clock.now() + accessSeconds * 1000;
    this.#access.set(this.#digest(accessToken), { email: signer.account.email, until });
    const [oldest] = this.#access.keys();
    if (this.#access.size > mostAccessTokens && oldest !== undefined) this.#access.delete(oldest);
    return { accessToken, expiresIn: accessSeconds };
  }

  #digest(token: string): string {
    return createHmac('sha256', this.#secret).update(token).digest('base64');
  }
}

/** `*` is everything, `voice.*` whatever begins with `voice.`. */
const permits = (may: readonly string[]) => (permission: string) =>
  may.some(
    (one) => one === '*' || one === permission || (one.endsWith('.*') && permission.startsWith(one.slice(0, -1))),
  );
