import type { ConferenceRecord, ParticipantRecord } from '../../records/conference.ts';
import {
  type ConferenceQuery,
  isWantedConference,
  isWantedParticipant,
  type ParticipantQuery,
} from '../conferences.ts';
import { newestFirst } from './newest-first.ts';

/** Conferences and who was in them. */
export class Conferences {
  readonly conferences = new Map<string, ConferenceRecord>();
  readonly participants = new Map<string, ParticipantRecord>();

  find(query: ConferenceQuery): ConferenceRecord[] {
    return newestFirst(this.conferences.values(), query, (one) => isWantedConference(one, query));
  }

  findParticipants(query: ParticipantQuery): ParticipantRecord[] {
    return newestFirst(this.participants.values(), query, (one) => isWantedParticipant(one, query));
  }

  unended(): ConferenceRecord[] {
    return [...this.conferences.values()].filter(({ state }) => state !== 'completed');
  }
}
