/** Conferences and queues as the API shows them (LaML 6.5, 6.6). */
import type { ConferenceRecord, ParticipantRecord } from '../../records/conference.ts';
import { endReasons } from './conference-callbacks.ts';
import { rfc2822, wholeSeconds } from './dates.ts';
import { apiVersion } from './parameters.ts';
import type { Spelling } from './spelling.ts';

export const conferenceStatus = { init: 'init', inProgress: 'in-progress', completed: 'completed' } as const;

export function toConferenceJson(conference: ConferenceRecord, sids: Spelling): object {
  const { id, name, state, createTime, updateTime, endReason, endedBy } = conference;
  const sid = sids.sid('conference', id);
  const uri = sids.uri(`/Conferences/${sid}`);
  return {
    sid,
    account_sid: sids.account,
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime),
    friendly_name: name,
    status: conferenceStatus[state],
    api_version: apiVersion,
    region: 'us1',
    uri: `${uri}.json`,
    reason_conference_ended: endReason === undefined ? null : endReasons[endReason],
    call_sid_ending_conference: endedBy === undefined ? null : sids.sid('call', endedBy),
    subresource_uris: { participants: `${uri}/Participants.json`, recordings: `${uri}/Recordings.json` },
  };
}

export function toParticipantJson(participant: ParticipantRecord, sids: Spelling): object {
  const { call, conference, coach, createTime, updateTime, state, label } = participant;
  const callSid = sids.sid('call', call);
  const conferenceSid = sids.sid('conference', conference);
  return {
    account_sid: sids.account,
    call_sid: callSid,
    call_sid_to_coach: coach === undefined ? null : sids.sid('call', coach),
    coaching: coach !== undefined,
    conference_sid: conferenceSid,
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime),
    status: state === 'inProgress' ? 'in-progress' : 'completed',
    end_conference_on_exit: participant.ends,
    muted: participant.muted,
    hold: participant.held,
    start_conference_on_enter: participant.starts,
    label: label ?? null,
    uri: sids.uri(`/Conferences/${conferenceSid}/Participants/${callSid}.json`),
  };
}

/** A queue, and how it stands with it. */
export interface QueueToShow {
  id: string;
  name: string;
  max?: number;
  size: number;
  averageMs: number;
  createTime: number;
  updateTime: number;
}

export function toQueueJson(queue: QueueToShow, sids: Spelling): object {
  const { id, name, max, size, averageMs, createTime, updateTime } = queue;
  const sid = sids.sid('queue', id);
  return {
    sid,
    account_sid: sids.account,
    friendly_name: name,
    max_size: max ?? null,
    current_size: size,
    average_wait_time: Math.round(averageMs / 1000),
    date_created: rfc2822(createTime),
    date_updated: rfc2822(updateTime),
    api_version: apiVersion,
    uri: sids.uri(`/Queues/${sid}.json`),
    subresource_uris: { members: sids.uri(`/Queues/${sid}/Members.json`) },
  };
}

/** A call that waits. */
export interface MemberToShow {
  queue: string;
  call: string;
  position: number;
  since: number;
  waitedMs: number;
}

export function toMemberJson({ queue, call, position, since, waitedMs }: MemberToShow, sids: Spelling): object {
  const queueSid = sids.sid('queue', queue);
  const callSid = sids.sid('call', call);
  return {
    call_sid: callSid,
    account_sid: sids.account,
    queue_sid: queueSid,
    date_enqueued: rfc2822(since),
    position,
    wait_time: Number(wholeSeconds(waitedMs)),
    member_type: 'laml_call',
    uri: sids.uri(`/Queues/${queueSid}/Members/${callSid}.json`),
  };
}
