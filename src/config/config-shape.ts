import { dialects } from '../dialects/index.ts';
import { CallflowError } from '../errors.ts';
import { addressRanges } from '../http/address.ts';
import { createGuard } from '../http/guard.ts';
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
  type LimitsConfig,
  logLevels,
  type OutgoingConfig,
  type ProjectConfig,
  type ProjectLimitsConfig,
  type ReachedConfig,
  type RecordingSettings,
  type ServiceAccountConfig,
  type TokenConfig,
} from './config.ts';

const httpUrl = text('an http or https URL', /^https?:\/\/[^\s/]+\S*$/i);
const handlerUri = text('an http, https, sip or tel URI', /^(https?:\/\/|sips?:|tel:)\S+$/i);
const fileName = text('the name of a file');

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

const place = such(
  shape<{ env: string; file: string }>('{ env: NAME } or { file: NAME }', {
    env: text('the name of an environment variable', /^[A-Za-z_]\w*$/),
    file: fileName,
  }),
  (value) =>
    Object.keys(value).length === 1
      ? undefined
      : { found: Object.keys(value).join(' and ') || 'an empty map', expected: 'either env or file' },
);

/** What is wrong with a secret is said without showing it. */
const hidden = (kind: Kind): Kind => ({
  ...kind,
  read: (value, path, complain) =>
    kind.read(value, path, (complaint) =>
      complain(
        typeof value === 'object' || value === undefined
          ? complaint
          : { ...complaint, found: `a text of ${String(value).length} characters` },
      ),
    ),
});

const token = text('a token of at least 16 characters, without spaces', /^[!-~]{16,}$/);
const signingKey = text('64 bytes in base64: 88 characters that end in ==', /^[A-Za-z0-9+/]{86}==$/);

const permissions = listOf(text('a permission such as voice.calls.create or voice.*', /^(\*|[\w]+(\.\w+)*(\.\*)?)$/));

const fullToken: Kind = shape<TokenConfig>(
  'a token with what it may',
  { token: hidden(either(token, place)), may: permissions },
  ['token', 'may'],
);

/** Two kinds of map are told apart by their keys. */
const anyToken: Kind = hidden(
  either(
    token,
    { ...fullToken, takes: (value) => typeof value === 'object' && value !== null && 'token' in value },
    place,
  ),
);

/** What calls run; each kind of handler URI where it may stand. */
const reached = (expected: string, uri: Kind) =>
  shape<ReachedConfig>(
    expected,
    {
      displayName: text('a name of at most 100 characters', /^.{0,100}$/),
      dialect: oneOf(...Object.keys(dialects)),
      handlerUris: several(uri, 1, 5, 'a list of one to five URIs'),
      recording,
    },
    ['handlerUris'],
  );

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

const beginning = text('the beginning of a number, such as "+61" (in quotes)', /^\+[1-9]\d{0,14}$/);

const project = shape<ProjectConfig>('a project', {
  tokens: several(anyToken, 1, 2, 'a list of one or two tokens'),
  signingKeys: several(hidden(either(signingKey, place)), 1, 2, 'a list of one or two signing keys'),
  serviceAccounts: listOf(
    shape<ServiceAccountConfig>(
      'a service account',
      { email: text('an e-mail address', /^\S+@\S+$/), publicKey: fileName, may: permissions },
      ['email', 'publicKey'],
    ),
  ),
  numbers: mapOf(reached('what a number runs', handlerUri), 'numbers with what they run', {
    pattern: /^\+[1-9]\d{1,14}$/,
    expected: 'a number with + and country code, such as "+61255501234"',
  }),
  sipDomains: mapOf(reached('what a domain runs', httpUrl), 'domains with what they run', {
    pattern: /^[a-z0-9][a-z0-9-]{0,28}[a-z0-9]$/,
    expected: 'two to thirty lower-case letters, digits and hyphens',
  }),
  limits: shape<ProjectLimitsConfig>('limits of a project', {
    callsPerSecond: number('calls a second', 0.01, 100_000),
    concurrentCalls: whole('how many calls', 1),
    waitingCalls: whole('how many calls', 0),
  }),
  outgoing: shape<OutgoingConfig>('which numbers may be called, such as { allow: ["+61"] }', {
    allow: listOf(beginning),
    refuse: listOf(beginning),
  }),
});

const limits = shape<LimitsConfig>('limits', {
  requestsPerMinute: whole('how many requests', 1),
  bodyBytes: whole('how many bytes', 1024, 100_000_000),
  connectionsPerHost: whole('how many connections', 1, 10_000),
  requestsPerCall: whole('how many requests', 1),
  callsPerFamily: whole('how many calls', 1),
  callHours: number('hours', 0.01, 24 * 365),
});

const config = shape<Config>('a configuration', {
  publicUrl: text('an http or https URL without a query', /^https?:\/\/[^\s/?#]+[^\s?#]*$/i),
  projects: mapOf(project, 'projects by their ids', {
    pattern: /^[a-z0-9][a-z0-9-]{0,35}$/,
    expected: 'at most 36 lower-case letters, digits and hyphens',
  }),
  phones: mapOf(phoneShape, 'numbers with their phones'),
  errorWebhook: httpUrl,
  limits,
  retention: shape<{ days: number }>(
    'how long ended calls are kept, such as { days: 30 }',
    {
      days: number('days', 0, 36_500),
    },
    ['days'],
  ),
  urlGuard: shape<{ allow: readonly string[] }>(
    'what URLs may lead to, such as { allow: [loopback] }',
    { allow: listOf(text(`${addressRanges.join(', ')}, an address, or a block such as 10.20.0.0/16`)) },
    ['allow'],
  ),
  ca: listOf(fileName),
  logLevel: oneOf(...logLevels),
  drainSeconds: number('seconds', 0, 86_400),
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

/** What no single field shows. */
function contradictions({ projects = {}, urlGuard }: Config): Complaint[] {
  const found: Complaint[] = [];
  for (const [index, entry] of (urlGuard?.allow ?? []).entries()) {
    try {
      createGuard({ allow: [entry] });
    } catch {
      const expected = `${addressRanges.join(', ')}, an address, or a block such as 10.20.0.0/16`;
      found.push({ path: ['urlGuard', 'allow', index], found: JSON.stringify(entry), expected });
    }
  }
  for (const kind of ['numbers', 'sipDomains'] as const) found.push(...takenTwice(projects, kind));
  return found;
}

function takenTwice(projects: NonNullable<Config['projects']>, kind: 'numbers' | 'sipDomains'): Complaint[] {
  const owners = new Map<string, string>();
  return Object.entries(projects).flatMap(([id, one]) =>
    Object.keys(one[kind] ?? {}).flatMap((name) => {
      const owner = owners.get(name);
      owners.set(name, owner ?? id);
      if (owner === undefined) return [];
      return [
        { path: ['projects', id, kind, name], found: `${name}, which ${owner} has`, expected: 'one project for each' },
      ];
    }),
  );
}
