import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { refusalOf } from '../../src/config/outgoing.ts';
import { type Project, settingsOf } from '../../src/config/settings.ts';
import { Subprojects, subprojectKind } from '../../src/config/subprojects.ts';
import { ConfiguredTenants } from '../../src/config/tenants.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';

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

/** A store in which an API has made a subproject of the shop. */
function withMade(id: string) {
  const store = memoryStore();
  const made = { kind: subprojectKind, project: 'shop', id, name: id, body: { status: 'active' }, createTime: 5 };
  store.commit(
    () => ({ entries: [], deliveries: [], changes: [{ type: 'resource', record: made }] }),
    () => {},
  );
  const subprojects = new Subprojects(store);
  const tenants = new ConfiguredTenants(new VirtualClock(), subprojects.payerOf);
  const replace = (config: object) => {
    for (const part of [subprojects, tenants]) part.replace(projects(config));
  };
  return { subprojects, tenants, replace };
}

const shopAndBranch = {
  shop: { signingKeys: [keyOf(1)] },
  branch: { parent: 'shop', tokens: ['token-of-the-branch'] },
};

test('a subproject has a token of its own, and is signed for with the key of its parent', () => {
  const { tenants, replace } = withMade('made');
  replace(shopAndBranch);
  expect(tenants.authenticate('token-of-the-branch')?.project).toBe('branch');
  expect(['branch', 'made', 'nobody'].map((project) => tenants.exists(project))).toEqual([true, true, false]);
  expect(tenants.signingKey('branch')).toBe(tenants.signingKey('shop'));
  expect(tenants.signingKey('made')).toBe(tenants.signingKey('shop'));
  expect(tenants.signingKey('shop')).toEqual(Buffer.alloc(64, 1));
});

test('what is owed for a subproject that is gone, or whose parent is, is signed with the last key', () => {
  const { tenants, replace } = withMade('made');
  replace(shopAndBranch);
  replace({ bank: {} });
  expect(['branch', 'made'].map((project) => tenants.exists(project))).toEqual([false, false]);
  expect(['branch', 'made'].map((project) => tenants.signingKey(project))).toEqual(Array(2).fill(Buffer.alloc(64, 1)));
});

test('who is below whom is known of those in the configuration and of those that an API has made', () => {
  const { subprojects, replace } = withMade('made');
  replace({ ...shopAndBranch, bank: {} });
  const below = (parent: string) =>
    [...subprojects.of(parent)].map(({ id, status, createTime }) => [id, status, createTime]);
  expect([below('shop'), below('bank'), below('branch')]).toEqual([
    [
      ['branch', 'active', 0],
      ['made', 'active', 5],
    ],
    [],
    [],
  ]);
  expect(['shop', 'branch', 'made', 'nobody'].map(subprojects.payerOf)).toEqual(['shop', 'shop', 'shop', 'nobody']);
});

