import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { refusalOf } from '../../src/config/outgoing.ts';
import { type Project, settingsOf } from '../../src/config/settings.ts';
import { ConfiguredTenants } from '../../src/config/tenants.ts';

const keyOf = (byte: number) => Buffer.alloc(64, byte).toString('base64');

function projects(config: object): readonly Project[] {
  const kept = new Map<string, string>();
  const vault = {
    get: (name: string) => kept.get(name),
    put: (name: string, value: string) => void kept.set(name, value),
  };
  return settingsOf({ projects: config } as never, { vault, file: undefined, env: {}, where: () => '' }).projects;
}

const tenantsOf = (config: object, clock = new VirtualClock()) => {
  const tenants = new ConfiguredTenants(clock);
  tenants.replace(projects(config));
  return tenants;
};

test('both tokens of a project are good, and no other', () => {
  const tenants = tenantsOf({
    shop: { tokens: ['the-newer-token-1', 'the-older-token-1'] },
    bank: { tokens: ['token-of-the-bank'] },
  });
  const holders = ['the-newer-token-1', 'the-older-token-1', 'token-of-the-bank', 'the-newer-token-2', ''].map(
    (token) => tenants.authenticate(token)?.project,
  );
  expect(holders).toEqual(['shop', 'shop', 'bank', undefined, undefined]);
});

test.for([
  ['*', true, true],
  ['voice.calls.create', true, false],
  ['voice.calls.*', true, true],
  ['voice.*', true, true],
  ['voice.call.*', false, false],
  ['numbering.*', false, false],
] as const)('who may %s may create calls: %s, may list them: %s', ([may, creates, lists]) => {
  const holder = tenantsOf({ shop: { tokens: [{ token: 'the-newer-token-1', may: [may] }] } }).authenticate(
    'the-newer-token-1',
  );
  expect([holder?.may('voice.calls.create'), holder?.may('voice.calls.list')]).toEqual([creates, lists]);
});

test('the first key signs; a new one counts at once, and the same one stays the same array', () => {
  const tenants = tenantsOf({ shop: { signingKeys: [keyOf(1)] } });
  const before = tenants.signingKey('shop');
  tenants.replace(projects({ shop: { signingKeys: [keyOf(2), keyOf(1)] } }));
  expect(tenants.signingKey('shop')).toEqual(Buffer.alloc(64, 2));
  expect(tenants.signingKeys('shop')[1]).toBe(before);
});

test('what is owed for a project that is gone is signed with its last key', () => {
  const tenants = tenantsOf({ shop: { tokens: ['the-newer-token-1'], signingKeys: [keyOf(1)] } });
  tenants.replace(projects({ bank: {} }));
  expect([tenants.exists('shop'), tenants.authenticate('the-newer-token-1')]).toEqual([false, undefined]);
  expect(tenants.signingKey('shop')).toEqual(Buffer.alloc(64, 1));
});

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function assertion(
  claims: object,
  key: KeyObject = pair.privateKey,
  header: object = { alg: 'RS256', typ: 'JWT' },
): string {
  const signed = `${part(header)}.${part(claims)}`;
  return `${signed}.${createSign('sha256').update(signed).sign(key, 'base64url')}`;
}

const withAccount = (clock: VirtualClock) => {
  const [shop] = projects({ shop: {} });
  const tenants = new ConfiguredTenants(clock);
  const account = { email: 'app@shop.example', key: pair.publicKey, may: ['voice.*'] };
  tenants.replace([{ ...shop!, serviceAccounts: [account] }]);
  return tenants;
};

test('a service account gets an access token that is good for an hour', async () => {
  const clock = new VirtualClock(0);
  const tenants = withAccount(clock);
  const given = tenants.exchange(assertion({ iss: 'app@shop.example', exp: 3600, iat: 0 }));
  expect(given).toEqual({ accessToken: expect.stringMatching(/^cfa_/), expiresIn: 3600 });
  const holder = tenants.authenticate(given!.accessToken);
  expect([holder?.project, holder?.may('voice.calls.get'), holder?.may('numbering.x')]).toEqual(['shop', true, false]);
  await clock.advance(3_600_000);
  expect(tenants.authenticate(given!.accessToken)).toBeUndefined();
});

test.for([
  ['that is no JWT', 'hello'],
  ['with a part too many', `${assertion({ iss: 'app@shop.example', exp: 3600 })}.x`],
  ['that has expired', assertion({ iss: 'app@shop.example', exp: 0 })],
  ['without an end', assertion({ iss: 'app@shop.example' })],
  ['of tomorrow', assertion({ iss: 'app@shop.example', exp: 90_000, iat: 86_400 })],
  ['of nobody', assertion({ iss: 'other@shop.example', exp: 3600 })],
  ['signed by somebody else', assertion({ iss: 'app@shop.example', exp: 3600 }, stranger.privateKey)],
  ['that says it is not signed', `${part({ alg: 'none' })}.${part({ iss: 'app@shop.example', exp: 3600 })}.`],
  ['with another algorithm', assertion({ iss: 'app@shop.example', exp: 3600 }, pair.privateKey, { alg: 'HS256' })],
] as const)('an assertion %s is refused', ([, text]) => {
  expect(withAccount(new VirtualClock(0)).exchange(text)).toBeUndefined();
});

test.for([
  [{}, '+61491570156', undefined],
  [{}, '+19005550100', 'shop may not call numbers that begin with +1900'],
  [{ refuse: [] }, '+19005550100', undefined],
  [{ allow: ['+61', '+1900555'] }, '+19005550100', undefined],
  [{ allow: ['+61'] }, '+442071838750', 'shop may call only numbers that begin with +61'],
  [{ allow: ['+61'], refuse: ['+6119'] }, '+611900000000', 'shop may not call numbers that begin with +6119'],
  [{ allow: ['+61'] }, 'sip:desk@example.org', undefined],
] as const)('with %j, a call to %s is refused with %j', ([outgoing, to, reason]) => {
  expect(refusalOf(projects({ shop: { outgoing } })[0]!, to)).toBe(reason);
});
