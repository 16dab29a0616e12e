import type { ParticipantChange } from '../journal/act.ts';
import type { ParticipantRecord } from '../records/conference.ts';
import { held, muted, type Role, talking } from '../telephony/bridge.ts';
import type { Conference } from '../verbs/conference.ts';
import type { Background } from '../verbs/rooms.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';

/** A call in a conference that goes on. */
export interface Participant {
  call: LiveCall;
  record: ParticipantRecord;
  /** What it hears until the conference begins, and while it is held. */
  waitFrom: HandlerUrl | 'none' | undefined;
  holdFrom: HandlerUrl | undefined;
  speaking: boolean;
}

/** What is known of a call that enters. */
export function participantOf(
  call: LiveCall,
  { muted, beep, starts, ends, coach, label, waitFrom }: Conference,
  { id, conference, now, family }: { id: string; conference: string; now: number; family: string },
): Participant {
  const { project, dialect } = call.record;
  const record: ParticipantRecord = {
    id,
    conference,
    call: call.id,
    project,
    dialect,
    family,
    state: 'inProgress',
    muted,
    held: false,
    starts,
    ends,
    beepOnExit: beep === 'both' || beep === 'exit',
    ...(coach !== undefined && { coach }),
    ...(label !== undefined && { label }),
    createTime: now,
    updateTime: now,
  };
  return { call, record, waitFrom, holdFrom: undefined, speaking: false };
}

/** Whom it hears, and who hears it. */
export function roleOf({ record }: Participant): Role {
  if (record.held) return held;
  if (record.muted) return muted;
  return record.coach === undefined ? talking : { speaksTo: [record.coach], hears: 'all' };
}

/** What it hears of documents. */
export function backgroundOf({ record, holdFrom, waitFrom }: Participant, started: boolean): Background | undefined {
  if (record.held) return { purpose: 'hold', from: holdFrom ?? 'music' };
  return started || waitFrom === 'none' ? undefined : { purpose: 'lobby', from: waitFrom ?? 'music' };
}

/** The same record when nothing of this is changed in it. */
export function modified(record: ParticipantRecord, { coach, ends, beepOnExit }: ParticipantChange): ParticipantRecord {
  const { coach: before, ...without } = record;
  const target = coach === undefined ? before : (coach ?? undefined);
  const next = { ...without, ends: ends ?? record.ends, beepOnExit: beepOnExit ?? record.beepOnExit };
  if (target === before && next.ends === record.ends && next.beepOnExit === record.beepOnExit) return record;
  return target === undefined ? next : { ...next, coach: target };
}

export const sameRole = (one: Role, other: Role | undefined): boolean =>
  String(one.speaksTo) === String(other?.speaksTo) && String(one.hears) === String(other?.hears);
