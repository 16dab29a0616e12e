import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configSchema } from '../../src/config/config-shape.ts';
import { loadSettings } from '../../src/config/load.ts';
import { openVault } from '../../src/config/vault.ts';
import type { CallflowError } from '../../src/errors.ts';

const key = Buffer.alloc(64, 7).toString('base64');

function settingsIn(text: string, files: Readonly<Record<string, string>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'callflow-config-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'callflow.yaml');
  for (const [name, content] of Object.entries({ 'callflow.yaml': text, ...files }))
    writeFileSync(join(folder, name), content);
  const load = () =>
    loadSettings({ file, vault: openVault(join(folder, 'data')), env: { SHOP_TOKEN: 'from-the-environment' } });
  return { file, load };
}

/** What is said of a file, with its name cut to the last part. */
function complaint(text: string): string {
  const { file, load } = settingsIn(text);
  try {
    load();
  } catch (error) {
    const { code, message } = error as CallflowError;
    return `${code} ${message.replaceAll(file, 'callflow.yaml')}`;
  }
  return 'nothing';
}

test.for([
  [
    'an unknown key',
    'publicURL: https://voice.example',
    '1:1 publicURL: found an unknown key, expected one of publicUrl, projects, phones, errorWebhook, rates, places, limits, retention, urlGuard, ca, proxy, tls, logLevel, drainSeconds; did you mean publicUrl?',
  ],
  [
    'a URL without a scheme',
    'publicUrl: voice.example',
    '1:1 publicUrl: found "voice.example", expected an http or https URL without a query',
  ],
  ['a file that is a list', '- projects', '1:1 the file: found a list, expected a configuration'],
  [
    'text that is no YAML',
    'limits: {',
    '1:10 found the end of the line, expected YAML: Flow map in block collection must be sufficiently indented and end with a }',
  ],
  ['a tab', 'projects:\n\tshop: {}', '2:1 found a tab, expected spaces: nothing else indents YAML'],
  ['a second document', 'logLevel: info\n---\nlogLevel: warn', '2:1 found a second document, expected one'],
  [
    'a number that stands twice',
    'projects:\n  shop:\n    numbers:\n      "+61255501234": { handlerUris: [https://a.example/] }\n      "+61255501234": {}',
    '5:7 found the key "+61255501234" again, expected each key once',
  ],
  [
    'a colon too many',
    'projects: shop: x',
    '1:11 found "shop:", expected YAML: Nested mappings are not allowed in compact mappings',
  ],
  [
    'an alias of nothing',
    'projects: *shop',
    '1:11 found *shop, expected an alias of something that &shop stands before',
  ],
  [
    'a project that is none',
    'projects:\n  shop: yes please',
    '2:3 projects.shop: found "yes please", expected what a project has, such as { numbers: { … } }, or {}',
  ],
  [
    'a URL with an impossible port',
    'publicUrl: http://a.example:99999',
    '1:1 publicUrl: found "http://a.example:99999", expected an http or https URL without a query',
  ],
  [
    'a handler with an impossible port',
    'projects:\n  shop:\n    numbers:\n      +61255501234:\n        handlerUris: [https://a.example:99999/]',
    '5:23 projects.shop.numbers."+61255501234".handlerUris.0: found "https://a.example:99999/", expected an http, https, sip or tel URI',
  ],
  [
    'a project with an impossible id',
    'projects:\n  Shop_1: {}',
    '2:3 projects.Shop_1: found the key "Shop_1", expected at most 36 lower-case letters, digits and hyphens',
  ],
  [
    'a number without its plus',
    'projects:\n  shop:\n    numbers:\n      61255501234: { handlerUris: [https://a.example/] }',
    '4:7 projects.shop.numbers.61255501234: found the key "61255501234", expected a number with + and country code, such as "+61255501234"',
  ],
  [
    'a number without handlers',
    'projects:\n  shop:\n    numbers:\n      +61255501234: { dialect: voiceml }',
    '4:7 projects.shop.numbers."+61255501234": found neither, expected either handlerUris or voiceUrl',
  ],
  [
    'a number with handlers and a voiceUrl',
    'projects:\n  shop:\n    numbers:\n      +61255501234: { handlerUris: [https://a.example/], voiceUrl: https://a.example/ }',
    '4:7 projects.shop.numbers."+61255501234": found both, expected either handlerUris or voiceUrl',
  ],
  [
    'a certificate without its key',
    'tls: { cert: cert.pem }',
    '1:1 tls: found a certificate only, expected both cert and key',
  ],
  [
    'too many handlers',
    `projects:\n  shop:\n    numbers:\n      +61255501234:\n        handlerUris: [${Array(6).fill('https://a.example/').join(', ')}]`,
    '5:9 projects.shop.numbers."+61255501234".handlerUris: found a list of 6, expected a list of one to five URIs',
  ],
  [
    'a handler that cannot be asked',
    'projects:\n  shop:\n    numbers:\n      +61255501234:\n        handlerUris: [ftp://a.example/]',
    '5:23 projects.shop.numbers."+61255501234".handlerUris.0: found "ftp://a.example/", expected an http, https, sip or tel URI',
  ],
  [
    'a dialect that nobody speaks',
    'projects:\n  shop:\n    numbers:\n      +61255501234: { handlerUris: [https://a.example/], dialect: voicml }',
    '4:58 projects.shop.numbers."+61255501234".dialect: found "voicml", expected laml or voiceml; did you mean voiceml?',
  ],
  [
    'a recording without a trigger',
    'projects:\n  shop:\n    sipDomains:\n      desk: { handlerUris: [https://a.example/], recording: { transcribe: true } }',
    '4:50 projects.shop.sipDomains.desk.recording.trigger: found nothing, expected answer or bridge',
  ],
  [
    'a number of two projects',
    'projects:\n  shop:\n    numbers: &same { +61255501234: { handlerUris: [https://a.example/] } }\n  bank:\n    numbers: { +61255501234: { handlerUris: [https://a.example/] } }',
    '5:16 projects.bank.numbers."+61255501234": found +61255501234, which shop has, expected one project for each',
  ],
  [
    'a token that is too short, which is not shown',
    'projects:\n  shop:\n    tokens: [hush]',
    '3:14 projects.shop.tokens.0: found a text of 4 characters, expected a token of at least 16 characters, without spaces, or a token with what it may, or { env: NAME } or { file: NAME }',
  ],
  [
    'a token of two projects, which is not shown',
    'projects:\n  shop:\n    tokens: [aaaaaaaaaaaaaaaa]\n  bank:\n    tokens: [bbbbbbbbbbbbbbbb, aaaaaaaaaaaaaaaa]',
    '5:32 projects.bank.tokens.1: found a token that shop has, expected a token of its own for each project',
  ],
  [
    'three tokens',
    'projects:\n  shop:\n    tokens: [aaaaaaaaaaaaaaaa, bbbbbbbbbbbbbbbb, cccccccccccccccc]',
    '3:5 projects.shop.tokens: found a list of 3, expected a list of one or two tokens',
  ],
  [
    'a signing key that is too short',
    'projects:\n  shop:\n    signingKeys: [aHVzaA==]',
    '3:19 projects.shop.signingKeys.0: found a text of 8 characters, expected 64 bytes in base64: 88 characters that end in ==, or { env: NAME } or { file: NAME }',
  ],
  [
    'a secret in two places',
    'projects:\n  shop:\n    tokens: [{ env: A, file: b }]',
    '3:14 projects.shop.tokens.0: found env and file, expected either env or file',
  ],
  [
    'a variable that is not set',
    'projects:\n  shop:\n    tokens: [{ env: NOWHERE }]',
    '3:16 projects.shop.tokens.0.env: found NOWHERE, which is not set, expected a variable of the environment',
  ],
  ['a file that is not there', 'ca: [roots.pem]', '1:6 ca.0: found roots.pem, which cannot be read, expected a file'],
  [
    'a public key that is none',
    'projects:\n  shop:\n    serviceAccounts: [{ email: a@b.example, publicKey: callflow.yaml }]',
    '3:45 projects.shop.serviceAccounts.0.publicKey: found callflow.yaml, which holds none, expected a public key in PEM',
  ],
  [
    'a file without certificates',
    'ca: [callflow.yaml]',
    '1:6 ca.0: found callflow.yaml, which holds none, expected certificates in PEM',
  ],
  [
    'a proxy that is none, whose password is not shown',
    'proxy: { url: "socks5://ann:secret@proxy.example" }',
    '1:10 proxy.url: found a text of 33 characters, expected an http or https URL, or { env: NAME } or { file: NAME }',
  ],
  [
    'a proxy from the environment that is none',
    'proxy: { url: { env: SHOP_TOKEN } }',
    '1:10 proxy.url: found a text of 20 characters, expected an http or https URL',
  ],
  [
    'a host that no proxy can leave out',
    'proxy: { url: http://proxy.example:3128, noProxy: [a b] }',
    '1:52 proxy.noProxy.0: found "a b", expected a host name, an address, or a block such as 10.20.0.0/16',
  ],
  [
    'a block that is none',
    'urlGuard: { allow: [loopbak] }',
    '1:21 urlGuard.allow.0: found "loopbak", expected loopback, private, linkLocal, carrierGradeNat, uniqueLocal, metadata, unspecified, multicast, reserved, an address, or a block such as 10.20.0.0/16',
  ],
  [
    'a limit of nothing',
    'limits: { requestsPerMinute: 0 }',
    '1:11 limits.requestsPerMinute: found 0, expected a whole number of requests, 1 or more',
  ],
  [
    'an amount with too many digits',
    'rates: { currency: AUD, outgoing: { +61: 0.0000000001 } }',
    '1:37 rates.outgoing."+61": found 1e-10, expected an amount such as 0.045, or a rate, such as { perMinute: 0.045 }',
  ],
  [
    'an increment of no steps',
    'rates: { currency: AUD, increment: 60/0 }',
    '1:25 rates.increment: found "60/0", expected seconds at first and from there on, such as 60/60 or 30/6',
  ],
  [
    'a rate for nobody',
    'rates: { currency: AUD, incoming: { "61": 0.01 } }',
    '1:37 rates.incoming.61: found the key "61", expected the beginning of a number, such as "+61", or sip or client',
  ],
  [
    'a limit to what is spent when nothing costs anything',
    'projects: { shop: { limits: { spendPerDay: 10 } } }',
    '1:31 projects.shop.limits.spendPerDay: found no rates, expected rates, by which what is spent is counted',
  ],
  [
    'a subproject of nobody',
    'projects:\n  branch: { parent: shop }',
    '2:13 projects.branch.parent: found "shop", expected a project that is there',
  ],
  [
    'a project below itself',
    'projects:\n  shop: { parent: shop }',
    '2:11 projects.shop.parent: found itself, expected another project',
  ],
  [
    'a subproject of a subproject',
    'projects:\n  shop: {}\n  branch: { parent: shop }\n  stall: { parent: branch }',
    '4:12 projects.stall.parent: found branch, a subproject of shop, expected a project that is no subproject itself',
  ],
  [
    'a subproject with limits of its own',
    'projects:\n  shop: {}\n  branch:\n    parent: shop\n    limits: { callsPerSecond: 1 }',
    '5:5 projects.branch.limits: found limits beside parent, expected those of shop',
  ],
  [
    'days in words',
    'retention: { days: thirty }',
    '1:14 retention.days: found "thirty", expected a number of days, from 0 to 36,500',
  ],
  [
    'a phone that does the impossible',
    'phones:\n  +61491570156: { anwsers: 3 }',
    '2:19 phones."+61491570156".anwsers: found an unknown key, expected one of after, rings, answers, busy, rejects, unreachable, invalid, fails, earlyMedia, drops, hangsUp, machine, fax, refers, texts, headers, statistics, script, lines, calls; did you mean answers?',
  ],
  [
    'a log level that is none',
    'logLevel: verbose',
    '1:1 logLevel: found "verbose", expected debug or info or warn or error or silent',
  ],
] as const)('%s is refused with its place', ([, text, says]) => {
  expect(complaint(text)).toBe(`CONFIG_NOT_VALID callflow.yaml:${says}`);
});

