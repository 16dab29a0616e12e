/** A configuration as the server uses it: files read, environment looked up, credentials made where none are given. */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Complaint, Path } from '../replay/shape.ts';
import type { Phone } from '../telephony/simulated/script.ts';
import type {
  Config,
  LimitsConfig,
  LogLevel,
  ProjectConfig,
  ProjectLimitsConfig,
  ReachedConfig,
  Secret,
  ServiceAccountConfig,
  TokenConfig,
} from './config.ts';
import { notValid } from './config-shape.ts';
import { secretBytes, type Vault } from './vault.ts';

export interface Settings {
  publicUrl: string | undefined;
  projects: readonly Project[];
  /** There is no configuration of projects: one was made, with numbers. */
  isMade: boolean;
  phones: Readonly<Record<string, Phone>>;
  errorWebhook: string | undefined;
  limits: LimitsConfig;
  retentionDays: number | undefined;
  /** What the URL guard allows. */
  allow: readonly string[];
  /** In PEM. */
  ca: readonly string[];
  logLevel: LogLevel;
  drainMs: number;
}

export interface Project {
  id: string;
  tokens: readonly Token[];
  /** The first signs. */
  signingKeys: readonly Uint8Array[];
  serviceAccounts: readonly ServiceAccount[];
  numbers: Readonly<Record<string, ReachedConfig>>;
  sipDomains: Readonly<Record<string, ReachedConfig>>;
  limits: ProjectLimitsConfig;
  /** Beginnings of numbers. */
  mayCall: readonly string[];
  mayNotCall: readonly string[];
  /** What was made here, and is kept in the data folder. */
  made: { token: boolean; signingKey: boolean };
}

export interface Token {
  token: string;
  may: readonly string[];
}

export interface ServiceAccount {
  email: string;
  key: KeyObject;
  may: readonly string[];
}

/** Fictional numbers that a project has whose owner has said nothing. */
export const madeNumbers = ['+61255501234', '+61255501235'] as const;

export interface Around {
  vault: Vault;
  /** Where the configuration was read: names of files in it begin there. */
  file: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  where(path: Path): string;
}

const everything = ['*'];

/** Premium rate and satellite numbers, by which fraud earns: North America, United Kingdom, Australia, international. */
const expensive = ['+1900', '+1976', '+449', '+44871', '+6119', '+979', '+870', '+881', '+882', '+883'];

export function settingsOf(config: Config, around: Around): Settings {
  const { projects, urlGuard } = config;
  const reader = new Reader(around);
  const made = projects === undefined;
  const settings: Settings = {
    publicUrl: config.publicUrl?.replace(/\/+$/, ''),
    projects: Object.entries(projects ?? { [madeProject(around.vault)]: {} }).map(([id, project]) =>
      reader.project(id, project),
    ),
    isMade: made,
    phones: config.phones ?? {},
    errorWebhook: config.errorWebhook,
    limits: config.limits ?? {},
    retentionDays: config.retention?.days,
    allow: urlGuard?.allow ?? (made ? ['loopback'] : []),
    ca: (config.ca ?? []).map((name, index) => reader.file(name, ['ca', index])),
    logLevel: config.logLevel ?? 'info',
    drainMs: (config.drainSeconds ?? 60) * 1000,
  };
  if (reader.complaints.length > 0) throw notValid(reader.complaints, around.where);
  return settings;
}

/** Reads what a configuration refers to, and gathers what is not as it must be. */
class Reader {
  readonly complaints: Complaint[] = [];
  readonly #around: Around;

  constructor(around: Around) {
    this.#around = around;
  }

  project(
    id: string,
    { tokens, signingKeys, serviceAccounts = [], numbers, sipDomains, limits = {}, outgoing = {} }: ProjectConfig,
  ): Project {
    const { vault } = this.#around;
    const path = ['projects', id];
    const made = () => ({
      token: kept(vault, `token.${id}`, () => `cf_${secretBytes(30).toString('base64url')}`),
      may: everything,
    });
    const madeKey = () =>
      Buffer.from(
        kept(vault, `signingKey.${id}`, () => secretBytes(64).toString('base64')),
        'base64',
      );
    return {
      id,
      tokens: tokens?.map((token, index) => this.#token(token, [...path, 'tokens', index])) ?? [made()],
      signingKeys: signingKeys?.map((key, index) => this.#key(key, [...path, 'signingKeys', index])) ?? [madeKey()],
      serviceAccounts: serviceAccounts.map((account, index) =>
        this.#account(account, [...path, 'serviceAccounts', index]),
      ),
      numbers: numbers ?? {},
      sipDomains: sipDomains ?? {},
      limits,
      mayCall: outgoing.allow ?? ['+'],
      mayNotCall: outgoing.refuse ?? expensive,
      made: { token: tokens === undefined, signingKey: signingKeys === undefined },
    };
  }

  file(name: string, path: Path): string {
    const { file } = this.#around;
    const found = resolve(file === undefined ? '.' : dirname(file), name);
    try {
      return readFileSync(found, 'utf8');
    } catch {
      this.complaints.push({ path, found: `${name}, which cannot be read`, expected: 'a file' });
      return '';
    }
  }

  #token(written: Secret | TokenConfig, path: Path): Token {
    const full = typeof written === 'object' && 'token' in written;
    const token = full ? this.#secret(written.token, [...path, 'token']) : this.#secret(written, path);
    if (token.length < 16) this.#refuse(path, token, 'a token of at least 16 characters');
    return { token, may: full ? written.may : everything };
  }

  #key(written: Secret, path: Path): Uint8Array {
    const text = this.#secret(written, path);
    const bytes = Buffer.from(text, 'base64');
    if (bytes.length !== 64) this.#refuse(path, text, '64 bytes in base64: 88 characters that end in ==');
    return bytes;
  }

  #account({ email, publicKey, may = everything }: ServiceAccountConfig, path: Path): ServiceAccount {
    const pem = this.file(publicKey, [...path, 'publicKey']);
    try {
      return { email, key: createPublicKey(pem), may };
    } catch {
      if (pem !== '')
        this.complaints.push({
          path: [...path, 'publicKey'],
          found: `${publicKey}, which holds none`,
          expected: 'a public key in PEM',
        });
      return { email, key: undefined as never, may };
    }
  }

  #secret(written: Secret, path: Path): string {
    if (typeof written === 'string') return written;
    if (written.file !== undefined) return this.file(written.file, [...path, 'file']).trim();
    const value = this.#around.env[written.env ?? ''];
    if (value === undefined)
      this.complaints.push({
        path: [...path, 'env'],
        found: `${written.env}, which is not set`,
        expected: 'a variable of the environment',
      });
    return value ?? '';
  }

  /** What could not be read has been complained of already; a secret is not shown. */
  #refuse(path: Path, secret: string, expected: string): void {
    if (secret !== '') this.complaints.push({ path, found: `a text of ${secret.length} characters`, expected });
  }
}

function madeProject(vault: Vault): string {
  return kept(vault, 'project', () => `p-${secretBytes(4).toString('hex')}`);
}

function kept(vault: Vault, name: string, make: () => string): string {
  const known = vault.get(name);
  if (known !== undefined) return known;
  const made = make();
  vault.put(name, made);
  return made;
}
