import { expect } from 'vitest';
import { routes } from '../../../../src/apis/enfonica/routes.ts';
import { callsPath, make } from '../call-fields.ts';
import { type Case, expectRefused, notFound, permissionDenied, refuses, shows } from '../case.ts';

const unauthenticated = { code: 401, status: 'UNAUTHENTICATED' };

const pathOf = (path: string) =>
  `/v1beta1${path
    .replaceAll('::', ':')
    .replace(/:project\b/, 'demo')
    .replace(/(?<=\/):\w+(?:\([^)]*\))?/g, 'some-id')}`;

/** Each of them, before anything else about the request is looked at. */
const everyRoute: Case[] = routes.flatMap(({ id, method, path, permission }) => [
  refuses(`${id} token`, 'refuses whoever has no token', [method, pathOf(path), { as: null }], unauthenticated),
  ...(permission === undefined
    ? []
    : [
        refuses(`${id} permission`, `needs the permission ${permission}`, [method, pathOf(path), { as: 'nobody' }], {
          ...permissionDenied,
          message: new RegExp(permission.replaceAll('.', '\\.')),
        }),
      ]),
]);

const everyForeign: Case[] = routes
  .filter(({ path }) => path.includes(':project'))
  .map(({ id, method, path }) => {
    const isNamed = path.replace(':project', '').includes('/:');
    return shows(`${id} other-project`, 'says the same of another project as of none', async (api) => {
      for (const project of ['other', 'no-such-project']) {
        const asked = pathOf(path).replace('/demo', `/${project}`);
        expectRefused(await api.ask(method, asked), isNamed ? notFound : permissionDenied);
      }
    });
  });

export const access = [
  ...everyRoute,
  ...everyForeign,
  shows('api token-scheme', 'takes Bearer in any case, and no other scheme', async (api) => {
    const asked = async (authorization: string) =>
      (await api.ask('GET', callsPath, { as: null, headers: { authorization } })).status;
    expect(await asked('bearer demo')).toBe(200);
    for (const header of [
      'demo',
      'Basic ZGVtbzpkZW1v',
      'Bearer',
      'Bearer demo demo',
      'Bearer wrong',
      'Bearer __proto__',
    ])
      expect(await asked(header), header).toBe(401);
  }),
  shows('api token-long', 'refuses a token that is longer than any', async (api) =>
    expectRefused(await api.ask('GET', callsPath, { as: 'x'.repeat(12_000) }), unauthenticated),
  ),
  shows('api token-challenge', 'says how to authenticate', async (api) => {
    expect((await api.ask('GET', callsPath, { as: null })).headers.get('www-authenticate')).toBe('Bearer');
  }),
  refuses('api unknown-path', 'answers 404 in the envelope', ['GET', '/v1beta1/nothing/here'], notFound),
  refuses(
    'api unknown-path-token',
    'tells nobody without a token what there is',
    ['GET', '/v1beta1/nothing', { as: null }],
    unauthenticated,
  ),
  refuses('api unreadable-path', 'answers broken percent-encoding in the envelope', ['GET', `${callsPath}/%zz`], {
    code: 400,
    status: 'INVALID_ARGUMENT',
  }),
  refuses(
    'api unreadable-path-token',
    'asks for a token before it looks at the path',
    ['GET', `${callsPath}/%zz`, { as: null }],
    unauthenticated,
  ),
  refuses('api long-path', 'answers an id of any length in the envelope', ['GET', `${callsPath}/${'x'.repeat(500)}`], {
    code: 400,
    status: 'INVALID_ARGUMENT',
  }),
  shows('api method', 'answers 405 in the envelope, and says what is possible', async (api) => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const answer = await api.ask(method, callsPath);
      expectRefused(answer, { code: 405, status: 'UNIMPLEMENTED' });
      expect(answer.headers.get('allow')).toBe('POST, GET');
    }
  }),
  refuses(
    'api method-token',
    'asks for a token before it looks at the method',
    ['PUT', callsPath, { as: null }],
    unauthenticated,
  ),
  ...['..%2f..%2fetc%2fpasswd', '%00', "' OR '1'='1", '%F0%9F%98%80', '-', '*', '__proto__', 'constructor'].map((id) =>
    refuses(`calls.get hostile ${id}`, `finds no call ${id}`, ['GET', `${callsPath}/${id}`], notFound),
  ),
  shows('calls.get other-call', 'finds no call of another project under its own', async (api) => {
    const theirs = await make(api, {}, 'other');
    expectRefused(await api.ask('GET', `/v1beta1/${theirs}`), notFound);
    expectRefused(await api.ask('GET', `/v1beta1/${theirs.replace('other', 'demo')}`), notFound);
  }),
];
