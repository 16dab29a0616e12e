import type { Conference } from '../verbs/conference.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Instant } from './call.ts';

/** Calls that hear each other under a name. */
export interface ConferenceRecord {
  id: string;
  project: string;
  dialect: string;
  /** That of the call that was the first in it. */
  family: string;
  /** Unique in the project among those that have not ended. */
  name: string;
  state: 'init' | 'inProgress' | 'completed';
  createTime: Instant;
  startTime?: Instant;
  endTime?: Instant;
  updateTime: Instant;
  max?: number;
  /** Who hears what happens in it. */
  events?: Conference['events'];
  /** Told when its recording is there. */
  ended?: HandlerUrl;
  /** Ids, in the order in which they began. */
  recordings: readonly string[];
  /** How many events it has had: they are numbered from 1. */
  count: number;
  endReason?: ConferenceEnd;
  /** The call whose leaving has ended it. */
  endedBy?: string;
}

/** `lost`: the process that held it has ended. */
export type ConferenceEnd = 'api' | 'enderLeft' | 'enderRemoved' | 'lastLeft' | 'lastRemoved' | 'lost';

/** A call in a conference. */
export interface ParticipantRecord {
  id: string;
  conference: string;
  call: string;
  project: string;
  dialect: string;
  /** That of the conference. */
  family: string;
  state: 'inProgress' | 'completed';
  muted: boolean;
  held: boolean;
  /** The call to whom alone it speaks. */
  coach?: string;
  starts: boolean;
  ends: boolean;
  beepOnExit: boolean;
  label?: string;
  createTime: Instant;
  updateTime: Instant;
}