test('everything that is wrong is said at once', () => {
  expect(complaint('logLevel: loud\ndrainSeconds: -1').split('\n')).toEqual([
    'CONFIG_NOT_VALID callflow.yaml:1:1 logLevel: found "loud", expected debug or info or warn or error or silent',
    'callflow.yaml:2:1 drainSeconds: found -1, expected a number of seconds, from 0 to 86,400',
  ]);
});

test('projects that are below each other are both refused', () => {
  expect(complaint('projects:\n  one: { parent: two }\n  two: { parent: one }').split('\n')).toEqual([
    'CONFIG_NOT_VALID callflow.yaml:2:10 projects.one.parent: found two, a subproject of one, expected a project that is no subproject itself',
    'callflow.yaml:3:10 projects.two.parent: found one, a subproject of two, expected a project that is no subproject itself',
  ]);
});

test('a subproject has tokens and numbers of its own, and no signing key is made for it', () => {
  const { load } = settingsIn('projects: { shop: {}, branch: { parent: shop, tokens: [the-token-of-a-branch] } }');
  const [, branch] = load().projects;
  expect(branch).toMatchObject({
    id: 'branch',
    parent: 'shop',
    tokens: [{ token: 'the-token-of-a-branch', may: ['*'] }],
    signingKeys: [],
    made: { token: false, signingKey: false },
  });
});

