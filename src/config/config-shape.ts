import { dialects } from '../dialects/index.ts';
import { CallflowError } from '../errors.ts';
import { addressRanges } from '../http/address.ts';
import { noProxyExpected } from '../http/proxy.ts';
import { phoneShape } from '../replay/script-shape.ts';
import {
  type Complaint,
  either,
  type Kind,
  listOf,
  mapOf,
  number,
  oneOf,
  type Path,
  pathText,
  shape,
  such,
  text,
  truth,
  whole,
} from '../replay/shape.ts';
import {
  type Config,
  type DomainConfig,
  type LimitsConfig,
  logLevels,
  type NumberConfig,
  type OutgoingConfig,
  type ProjectConfig,
  type ProjectLimitsConfig,
  type ProxyConfig,
  type RecordingSettings,
  type ServiceAccountConfig,
  type TlsConfig,
} from './config.ts';
import { contradictions } from './contradictions.ts';
import { amount, places, rates } from './money-shape.ts';
import { anyToken, fileName, hidden, permissions, place, signingKey } from './secret-shape.ts';

/** What a pattern lets pass may still be no URL, such as one with an impossible port. */
const asUrl = (kind: Kind): Kind => ({
  ...kind,
  takes: (value) => kind.takes(value) && URL.canParse(String(value)),
});

const httpUrl = asUrl(text('an http or https URL', /^https?:\/\/[^\s/]+\S*$/i));
const handlerUri = asUrl(text('an http, https, sip or tel URI', /^(https?:\/\/|sips?:|tel:)\S+$/i));

/** A list that must not be shorter or longer than this. */
function several(kind: Kind, min: number, max: number, expected: string): Kind {
  const list = listOf(kind, expected);
  return {
    ...list,
    schema: { ...list.schema, minItems: min, maxItems: max },
    read(value, path, complain) {
      if (Array.isArray(value) && (value.length < min || value.length > max))
        complain({ path, found: `a list of ${value.length}`, expected });
      return list.read(value, path, complain);
    },
  };
}

const recording = shape<RecordingSettings>(
  'how calls are recorded, such as { trigger: answer }',
  {
    trigger: oneOf('answer', 'bridge'),
    trimSilence: truth,
    transcribe: truth,
    recordingReadyUri: httpUrl,
    transcriptionReadyUri: httpUrl,
  },
  ['trigger'],
);

/** What calls run; each kind of handler URI where it may stand. */
const reached = (uri: Kind) => ({
  displayName: text('a name of at most 100 characters', /^.{0,100}$/),
  dialect: oneOf(...Object.keys(dialects)),
  handlerUris: several(uri, 1, 5, 'a list of one to five URIs'),
  stateUpdateUri: httpUrl,
  recording,
});

const sku = text('the name of a product');
const method = oneOf('GET', 'POST');
const aNumber = such(
  shape<NumberConfig>('what a number runs', {
    ...reached(handlerUri),
    sku,
    activationSku: sku,
    voiceUrl: httpUrl,
    voiceMethod: method,
    voiceFallbackUrl: httpUrl,
    voiceFallbackMethod: method,
    statusCallback: httpUrl,
    statusCallbackMethod: method,
  }),
  (value) => {
    const { handlerUris, voiceUrl } = value as NumberConfig;
    if ((handlerUris === undefined) !== (voiceUrl === undefined)) return undefined;
    return { found: voiceUrl === undefined ? 'neither' : 'both', expected: 'either handlerUris or voiceUrl' };
  },
);
const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const block = new RegExp(`^(?:${octet}\\.){3}${octet}/(?:3[0-2]|[12]?\\d)$`);
const aDomain = shape<DomainConfig>(
  'what a domain runs',
  { ...reached(httpUrl), cidrBlocks: listOf(text('an IPv4 block such as 192.0.2.0/24', block)) },
  ['handlerUris'],
);

const beginning = text('the beginning of a number, such as "+61" (in quotes)', /^\+[1-9]\d{0,14}$/);

