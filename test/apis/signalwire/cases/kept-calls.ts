/** New calls as they are kept: for tests of what they were told. */
import { expect } from 'vitest';
import type { CallOptions, CallRecord } from '../../../../src/records/call.ts';
import { idOf } from '../../../../src/vendors/signalwire/sids.ts';
import { type Api, app } from '../api.ts';
import { done, expectRefused } from '../case.ts';
import { newCall } from './calls.ts';

export type Form = Record<string, string>;

/** A call that is made with this, as it is kept. */
export async function kept(api: Api, form: Form | [string, string][] = {}): Promise<CallRecord> {
  const pairs = Array.isArray(form) ? [...Object.entries(newCall()), ...form] : newCall(form);
  const { sid } = await done(api, 'POST', '/Calls', { form: pairs });
  return api.store.call(idOf(sid!)!)!;
}

export const optionsOf = async (api: Api, form?: Form | [string, string][]): Promise<CallOptions> =>
  (await kept(api, form)).options!;

export async function refused(api: Api, form: Form, code: number, status = 400): Promise<void> {
  const answer = await api.ask('POST', `${api.base}/Calls`, { form: newCall(form) });
  expect([JSON.stringify(form).slice(0, 90), (answer.body as { code: number }).code]).toEqual([
    JSON.stringify(form).slice(0, 90),
    code,
  ]);
  expectRefused(answer, { status, code });
}

export const detection = { MachineDetection: 'Enable' };
export const amd = { ...detection, AsyncAmd: 'true', AsyncAmdStatusCallback: `${app}/amd` };
export const recorded = { Record: 'true', RecordingStatusCallback: `${app}/recorded` };
