import { CallflowError } from '../errors.ts';
import type { Act, ConferenceAct, ParticipantChange } from '../journal/act.ts';
import type { ConferenceRecord, ParticipantRecord } from '../records/conference.ts';
import type { ConferenceQuery, ParticipantQuery, Store } from '../store/store.ts';
import type { Conferences } from './conferences.ts';
import type { Ledger } from './ledger.ts';

/**
 * What somebody outside can know of the conferences of a project, and do to them. What is not there is undefined; a
 * conference that has ended is known, and nothing can be done to it: CONFERENCE_OVER.
 */
export interface ConferenceDesk {
  get(project: string, conference: string): ConferenceRecord | undefined;
  /** The newest first. */
  find(query: ConferenceQuery): readonly ConferenceRecord[];
  /** Ends it, makes something heard by everybody in it, records it, or pauses, resumes or stops one of its recordings. */
  act(project: string, conference: string, act: ConferenceAct): ConferenceRecord | undefined;
  /** As it is now, or was at last. */
  participant(project: string, conference: string, call: string): ParticipantRecord | undefined;
  /** Who is in it under this label, or was at last. */
  labelled(project: string, conference: string, label: string): ParticipantRecord | undefined;
  /** The newest first, those who have left too unless a state is given. */
  participants(query: ParticipantQuery): readonly ParticipantRecord[];
  /** Undefined unless the call is in the conference. Throws CONFERENCE_COACH. */
  change(project: string, conference: string, call: string, change: ParticipantChange): ParticipantRecord | undefined;
  /** Takes the call out: it goes on behind its conference. False unless it is in there. */
  remove(project: string, conference: string, call: string): boolean;
}

interface Parts {
  conferences: Conferences;
  store: Store;
  ledger: Ledger;
  act(call: string, act: Act): boolean;
}

/** The desk of an engine. */
export function conferenceDesk({ conferences, store, ledger, act }: Parts): ConferenceDesk {
  const get = (project: string, id: string): ConferenceRecord | undefined => {
    const record = conferences.find(id)?.record ?? store.conference(id);
    return record?.project === project ? record : undefined;
  };
  const present = (project: string, id: string, call: string): ParticipantRecord | undefined =>
    get(project, id) && conferences.find(id)?.participants.get(call)?.record;

  return {
    get,
    find: (query) => store.findConferences(query),
    act: (project, id, what) => {
      const record = get(project, id);
      if (!record) return undefined;
      let done = false;
      ledger.turn(() => {
        done = conferences.act(id, what);
      });
      if (!done) throw new CallflowError('CONFERENCE_OVER', `the conference ${JSON.stringify(record.name)} has ended`);
      return get(project, id) ?? record;
    },
    participant: (project, id, call) =>
      present(project, id, call) ?? store.findParticipants({ project, conference: id, call, limit: 1 })[0],
    labelled: (project, id, label) =>
      (get(project, id) && conferences.find(id)?.labelled(label)) ??
      store.findParticipants({ project, conference: id, label, limit: 1 })[0],
    participants: (query) => store.findParticipants(query),
    change: (project, id, call, change) => {
      if (!present(project, id, call)) return undefined;
      const { coach } = change;
      if (typeof coach === 'string' && (coach === call || !present(project, id, coach)))
        throw new CallflowError('CONFERENCE_COACH', 'whom it is to speak to is not in the conference');
      act(call, { type: 'act.participant', change });
      return present(project, id, call);
    },
    remove: (project, id, call) => present(project, id, call) !== undefined && act(call, { type: 'act.kick' }),
  };
}