const project = shape<ProjectConfig>('what a project has, such as { numbers: { … } }, or {}', {
  parent: text('the id of another project'),
  tokens: several(anyToken, 1, 2, 'a list of one or two tokens'),
  signingKeys: several(hidden(either(signingKey, place)), 1, 2, 'a list of one or two signing keys'),
  serviceAccounts: listOf(
    shape<ServiceAccountConfig>(
      'a service account',
      { email: text('an e-mail address', /^\S+@\S+$/), publicKey: fileName, may: permissions },
      ['email', 'publicKey'],
    ),
  ),
  numbers: mapOf(aNumber, 'numbers with what they run', {
    pattern: /^\+[1-9]\d{1,14}$/,
    expected: 'a number with + and country code, such as "+61255501234"',
  }),
  sipDomains: mapOf(aDomain, 'domains with what they run', {
    pattern: /^[a-z0-9][a-z0-9-]{0,28}[a-z0-9]$/,
    expected: 'two to thirty lower-case letters, digits and hyphens',
  }),
  limits: shape<ProjectLimitsConfig>('limits of a project', {
    callsPerSecond: number('calls a second, from 0.01 to 100,000', 0.01, 100_000),
    concurrentCalls: whole('a whole number of calls, 1 or more', 1),
    waitingCalls: whole('a whole number of calls, 0 or more', 0),
    spendPerDay: amount,
    spendPerFamily: amount,
    minutesPerDay: number('minutes, 0 or more', 0),
    minutesPerFamily: number('minutes, 0 or more', 0),
  }),
  rates,
  outgoing: shape<OutgoingConfig>('which numbers may be called, such as { allow: ["+61"] }', {
    allow: listOf(beginning),
    refuse: listOf(beginning),
  }),
});

const limits = shape<LimitsConfig>('limits', {
  requestsPerMinute: whole('a whole number of requests, 1 or more', 1),
  bodyBytes: whole('a whole number of bytes, from 1,024 to 100,000,000', 1024, 100_000_000),
  connectionsPerHost: whole('a whole number of connections, from 1 to 10,000', 1, 10_000),
  requestsPerCall: whole('a whole number of requests, 1 or more', 1),
  callsPerFamily: whole('a whole number of calls, 1 or more', 1),
  ownNumberHops: whole('how many hops', 0, 70),
  callHours: number('hours, from 0.01 to 8,760', 0.01, 24 * 365),
});

const config = shape<Config>('a configuration', {
  publicUrl: asUrl(text('an http or https URL without a query', /^https?:\/\/[^\s/?#]+[^\s?#]*$/i)),
  projects: mapOf(project, 'projects by their ids', {
    pattern: /^[a-z0-9][a-z0-9-]{0,35}$/,
    expected: 'at most 36 lower-case letters, digits and hyphens',
  }),
  phones: mapOf(phoneShape, 'numbers with their phones'),
  errorWebhook: httpUrl,
  rates,
  places,
  limits,
  retention: shape<{ days: number }>(
    'how long ended calls are kept, such as { days: 30 }',
    {
      days: number('a number of days, from 0 to 36,500', 0, 36_500),
    },
    ['days'],
  ),
  urlGuard: shape<{ allow: readonly string[] }>(
    'what URLs may lead to, such as { allow: [loopback] }',
    { allow: listOf(text(`${addressRanges.join(', ')}, an address, or a block such as 10.20.0.0/16`)) },
    ['allow'],
  ),
  ca: listOf(fileName),
  proxy: shape<ProxyConfig>(
    'a proxy, such as { url: "http://proxy.example.com:3128" }',
    { url: hidden(either(httpUrl, place)), noProxy: listOf(text(noProxyExpected)) },
    ['url'],
  ),
  tls: such(
    shape<TlsConfig>('TLS, such as { port: 8443 }', {
      port: whole('a port', 0, 65_535),
      cert: fileName,
      key: fileName,
    }),
    (value) => {
      const { cert, key } = value as TlsConfig;
      if ((cert === undefined) === (key === undefined)) return undefined;
      return { found: cert === undefined ? 'a key only' : 'a certificate only', expected: 'both cert and key' };
    },
  ),
  logLevel: oneOf(...logLevels),
  drainSeconds: number('a number of seconds, from 0 to 86,400', 0, 86_400),
});

/** JSON Schema of a configuration file. */
export const configSchema: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'The configuration of callflow',
  ...config.schema,
};

/** Takes a value for a configuration, or says everything that is wrong with it; `where` names the place of a path. */
export function asConfig(value: unknown, where: (path: Path) => string = () => ''): Config {
  const complaints: Complaint[] = [];
  const read = config.read(value ?? {}, [], (complaint) => complaints.push(complaint)) as Config;
  if (complaints.length === 0) complaints.push(...contradictions(read));
  if (complaints.length > 0) throw notValid(complaints, where);
  return read;
}

/** The error that lists what is wrong with a configuration. */
export function notValid(complaints: readonly Complaint[], where: (path: Path) => string): CallflowError {
  const lines = complaints.map(
    ({ path, found, expected, hint }) =>
      `${where(path)}${pathText(path, 'the file')}: found ${found}, expected ${expected}${hint ? `; ${hint}` : ''}`,
  );
  return new CallflowError('CONFIG_NOT_VALID', lines.join('\n'));
}
