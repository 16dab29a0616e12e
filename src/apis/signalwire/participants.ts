/** Who is in a conference: shown, listed, changed, taken out (LaML 6.5). */
import type { ParticipantChange } from '../../journal/act.ts';
import type { ParticipantRecord } from '../../records/conference.ts';
import { toParticipantJson } from '../../vendors/signalwire/room-json.ts';
import { coached, conferenceOf, participantOf } from './conference-lookup.ts';
import { listed } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';
import { routesOf } from './routes-of.ts';

const { list, get, update, remove } = routesOf({
  id: 'participants',
  path: '/Conferences/:conference/Participants',
  one: 'a participant',
  permission: 'voice.conferences',
  component: 'Participant',
  named: 'call',
});

/** Whom to coach needs both; without `Coaching` it goes on as it is. */
function coachOf(asked: Asked, conference: string): Pick<ParticipantChange, 'coach'> {
  const { form } = asked;
  const coaching = form.flag('Coaching');
  const sid = form.text('CallSidToCoach');
  if (coaching === false) return { coach: null };
  if (coaching === undefined && sid === undefined) return {};
  if (!coaching || sid === undefined)
    throw new Refusal(16002, 'Coaching and CallSidToCoach are needed together: whom to speak to');
  return { coach: coached(asked, conference, sid) };
}

function changeOf(asked: Asked, conference: string): ParticipantChange {
  const { form } = asked;
  const [muted, held] = [form.flag('Muted'), form.flag('Hold')];
  // The one URL that is asked by GET unless told otherwise (LaML 13, 17).
  const holdFrom = form.asked('HoldUrl', { method: 'HoldMethod', otherwise: 'GET' });
  const announce = form.asked('AnnounceUrl', { method: 'AnnounceMethod' });
  const waitFrom = form.asked('WaitUrl', { method: 'WaitMethod' });
  const [ends, beepOnExit] = [form.flag('EndConferenceOnExit'), form.flag('BeepOnExit')];
  return {
    ...(muted !== undefined && { muted }),
    ...(held !== undefined && { held }),
    ...(holdFrom && { holdFrom }),
    ...(announce && { announce }),
    ...(waitFrom && { waitFrom }),
    ...(ends !== undefined && { ends }),
    ...(beepOnExit !== undefined && { beepOnExit }),
    ...coachOf(asked, conference),
  };
}

export const participants = [
  list({
    permission: 'voice.conferences.get',
    summary: 'Lists who is in a conference, the newest first',
    parameters: {
      Muted: 'true or false.',
      Hold: 'true or false.',
      Coaching: 'true or false.',
    },
    answer: (asked) => {
      const { context, project, form, sids } = asked;
      const conference = conferenceOf(asked).id;
      const which = { muted: form.flag('Muted'), held: form.flag('Hold'), coaching: form.flag('Coaching') };
      return listed<ParticipantRecord>(asked, {
        key: 'participants',
        find: (piece) =>
          context.engine.conferences.participants({ project, conference, state: 'inProgress', ...which, ...piece }),
        show: (record) => toParticipantJson(record, sids),
      });
    },
  }),
  get({
    summary: 'Shows who is, or was, in a conference, by the sid of the call or by the label',
    answer: (asked) => toParticipantJson(participantOf(asked), asked.sids),
  }),
  update({
    summary: 'Changes how somebody is in a conference',
    parameters: {
      Muted: 'true: nobody hears them.',
      Hold: 'true: they hear HoldUrl, or music, and nobody hears them.',
      HoldUrl: 'Asked for what they hear meanwhile.',
      HoldMethod: 'GET (unless given) or POST.',
      AnnounceUrl: 'Asked for what they hear, they alone.',
      AnnounceMethod: 'GET or POST (unless given).',
      Coaching: 'true: only CallSidToCoach hears them.',
      CallSidToCoach: 'The sid, or the label, of another call in the conference.',
      WaitUrl: 'Asked for what they hear until it begins.',
      WaitMethod: 'GET or POST (unless given).',
      BeepOnExit: 'true: the others hear a beep when they leave.',
      EndConferenceOnExit: 'true: the conference ends when they leave.',
    },
    answer: async (asked) => {
      const { engine } = asked.context;
      const { conference, call } = participantOf(asked);
      const change = changeOf(asked, conference);
      const changed = engine.conferences.change(asked.project, conference, call, change);
      if (!changed) throw notFound('the participant, in the conference now,');
      await engine.committed();
      return toParticipantJson(changed, asked.sids);
    },
  }),
  remove({
    permission: 'voice.conferences.update',
    summary: 'Takes somebody out of a conference: their call goes on behind it',
    answer: async (asked) => {
      const { engine } = asked.context;
      const { conference, call } = participantOf(asked);
      if (!engine.conferences.remove(asked.project, conference, call)) throw notFound('the participant');
      await engine.committed();
    },
  }),
];
