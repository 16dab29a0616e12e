/** What the cases of recordings share. */
import { expect } from 'vitest';
import { type Api, app } from '../api.ts';
import { done } from '../case.ts';
import { talking } from './calls.ts';

export type Shown = Record<string, string | number | null>;

export const sidsOf = ({ recordings }: Record<string, unknown>) =>
  (recordings as { sid: string }[]).map(({ sid }) => sid);

/** Two calls that talk in a conference. */
export async function meeting(api: Api, attributes = ''): Promise<{ conference: string; calls: [string, string] }> {
  api.documents['/room'] = `<Response><Dial><Conference ${attributes}>Room</Conference></Dial></Response>`;
  const calls: [string, string] = [
    await talking(api, { Url: `${app}/room` }),
    await talking(api, { Url: `${app}/room`, To: '+15550100098' }),
  ];
  const { conferences } = await done(api, 'GET', '/Conferences');
  return { conference: (conferences as unknown as { sid: string }[])[0]!.sid, calls };
}

export async function only(api: Api): Promise<Shown> {
  const { recordings } = await done(api, 'GET', '/Recordings');
  const [one, ...others] = recordings as unknown as Shown[];
  expect(others).toEqual([]);
  return one!;
}

export const leave = (attributes: string) =>
  `<Response><Record playBeep="false" action="${app}/hold" ${attributes}/></Response>`;
