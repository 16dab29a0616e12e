import type { Instant } from '../records/call.ts';
import type { ConferenceRecord, ParticipantRecord } from '../records/conference.ts';
import type { Page } from './store.ts';

/** From an instant on, until before another one. */
export interface Between {
  from?: Instant | undefined;
  before?: Instant | undefined;
}

export interface ConferenceQuery extends Page {
  project: string;
  name?: string | undefined;
  state?: ConferenceRecord['state'] | undefined;
  created?: Between | undefined;
  updated?: Between | undefined;
}

export interface ParticipantQuery extends Page {
  project: string;
  conference: string;
  call?: string | undefined;
  state?: ParticipantRecord['state'] | undefined;
  muted?: boolean | undefined;
  held?: boolean | undefined;
  coaching?: boolean | undefined;
  label?: string | undefined;
}

const isBetween = (at: Instant, { from, before }: Between = {}): boolean =>
  at >= (from ?? Number.NEGATIVE_INFINITY) && at < (before ?? Number.POSITIVE_INFINITY);

const isOf = <T>(value: T, wanted: T | undefined): boolean => wanted === undefined || value === wanted;

/** Whether a conference is one of those wanted. */
export const isWantedConference = (
  { project, name, state, createTime, updateTime }: ConferenceRecord,
  query: ConferenceQuery,
): boolean =>
  project === query.project &&
  isOf(name, query.name) &&
  isOf(state, query.state) &&
  isBetween(createTime, query.created) &&
  isBetween(updateTime, query.updated);

/** Whether a participant is one of those wanted. */
export const isWantedParticipant = (
  { project, conference, call, state, muted, held, coach, label }: ParticipantRecord,
  query: ParticipantQuery,
): boolean =>
  project === query.project &&
  conference === query.conference &&
  isOf(call, query.call) &&
  isOf(state, query.state) &&
  isOf(muted, query.muted) &&
  isOf(held, query.held) &&
  isOf(coach !== undefined, query.coaching) &&
  isOf(label, query.label);
