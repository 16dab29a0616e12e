/** Calls in every state, for tests of what can be done to them and what is shown of them. */
import { expect } from 'vitest';
import type { Phone } from '../../../../src/telephony/simulated/script.ts';
import { type Api, somebody } from '../api.ts';
import { done } from '../case.ts';
import { newCall, status } from './calls.ts';

export type Shown = Record<string, unknown>;

export const shown = async (api: Api, sid: string): Promise<Shown> => done(api, 'GET', `/Calls/${sid}`);

export const fetched = (call: Shown, ...names: string[]) => Object.fromEntries(names.map((name) => [name, call[name]]));
/** At so many seconds after nine. */
export const at = (seconds: number) => `Thu, 01 Jan 2026 09:00:${String(seconds).padStart(2, '0')} +0000`;

/** Calls that stand so, by the seconds that pass until then. */
export const standing: Readonly<
  Record<string, { phone?: Phone; more?: Record<string, string>; seconds: number; status: string }>
> = {
  queued: { seconds: 0, status: 'queued' },
  ringing: { phone: { answers: 60 }, seconds: 3, status: 'ringing' },
  'in-progress': { seconds: 10, status: 'in-progress' },
  completed: { more: { TimeLimit: '1' }, seconds: 10, status: 'completed' },
  busy: { phone: { busy: true }, seconds: 10, status: 'busy' },
  'no-answer': { phone: { answers: false }, more: { Timeout: '5' }, seconds: 10, status: 'no-answer' },
  failed: { phone: { invalid: true }, seconds: 10, status: 'failed' },
};

/** A call that stands so. */
export async function callThat(api: Api, stands: string): Promise<string> {
  const { phone, more, seconds, status: expected } = standing[stands]!;
  if (phone) api.phones[somebody] = phone;
  if (stands === 'queued') api.limits.concurrent = 0;
  const { sid } = await done(api, 'POST', '/Calls', { form: newCall(more) });
  await api.pass(seconds * 1_000);
  expect(await status(api, sid!)).toBe(expected);
  return sid!;
}