test('an empty file is a configuration that says nothing', () => {
  const { projects, isMade, allow, retentionDays } = settingsIn('').load();
  expect({ projects: projects.length, isMade, allow, retentionDays }).toEqual({
    projects: 1,
    isMade: true,
    allow: ['loopback'],
    retentionDays: undefined,
  });
});

test('secrets are read from where they are kept', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const text = `
projects:
  shop:
    tokens: [{ env: SHOP_TOKEN }, { token: { file: token.txt }, may: [voice.calls.get] }]
    signingKeys: [${key}, { file: key.txt }]
    serviceAccounts: [{ email: app@shop.example, publicKey: app.pem }]
`;
  const older = Buffer.alloc(64, 8).toString('base64');
  const { load } = settingsIn(text, {
    'token.txt': 'another-good-token\n',
    'key.txt': `${older}\n`,
    'app.pem': publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  const [shop] = load().projects;
  expect(shop).toMatchObject({
    id: 'shop',
    tokens: [
      { token: 'from-the-environment', may: ['*'] },
      { token: 'another-good-token', may: ['voice.calls.get'] },
    ],
    signingKeys: [Buffer.alloc(64, 7), Buffer.alloc(64, 8)],
    made: { token: false, signingKey: false },
  });
  expect(shop?.serviceAccounts.map(({ email }) => email)).toEqual(['app@shop.example']);
});

test('a project that names no credentials keeps those that were made for it', () => {
  const { load } = settingsIn('projects: { shop: {} }');
  const [first, second] = [load(), load()];
  expect(first.projects[0]?.made).toEqual({ token: true, signingKey: true });
  expect(second.projects).toEqual(first.projects);
  expect(first.allow).toEqual([]);
});

test('grammars/config.schema.json is the format as it is', async () => {
  const schema = `${JSON.stringify(configSchema, undefined, 2)}\n`;
  await expect(schema).toMatchFileSnapshot('../../grammars/config.schema.json');
});

test('what calls cost is read exactly, and a project may have rates of its own', () => {
  const text = `
projects:
  shop: {}
  bank: { rates: { currency: GBP, outgoing: { +44: 0.02 } } }
rates:
  currency: AUD
  increment: 30/6
  outgoing: { +61: 0.1, sip: { perMinute: "0.000000001", connection: 12, increment: 1/1 } }
`;
  const [shop, bank] = settingsIn(text).load().projects;
  expect(shop?.rates).toEqual({
    outgoing: {
      '+61': { perMinute: { currency: 'AUD', units: 0, nanos: 100_000_000 }, first: 30, next: 6 },
      sip: {
        perMinute: { currency: 'AUD', units: 0, nanos: 1 },
        connection: { currency: 'AUD', units: 12, nanos: 0 },
        first: 1,
        next: 1,
      },
    },
    incoming: {},
  });
  expect(bank?.rates).toEqual({
    outgoing: { '+44': { perMinute: { currency: 'GBP', units: 0, nanos: 20_000_000 }, first: 60, next: 60 } },
    incoming: {},
  });
});
