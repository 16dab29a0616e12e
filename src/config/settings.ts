/** A configuration as the server uses it: files read, environment looked up, credentials made where none are given. */
import type { KeyObject } from 'node:crypto';
import type { ProxyOptions } from '../http/proxy.ts';
import type { RateTable } from '../money/rates.ts';
import type { Path } from '../replay/shape.ts';
import type { Phone } from '../telephony/simulated/script.ts';
import type {
  Config,
  DomainConfig,
  LimitsConfig,
  LogLevel,
  NumberConfig,
  ProjectLimitsConfig,
  TlsConfig,
} from './config.ts';
import { notValid } from './config-shape.ts';
import { madeProject } from './made.ts';
import type { PlaceConfig } from './places.ts';
import { Reader } from './reader.ts';
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
  /** Of which it is a subproject: what is said there of limits, rates and keys counts here. */
  parent: string | undefined;
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
