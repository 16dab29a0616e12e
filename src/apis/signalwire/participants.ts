/** Who is in a conference: shown, listed, changed, taken out (LaML 6.5). */
import type { ParticipantChange } from '../../journal.ts';
import type { ParticipantRecord } from '../../records.ts';
import { toParticipantJson } from '../../vendors/signalwire/room-json.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { conferenceOf } from './conference-lookup.ts';
import { given, pageOf } from './gives.ts';
import { idIn } from './lookup.ts';
import { listed, pageParameters } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

const collection = '/Accounts/:account/Conferences/:conference/Participants';
const path = `${collection}/:call`;

function participantOf(asked: Asked): ParticipantRecord {
  const { id } = conferenceOf(asked);
  const record = asked.context.engine.conferences.participant(asked.project, id, idIn(asked, 'call'));
  if (!record) throw notFound('the participant');
  return record;
}

const list: Route = {
  id: 'participants.list',
  method: 'GET',
  path: collection,
  permission: 'voice.conferences.get',
  summary: 'Lists who is in a conference, the newest first',
  parameters: {
    Muted: 'true or false.',
    Hold: 'true or false.',
    Coaching: 'true or false.',
    ...pageParameters,
  },
  answers: 'A page of `participants`.',
  gives: pageOf('participants', 'Participant'),
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
};

const get: Route = {
  id: 'participants.get',
  method: 'GET',
  path,
  permission: 'voice.conferences.get',
  summary: 'Shows who is, or was, in a conference',
  answers: 'The participant.',
  gives: given('Participant'),
  answer: (asked) => toParticipantJson(participantOf(asked), asked.sids),
};

/** Whom to coach needs both; without `Coaching` it goes on as it is. */
function coachOf({ form }: Asked): Pick<ParticipantChange, 'coach'> {
  const coaching = form.flag('Coaching');
  const sid = form.text('CallSidToCoach');
  if (coaching === false) return { coach: null };
  if (coaching === undefined && sid === undefined) return {};
  const coach = sid === undefined ? undefined : idOf(sid);
  if (!coaching || coach === undefined)
    throw new Refusal(16002, 'Coaching and CallSidToCoach are needed together: whom to speak to');
  return { coach };
}

function changeOf(asked: Asked): ParticipantChange {
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
    ...coachOf(asked),
  };
}

const update: Route = {
  id: 'participants.update',
  method: 'POST',
  path,
  permission: 'voice.conferences.update',
  summary: 'Changes how somebody is in a conference',
  parameters: {
    Muted: 'true: nobody hears them.',
    Hold: 'true: they hear HoldUrl, or music, and nobody hears them.',
    HoldUrl: 'Asked for what they hear meanwhile.',
    HoldMethod: 'GET (unless given) or POST.',
    AnnounceUrl: 'Asked for what they hear, they alone.',
    AnnounceMethod: 'GET or POST (unless given).',
    Coaching: 'true: only CallSidToCoach hears them.',
    CallSidToCoach: 'A call in the conference.',
    WaitUrl: 'Asked for what they hear until it begins.',
    WaitMethod: 'GET or POST (unless given).',
    BeepOnExit: 'true: the others hear a beep when they leave.',
    EndConferenceOnExit: 'true: the conference ends when they leave.',
  },
  answers: 'The participant.',
  gives: given('Participant'),
  answer: async (asked) => {
    const { engine } = asked.context;
    const { conference, call } = participantOf(asked);
    const change = changeOf(asked);
    const changed = engine.conferences.change(asked.project, conference, call, change);
    if (!changed) throw notFound('the participant, in the conference now,');
    await engine.committed();
    return toParticipantJson(changed, asked.sids);
  },
};

const remove: Route = {
  id: 'participants.delete',
  method: 'DELETE',
  path,
  permission: 'voice.conferences.update',
  summary: 'Takes somebody out of a conference: their call goes on behind it',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    const { engine } = asked.context;
    const { conference, call } = participantOf(asked);
    if (!engine.conferences.remove(asked.project, conference, call)) throw notFound('the participant');
    await engine.committed();
  },
};

export const participants = [list, get, update, remove];
