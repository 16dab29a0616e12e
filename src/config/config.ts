/** What `callflow.yaml` says, as it is written. Everything may be left out. */
import type { Phone } from '../telephony/simulated/script.ts';
import type { PlaceConfig } from './places.ts';
import type { RatesConfig } from './rates.ts';

export interface Config {
  /** How the world reaches this server: for links in answers and callbacks. */
  publicUrl?: string;
  projects?: Readonly<Record<string, ProjectConfig>>;
  /** Who answers at which number of the simulated network. */
  phones?: Readonly<Record<string, Phone>>;
  /** Hears of what goes wrong, at most once a minute for each cause. */
  errorWebhook?: string;
  /** What calls cost. */
  rates?: RatesConfig;
  /** Where callers are at home, by the beginning of their numbers. */
  places?: Readonly<Record<string, PlaceConfig>>;
  limits?: LimitsConfig;
  retention?: { days: number };
  urlGuard?: { allow: readonly string[] };
  /** Files of certificate authorities that are trusted beside those that Node brings. */
  ca?: readonly string[];
  /** Through whom requests to applications go. */
  proxy?: ProxyConfig;
  tls?: TlsConfig;
  logLevel?: LogLevel;
  /** How long calls may go on once the server is told to end. */
  drainSeconds?: number;
}

export interface ProxyConfig {
  /** `http` or `https`, with name and password where it asks for them. */
  url: Secret;
  /** Hosts that are asked directly. */
  noProxy?: readonly string[];
}

export const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

export type LogLevel = (typeof logLevels)[number];

export interface ProjectConfig {
  /** Of which it is a subproject: whose keys sign for it, and whose limits, rates and outgoing count for it. */
  parent?: string;
  /** One, or two while they are being exchanged; made and kept unless given. */
  tokens?: readonly (Secret | TokenConfig)[];
  /** The first signs; the second is the one before or the one to come. Made and kept unless given. */
  signingKeys?: readonly Secret[];
  serviceAccounts?: readonly ServiceAccountConfig[];
  numbers?: Readonly<Record<string, NumberConfig>>;
  sipDomains?: Readonly<Record<string, DomainConfig>>;
  limits?: ProjectLimitsConfig;
  /** Instead of those of all projects. */
  rates?: RatesConfig;
  outgoing?: OutgoingConfig;
}

/** What the calls of one project may do together. */
export interface ProjectLimitsConfig {
  /** Outgoing calls placed each second for the API. */
  callsPerSecond?: number;
  concurrentCalls?: number;
  /** Calls that may wait to be placed. */
  waitingCalls?: number;
  /** Amounts, in the currency of the rates: of all calls of a day (in UTC), and of those of one family. */
  spendPerDay?: string;
  spendPerFamily?: string;
  minutesPerDay?: number;
  minutesPerFamily?: number;
}

/** Which numbers may be called, by what they begin with; the longer beginning decides. */
export interface OutgoingConfig {
  /** Only these; every number unless given. */
  allow?: readonly string[];
  /** Not these; expensive ones unless given. */
  refuse?: readonly string[];
}

/** A text, or where it is to be found. */
export type Secret = string | { env?: string; file?: string };

export interface TokenConfig {
  token: Secret;
  /** Permissions such as `voice.calls.create`, or `voice.calls.*`. */
  may: readonly string[];
}

export interface ServiceAccountConfig {
  email: string;
  /** The file of the public key, in PEM. */
  publicKey: string;
  may?: readonly string[];
}

/** What the numbers of LaML are set up with: an application of that dialect answers there. */
export interface LamlNumberConfig {
  voiceUrl: string;
  voiceMethod: 'GET' | 'POST';
  voiceFallbackUrl: string;
  voiceFallbackMethod: 'GET' | 'POST';
  statusCallback: string;
  statusCallbackMethod: 'GET' | 'POST';
}

/** With TLS beside the usual port; with a certificate of our own unless one is given. */
export interface TlsConfig {
  port?: number;
  /** Files, in PEM. */
  cert?: string;
  key?: string;
}

/** What a call to a number or a domain runs. */
export interface ReachedConfig {
  displayName?: string;
  /** `voiceml` unless given. */
  dialect?: string;
  handlerUris: readonly string[];
  /** Hears of every state of its incoming calls. */
  stateUpdateUri?: string;
  recording?: RecordingSettings;
}

export interface DomainConfig extends ReachedConfig {
  /** From where it may be called, as IPv4 blocks. */
  cidrBlocks?: readonly string[];
}

/** A number runs its handlers, or what LaML's own settings say. */
export interface NumberConfig extends Omit<ReachedConfig, 'handlerUris'>, Partial<LamlNumberConfig> {
  handlerUris?: readonly string[];
  /** Under which it is sold, and set up. */
  sku?: string;
  activationSku?: string;
}

export interface RecordingSettings {
  trigger: 'answer' | 'bridge';
  trimSilence?: boolean;
  transcribe?: boolean;
  recordingReadyUri?: string;
  transcriptionReadyUri?: string;
}

export interface LimitsConfig {
  /** API requests of one project. */
  requestsPerMinute?: number;
  /** Bytes of a request's body. */
  bodyBytes?: number;
  /** Connections to one host of handlers. */
  connectionsPerHost?: number;
  /** Requests to handlers of one call, beside one for each second of its life. */
  requestsPerCall?: number;
  /** Calls in one family. */
  callsPerFamily?: number;
  /** How often a call may come in through numbers of this engine. */
  ownNumberHops?: number;
  callHours?: number;
}
