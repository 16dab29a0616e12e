/** Conferences: shown, listed, ended, spoken to (LaML 6.5). */
import type { ConferenceRecord } from '../../records/conference.ts';
import { conferenceStatus, toConferenceJson } from '../../vendors/signalwire/room-json.ts';
import { conferenceOf } from './conference-lookup.ts';
import { between } from './date-filter.ts';
import { listed } from './paging.ts';
import { invalid } from './refusal.ts';
import { routesOf } from './routes-of.ts';

const states = ['init', 'in-progress', 'completed'] as const;

const { list, get, update } = routesOf({
  id: 'conferences',
  path: '/Conferences',
  one: 'a conference',
  permission: 'voice.conferences',
  component: 'Conference',
});

export const conferences = [
  list({
    parameters: {
      DateCreated: 'The day on which it was made; `DateCreated<` and `DateCreated>` are until and since.',
      DateUpdated: 'The same of its last change.',
      FriendlyName: 'Its name.',
      Status: states.join(', '),
    },
    answer: (asked) => {
      const { context, project, form, sids } = asked;
      const status = form.choice('Status', states, 10000);
      const found = {
        project,
        name: form.text('FriendlyName'),
        state: (['init', 'inProgress', 'completed'] as const).find((state) => conferenceStatus[state] === status),
        created: between(form, 'DateCreated'),
        updated: between(form, 'DateUpdated'),
      };
      return listed<ConferenceRecord>(asked, {
        key: 'conferences',
        find: (piece) => context.engine.conferences.find({ ...found, ...piece }),
        show: (record) => toConferenceJson(record, sids),
      });
    },
  }),
  get({
    answer: async (asked) => {
      const conference = conferenceOf(asked);
      await asked.context.engine.committed();
      return toConferenceJson(conference, asked.sids);
    },
  }),
  update({
    summary: 'Ends a conference, or has a document heard by everybody in it',
    parameters: {
      Status: 'completed.',
      AnnounceUrl: 'Asked for what everybody is to hear.',
      AnnounceMethod: 'GET or POST (unless given).',
    },
    answer: async (asked) => {
      const { context, project, form, sids } = asked;
      const { id, state } = conferenceOf(asked);
      const status = form.choice('Status', ['completed'], 21475);
      const from = form.asked('AnnounceUrl', { method: 'AnnounceMethod' });
      if (state === 'completed') throw invalid('the conference has ended');
      const { conferences, committed } = context.engine;
      if (from) conferences.act(project, id, { type: 'announce', from });
      if (status !== undefined) conferences.act(project, id, { type: 'end' });
      await committed();
      return toConferenceJson(context.store.conference(id) ?? conferenceOf(asked), sids);
    },
  }),
];
