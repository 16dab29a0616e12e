import type { ErrorCode } from '../errors.ts';
import type { ConferenceAct, ParticipantChange } from '../journal/act.ts';
import type { LeaveReason } from '../journal/journal.ts';
import type { ConferenceRecord } from '../records/conference.ts';
import type { RecordingRecord } from '../records/recording.ts';
import type { Conference as Entrance } from '../verbs/conference.ts';
import type { Rooms } from '../verbs/rooms.ts';
import { type ConferenceParts, LiveConference } from './conference.ts';
import type { LiveCall } from './live-call.ts';

type Entered = ReturnType<Rooms['confer']>;

const refused = (code: ErrorCode, reason: string) => ({ code, reason });

/** All conferences that go on: made here when the first call enters, and forgotten when they end. */
export class Conferences {
  readonly #parts: Omit<ConferenceParts, 'tell'>;
  /** By project and name. */
  readonly #named = new Map<string, LiveConference>();
  readonly #live = new Map<string, LiveConference>();
  /** Those that are over, until their recordings are there. */
  readonly #over = new Map<string, LiveConference>();
  /** In which conference a call is. */
  readonly #of = new Map<string, LiveConference>();

  constructor(parts: Omit<ConferenceParts, 'tell'>) {
    this.#parts = parts;
    parts.recordings.ofConference = this.#recorded;
  }

  get size(): number {
    return this.#live.size;
  }

  find(id: string): LiveConference | undefined {
    return this.#live.get(id);
  }

  enter(call: LiveCall, entrance: Entrance): Entered {
    const { room, coach, label } = entrance;
    if (this.#of.has(call.id)) return refused('CONFERENCE_TWICE', 'the call is in a conference already');
    const found = this.#named.get(keyOf(call.record.project, room));
    const name = JSON.stringify(room);
    if (coach !== undefined && !found?.participants.has(coach))
      return refused('CONFERENCE_COACH', `whom it is to speak to is not in the conference ${name}`);
    if (coach !== undefined && !found?.started)
      return refused('CONFERENCE_COACH', `nobody is coached in the conference ${name} before it begins`);
    if (label !== undefined && found?.labelled(label))
      return refused('CONFERENCE_LABEL', `another one is ${JSON.stringify(label)} in the conference ${name}`);
    const max = found?.record.max ?? entrance.max;
    if (max !== undefined && (found?.participants.size ?? 0) >= max)
      return refused('CONFERENCE_FULL', `the conference ${name} holds ${max}`);
    const conference = found ?? this.#make(call, entrance);
    this.#of.set(call.id, conference);
    conference.enter(call, entrance);
    return { conference: conference.id };
  }

  /** What made the call be there is over, or somebody has taken it out. */
  leave(call: string, reason: LeaveReason): void {
    const conference = this.#of.get(call);
    this.#of.delete(call);
    conference?.leave(call, reason);
  }

  speaks(call: string, speaking: boolean): void {
    this.#of.get(call)?.speaks(call, speaking);
  }

  announced(call: string, announcement: string, code: ErrorCode | undefined): void {
    this.#of.get(call)?.announcements.heard(announcement, call, code);
  }

  change(call: LiveCall, change: ParticipantChange): void {
    const conference = this.#of.get(call.id);
    const { coach } = change;
    if (typeof coach === 'string' && conference && (coach === call.id || !conference.participants.has(coach)))
      call.problem('CONFERENCE_COACH', 'whom it is to speak to is not in its conference');
    else conference?.change(call.id, change);
  }

  /** False when it has ended. */
  act(id: string, act: ConferenceAct): boolean {
    const conference = this.#live.get(id);
    if (!conference) return false;
    this.#parts.ledger.input(id, conference.record.family, { type: 'conference.act', act });
    if (act.type === 'end') conference.end('api', 'ended');
    if (act.type === 'announce') conference.announcements.toAll(act.from);
    if (act.type === 'startRecording') conference.beginRecording(act.recording, act.options);
    if (act.type === 'record') conference.recordings.steer(act.recording, act.what);
    if (act.type === 'startFork') conference.forks.begin({ ...act.fork, starts: false });
    if (act.type === 'stopFork') conference.forks.stop(act.name);
    return true;
  }

  #make(call: LiveCall, { room, max, events, ended }: Entrance): LiveConference {
    const { ids, ledger } = this.#parts;
    const { project, dialect, family } = call.record;
    const now = ledger.now();
    const record: ConferenceRecord = {
      id: ids.next(),
      project,
      dialect,
      family,
      name: room,
      state: 'init',
      createTime: now,
      updateTime: now,
      recordings: [],
      count: 0,
      ...(max !== undefined && { max }),
      ...(events && { events }),
      ...(ended && { ended }),
    };
    const conference = new LiveConference(record, { ...this.#parts, tell: call.around.tell }, this.#forget);
    this.#named.set(keyOf(project, room), conference);
    this.#live.set(record.id, conference);
    return conference;
  }

  #forget = (conference: LiveConference): void => {
    const { id, project, name } = conference.record;
    this.#live.delete(id);
    this.#named.delete(keyOf(project, name));
    if (!conference.recordings.areThere) this.#over.set(id, conference);
  };

  #recorded = (recording: RecordingRecord): void => {
    const id = recording.conference ?? '';
    const conference = this.#live.get(id) ?? this.#over.get(id);
    if (conference?.recorded(recording)) this.#over.delete(id);
  };
}

const keyOf = (project: string, name: string) => `${project}\0${name}`;
