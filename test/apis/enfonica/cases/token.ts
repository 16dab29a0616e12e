import { expect } from 'vitest';
import type { Answer, Api } from '../api.ts';
import { callsPath } from '../call-fields.ts';
import { type Case, done, shows } from '../case.ts';

const grant = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

const ask = (api: Api, form: Record<string, string>): Promise<Answer> =>
  api.ask('POST', '/token', {
    as: null,
    raw: new URLSearchParams(form).toString(),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });

const refusals: readonly [says: string, form: Record<string, string>, error: string][] = [
  ['another grant', { grant_type: 'password', assertion: 'a.good.assertion' }, 'unsupported_grant_type'],
  ['no grant', { assertion: 'a.good.assertion' }, 'unsupported_grant_type'],
  ['no assertion', { grant_type: grant }, 'invalid_request'],
  ['an assertion that is not valid', { grant_type: grant, assertion: 'a.bad.assertion' }, 'invalid_grant'],
];

export const token: Case[] = [
  shows('token good', 'gives a token for the assertion of a service account', async (api) => {
    const answer = await ask(api, { grant_type: grant, assertion: 'a.good.assertion' });
    expect([answer.status, answer.body]).toEqual([
      200,
      { access_token: 'demo', token_type: 'Bearer', expires_in: 3600 },
    ]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    await done(api, 'GET', callsPath, { as: (answer.body as { access_token: string }).access_token });
  }),
  ...refusals.map(([says, form, error]) =>
    shows(`token ${error} ${says}`, `refuses ${says}`, async (api) => {
      const answer = await ask(api, form);
      expect([answer.status, answer.body]).toEqual([400, { error, error_description: expect.any(String) }]);
    }),
  ),
  shows('token audience', 'is itself under its public and its local address, and the vendor', async (api) => {
    const { body } = await ask(api, { grant_type: grant, assertion: 'what.audiences.are' });
    const { port } = new URL(api.url);
    expect((body as { error_description: string }).error_description.split(': ').at(-1)?.split(' ')).toEqual([
      `http://127.0.0.1:${port}/token`,
      `http://localhost:${port}/token`,
      'https://oauth2.api.enfonica.com/token',
    ]);
  }),
  shows('token form', 'takes a form only', async (api) => {
    const body = { grant_type: grant, assertion: 'a.good.assertion' };
    expect((await api.ask('POST', '/token', { as: null, body })).status).toBe(400);
  }),
];
