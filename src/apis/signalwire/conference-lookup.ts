import type { ConferenceRecord, ParticipantRecord } from '../../records/conference.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { idIn } from './lookup.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked } from './route.ts';

export function conferenceOf(asked: Asked): ConferenceRecord {
  const record = asked.context.engine.conferences.get(asked.project, idIn(asked, 'conference'));
  if (!record) throw notFound('the conference');
  return record;
}

/** Somebody who is, or was, in a conference, by the sid of the call or by the label. */
function participantNamed(
  { context, project }: Asked,
  conference: string,
  named: string,
): ParticipantRecord | undefined {
  const { conferences } = context.engine;
  const call = idOf(named);
  return call === undefined
    ? conferences.labelled(project, conference, named)
    : conferences.participant(project, conference, call);
}

/** The one that the path names. */
export function participantOf(asked: Asked): ParticipantRecord {
  const record = participantNamed(asked, conferenceOf(asked).id, asked.sid('call'));
  if (!record) throw notFound('the participant');
  return record;
}

/** Whom somebody is to coach: the call of a participant who is in the conference now. */
export function coached(asked: Asked, conference: string, named: string): string {
  const found = participantNamed(asked, conference, named);
  if (found?.state !== 'inProgress') throw new Refusal(16002, 'CallSidToCoach is nobody who is in the conference');
  return found.call;
}