test('a subproject that an API has made is what the configuration says of it, once it does', () => {
  const { subprojects, replace } = withMade('made');
  replace({ shop: {}, bank: {}, made: { parent: 'bank' } });
  expect([subprojects.get('made')?.parent, [...subprojects.of('shop')]]).toEqual(['bank', []]);
  replace({ shop: {}, made: {} });
  expect([subprojects.get('made'), subprojects.payerOf('made')]).toEqual([undefined, 'made']);
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

const here = 'https://voice.example/token';
const vendor = 'https://oauth2.api.enfonica.com/token';
const audiences = [here, 'http://127.0.0.1:8040/token', vendor];
const good = { iss: 'app@shop.example', aud: here, exp: 3600, iat: 0 };

function withAccount(clock: VirtualClock) {
  const [shop] = projects({ shop: {} });
  const tenants = new ConfiguredTenants(clock);
  const account = { email: 'app@shop.example', key: pair.publicKey, may: ['voice.*'] };
  tenants.replace([{ ...shop!, serviceAccounts: [account] }]);
  const exchange = (text: string) => tenants.exchange(text, audiences);
  return { tenants, exchange, ask: (claims: object) => exchange(assertion({ ...good, ...claims })) };
}

const granted = { accessToken: expect.stringMatching(/^cfa_/), expiresIn: 3600 };

test('a service account gets an access token that is good for an hour', async () => {
  const clock = new VirtualClock(0);
  const { tenants, ask } = withAccount(clock);
  const given = ask({});
  if ('refused' in given) throw new Error(given.refused);
  expect(given).toEqual(granted);
  const holder = tenants.authenticate(given.accessToken);
  expect([holder?.project, holder?.may('voice.calls.get'), holder?.may('numbering.x')]).toEqual(['shop', true, false]);
  await clock.advance(3_600_000);
  expect(tenants.authenticate(given.accessToken)).toBeUndefined();
});

test.for([
  ['for the vendor', { aud: vendor }],
  ['for the local address', { aud: 'http://127.0.0.1:8040/token' }],
  ['for several, of which one is here', { aud: ['https://elsewhere.example/token', here] }],
  ['that names its signer as the subject', { sub: 'app@shop.example' }],
  ['of somebody whose clock is five minutes ahead', { iat: 300, exp: 3900 }],
  ['without a beginning', { iat: undefined }],
] as const)('an assertion %s is good', ([, claims]) => {
  expect(withAccount(new VirtualClock(0)).ask(claims)).toEqual(granted);
});

const who = 'it is no JWT that a service account has signed with RS256';

test.for([
  ['that is no JWT', 'hello'],
  ['with a part too many', `${assertion(good)}.x`],
  ['of nobody', assertion({ ...good, iss: 'other@shop.example' })],
  ['without an issuer', assertion({ ...good, iss: undefined })],
  ['signed by somebody else', assertion(good, stranger.privateKey)],
  ['that was changed after it was signed', assertion(good).replace(/\.[^.]+\./, `.${part({ ...good, exp: 3599 })}.`)],
  ['that says it is not signed', `${part({ alg: 'none' })}.${part(good)}.`],
  ['with another algorithm', assertion(good, pair.privateKey, { alg: 'HS256' })],
] as const)('an assertion %s is refused without a reason', ([, text]) => {
  expect(withAccount(new VirtualClock(0)).exchange(text)).toEqual({ refused: who });
});

const whom = `aud must be one of ${audiences.join(', ')}`;

test.for([
  ['for nobody', { aud: undefined }, whom],
  ['for another server', { aud: 'https://elsewhere.example/token' }, whom],
  ['for another path of this one', { aud: 'https://voice.example/' }, whom],
  ['for a list without us', { aud: [] }, whom],
  ['that has expired', { exp: 0 }, 'exp is 0 s ago'],
  ['without an end', { exp: undefined }, 'exp must be a number of seconds'],
  ['whose end is a text', { exp: '3600' }, 'exp must be a number of seconds'],
  ['that is good for a day', { exp: 86_400 }, 'exp is more than 3600 s ahead'],
  ['of tomorrow', { iat: 3000 }, 'iat must be a number of seconds, and not ahead'],
  ['not good before tomorrow', { nbf: 3000 }, 'nbf must be a number of seconds, and not ahead'],
  ['for somebody else', { sub: 'boss@shop.example' }, 'sub must be the same as iss, or not there'],
] as const)('an assertion %s is refused, and its signer is told why', ([, claims, refused]) => {
  expect(withAccount(new VirtualClock(0)).ask(claims)).toEqual({ refused });
});

test('an assertion that has an id is good for one time, until it would have expired', async () => {
  const clock = new VirtualClock(0);
  const { ask } = withAccount(clock);
  expect(ask({ jti: 'one' })).toEqual(granted);
  expect(ask({ jti: 'one' })).toEqual({ refused: 'jti has been used before' });
  expect(ask({ jti: 'one', exp: 3000 })).toEqual({ refused: 'jti has been used before' });
  expect(ask({ jti: 'two' })).toEqual(granted);
  await clock.advance(3_600_000);
  expect(ask({ jti: 'one', iat: 3600, exp: 7200 })).toEqual(granted);
});

test('an assertion without an id may come twice: two processes may make the same one in the same second', () => {
  const { ask } = withAccount(new VirtualClock(0));
  expect([ask({}), ask({})]).toEqual([granted, granted]);
});

test('an id that was refused for another reason is not used up', () => {
  const { ask } = withAccount(new VirtualClock(0));
  ask({ jti: 'one', aud: 'https://elsewhere.example/token' });
  expect(ask({ jti: 'one' })).toEqual(granted);
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
