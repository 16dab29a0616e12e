/** A configuration as the server uses it: files read, environment looked up, credentials made where none are given. */
import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ProxyOptions } from '../http/proxy.ts';
import type { RateTable } from '../money/rates.ts';
import type { Complaint, Path } from '../replay/shape.ts';
import type { Phone } from '../telephony/simulated/script.ts';
import type {
  Config,
  DomainConfig,
  LimitsConfig,
  LogLevel,
  NumberConfig,
  ProjectConfig,
  ProjectLimitsConfig,
  ProxyConfig,
  Secret,
  ServiceAccountConfig,
  TlsConfig,
  TokenConfig,
} from './config.ts';
import { notValid } from './config-shape.ts';
import { madeProject, madeSigningKey, madeToken } from './made.ts';
import { expensive } from './outgoing.ts';
import type { PlaceConfig } from './places.ts';
import { type RatesConfig, rateTable } from './rates.ts';
import { sharedCredentials } from './shared.ts';
import type { Vault } from './vault.ts';

export interface Settings {
  publicUrl: string | undefined;
  projects: readonly Project[];
  places: Readonly<Record<string, PlaceConfig>>;
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
  proxy: ProxyOptions | undefined;
  /** In PEM. */
  tls: TlsConfig | undefined;
  logLevel: LogLevel;
  drainMs: number;
}

export interface Project {
  id: string;
  tokens: readonly Token[];
  /** The first signs. */
  signingKeys: readonly Uint8Array[];
  serviceAccounts: readonly ServiceAccount[];
  numbers: Readonly<Record<string, NumberConfig>>;
  sipDomains: Readonly<Record<string, DomainConfig>>;
  limits: ProjectLimitsConfig;
  rates: RateTable | undefined;
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
  vault: Pick<Vault, 'get' | 'put'>;
  /** Where the configuration was read: names of files in it begin there. */
  file: string | undefined;
  env: Readonly<Record<string, string | undefined>>;
  where(path: Path): string;
}

const everything = ['*'];

export function settingsOf(config: Config, around: Around): Settings {
  const { projects, urlGuard } = config;
  const reader = new Reader(around);
  const made = projects === undefined;
  const settings: Settings = {
    publicUrl: config.publicUrl?.replace(/\/+$/, ''),
    projects: Object.entries(projects ?? { [madeProject(around.vault)]: {} }).map(([id, project]) =>
      reader.project(id, project, project.rates ?? config.rates),
    ),
    isMade: made,
    places: config.places ?? {},
    phones: config.phones ?? {},
    errorWebhook: config.errorWebhook,
    limits: config.limits ?? {},
    retentionDays: config.retention?.days,
    allow: urlGuard?.allow ?? (made ? ['loopback'] : []),
    ca: (config.ca ?? []).map((name, index) => reader.certificates(name, ['ca', index])),
    proxy: config.proxy && reader.proxy(config.proxy),
    tls: config.tls && reader.tls(config.tls),
    logLevel: config.logLevel ?? 'info',
    drainMs: (config.drainSeconds ?? 60) * 1000,
  };
  reader.complaints.push(...sharedCredentials(settings.projects));
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
    rates: RatesConfig | undefined,
  ): Project {
    const { vault } = this.#around;
    const path = ['projects', id];
    const made = () => ({
      token: madeToken(vault, id),
      may: everything,
    });
    const madeKey = () => Buffer.from(madeSigningKey(vault, id), 'base64');
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
      rates: rates && rateTable(rates),
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

  /** A file of certificate authorities: one or several, in PEM. */
  certificates(name: string, path: Path): string {
    const pem = this.file(name, path);
    const found = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
    if (pem === '' || (found.length > 0 && found.every(isCertificate))) return pem;
    this.complaints.push({ path, found: `${name}, which holds none`, expected: 'certificates in PEM' });
    return '';
  }

  /** What its files hold. */
  tls({ port, cert, key }: TlsConfig): TlsConfig {
    return {
      ...(port !== undefined && { port }),
      ...(cert !== undefined && { cert: this.certificates(cert, ['tls', 'cert']) }),
      ...(key !== undefined && { key: this.file(key, ['tls', 'key']) }),
    };
  }

  proxy({ url: written, noProxy = [] }: ProxyConfig): ProxyOptions {
    const url = this.#secret(written, ['proxy', 'url']);
    if (!/^https?:\/\/[^\s/]/i.test(url) || !URL.canParse(url))
      this.#refuse(['proxy', 'url'], url, 'an http or https URL');
    return { url, noProxy };
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

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}
