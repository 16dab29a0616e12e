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
    '1:1 publicURL: found an unknown key, expected one of publicUrl, projects, phones, errorWebhook, limits, retention, urlGuard, ca, logLevel, drainSeconds; did you mean publicUrl?',
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
    '1:10 Flow map in block collection must be sufficiently indented and end with a }',
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
    '4:7 projects.shop.numbers."+61255501234".handlerUris: found nothing, expected a list of one to five URIs',
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
    '4:58 projects.shop.numbers."+61255501234".dialect: found "voicml", expected voiceml; did you mean voiceml?',
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
    'a block that is none',
    'urlGuard: { allow: [loopbak] }',
    '1:21 urlGuard.allow.0: found "loopbak", expected loopback, private, linkLocal, carrierGradeNat, uniqueLocal, metadata, unspecified, multicast, reserved, an address, or a block such as 10.20.0.0/16',
  ],
  [
    'a limit of nothing',
    'limits: { requestsPerMinute: 0 }',
    '1:11 limits.requestsPerMinute: found 0, expected how many requests',
  ],
  ['days in words', 'retention: { days: thirty }', '1:14 retention.days: found "thirty", expected days'],
  [
    'a phone that does the impossible',
    'phones:\n  +61491570156: { anwsers: 3 }',
    '2:19 phones."+61491570156".anwsers: found an unknown key, expected one of after, rings, answers, busy, rejects, unreachable, invalid, fails, earlyMedia, drops, hangsUp, machine, fax, script, lines, calls; did you mean answers?',
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
    'callflow.yaml:2:1 drainSeconds: found -1, expected seconds',
  ]);
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
