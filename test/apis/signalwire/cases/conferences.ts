/** Conferences over their life, and as they are found. */
import { expect } from 'vitest';
import { app } from '../api.ts';
import { type Case, done, expectRefused, missing, shows } from '../case.ts';
import { entering, meeting, room } from './in-conference.ts';

export const conferenceCases: Case[] = [
  shows(
    'conferences.get life',
    'shows a conference before it begins, while it goes on, and when it is over',
    async (api) => {
      api.documents['/over'] = '<Response><Pause length="600"/></Response>';
      const changing = ({ status, date_created, date_updated, ...its }: Record<string, unknown>) => [
        status,
        ...[date_created, date_updated].map((date) => String(date).slice(17, 25)),
        its.reason_conference_ended,
        its.call_sid_ending_conference,
      ];
      const first = await entering(api, room('startConferenceOnEnter="false"'));
      const [{ sid } = { sid: '' }] = (await done(api, 'GET', '/Conferences?Status=init')).conferences as unknown as {
        sid: string;
      }[];
      const stations = [changing(await done(api, 'GET', `/Conferences/${sid}`))];
      const second = await entering(api, room('endConferenceOnExit="true"'));
      stations.push(changing(await done(api, 'GET', `/Conferences/${sid}.json`)));
      await done(api, 'DELETE', `/Conferences/${sid}/Participants/${second}`);
      stations.push(changing(await done(api, 'GET', `/Conferences/${sid}`)));
      expect(stations).toEqual([
        ['init', '09:00:02', '09:00:02', null, null],
        ['in-progress', '09:00:02', '09:00:12', null, null],
        ['completed', '09:00:02', '09:00:20', 'participant-with-end-conference-on-exit-kicked', second],
      ]);
      expect((await done(api, 'GET', `/Conferences/${sid}/Participants`)).participants).toEqual([]);
      expect(await done(api, 'GET', `/Conferences/${sid}/Participants/${first}`)).toMatchObject({
        status: 'completed',
      });
      for (const form of [{ Status: 'completed' }, { AnnounceUrl: `${app}/all` }, {}] as Record<string, string>[])
        expectRefused(await api.ask('POST', `${api.base}/Conferences/${sid}`, { form }), { status: 400, code: 10000 });
      for (const form of [{ Muted: 'true' }, { Hold: 'true' }] as Record<string, string>[])
        expectRefused(await api.ask('POST', `${api.base}/Conferences/${sid}/Participants/${first}`, { form }), missing);
      await entering(api, room(''));
      const { conferences } = await done(api, 'GET', '/Conferences');
      expect((conferences as unknown as { sid: string }[]).map((one) => one.sid === sid)).toEqual([false, true]);
    },
  ),
  shows(
    'conferences.list days',
    'finds conferences by the days of their making and of their last change',
    async (api) => {
      const yesterday = await meeting(api);
      await done(api, 'POST', `/Conferences/${yesterday.sid}`, { form: { Status: 'completed' } });
      await api.pass(24 * 60 * 60 * 1_000);
      const today = await meeting(api);
      const found = async (query: string) =>
        ((await done(api, 'GET', `/Conferences?${query}`)).conferences as unknown as { sid: string }[]).map(
          (one) => one.sid,
        );
      for (const date of ['DateCreated', 'DateUpdated']) {
        expect(await found(`${date}=2026-01-01`)).toEqual([yesterday.sid]);
        expect(await found(`${date}=2026-01-02`)).toEqual([today.sid]);
        expect(await found(`${date}%3E=2026-01-02`)).toEqual([today.sid]);
        expect(await found(`${date}%3C=2026-01-01`)).toEqual([yesterday.sid]);
        expect(await found(`${date}%3E=2026-01-01&${date}%3C=2026-01-02`)).toEqual([today.sid, yesterday.sid]);
        expectRefused(await api.ask('GET', `${api.base}/Conferences?${date}=today`), { status: 400, code: 10000 });
      }
      expect(await found('FriendlyName=Room%201&Status=completed')).toEqual([yesterday.sid]);
      expect(await found('FriendlyName=Room')).toEqual([]);
      const first = await done(api, 'GET', '/Conferences?PageSize=1&FriendlyName=Room%201');
      const { body } = await api.ask('GET', api.url + first.next_page_uri);
      expect(body).toMatchObject({ conferences: [{ sid: yesterday.sid }], page: 1, page_size: 1, next_page_uri: null });
    },
  ),
  ...(
    [
      ['', { AnnounceUrl: 'x' }, 21402],
      ['', { AnnounceUrl: app, AnnounceMethod: 'PUT' }, 21209],
      ['', { Status: 'in-progress' }, 21475],
      ['/Participants/bob.smith', { Muted: 'x' }, 10000],
      ['/Participants/bob.smith', { Hold: '1' }, 10000],
      ['/Participants/bob.smith', { HoldUrl: 'x' }, 21402],
      ['/Participants/bob.smith', { HoldUrl: app, HoldMethod: 'x' }, 21209],
      ['/Participants/bob.smith', { AnnounceUrl: 'ftp://x' }, 21402],
      ['/Participants/bob.smith', { AnnounceUrl: app, AnnounceMethod: 'x' }, 21209],
      ['/Participants/bob.smith', { WaitUrl: 'x' }, 21402],
      ['/Participants/bob.smith', { WaitUrl: app, WaitMethod: 'x' }, 21209],
      ['/Participants/bob.smith', { BeepOnExit: 'x' }, 10000],
      ['/Participants/bob.smith', { EndConferenceOnExit: 'x' }, 10000],
      ['/Participants/bob.smith', { Coaching: 'x' }, 10000],
    ] as [string, Record<string, string>, number][]
  ).map(([below, form, code]) => {
    const [id, what] = below === '' ? ['conferences', 'a conference'] : ['participants', 'a participant'];
    return shows(
      `${id}.update bad ${Object.entries(form).flat().join(' ')}`,
      `changes nothing of ${what} then`,
      async (api) => {
        const { sid } = await meeting(api);
        const path = `/Conferences/${sid}${below}`;
        const before = await done(api, 'GET', path);
        expectRefused(await api.ask('POST', api.base + path, { form }), { status: 400, code });
        expect(await done(api, 'GET', path)).toEqual(before);
      },
    );
  }),
];
