import type { ParticipantChange } from '../journal/act.ts';
import type { ConferenceFact, LeaveReason, Output } from '../journal/journal.ts';
import type { ConferenceEnd, ConferenceRecord, ParticipantRecord } from '../records/conference.ts';
import type { RecordingRecord } from '../records/recording.ts';
import type { Conference as Entrance } from '../verbs/conference.ts';
import type { RecordingOptions } from '../verbs/verb.ts';
import { Announcements } from './announcements.ts';
import { ConferenceForks } from './conference-forks.ts';
import { ConferenceRecordings } from './conference-recordings.ts';
import type { LiveCall } from './live-call.ts';
import { backgroundOf, modified, type Participant, participantOf, roleOf, sameRole } from './participant.ts';
import type { Surroundings } from './surroundings.ts';

/** What a conference has around it. */
export type ConferenceParts = Pick<Surroundings, 'bridges' | 'forks' | 'ids' | 'ledger' | 'recordings' | 'tell'>;

/** A conference that goes on: who is in it, how they hear each other, and what happens, event by event. */
export class LiveConference {
  record: ConferenceRecord;
  readonly participants = new Map<string, Participant>();
  readonly #parts: ConferenceParts;
  readonly #over: (conference: LiveConference) => void;
  readonly announcements: Announcements;
  readonly recordings: ConferenceRecordings;
  readonly forks: ConferenceForks;
  #ending = false;

  constructor(record: ConferenceRecord, parts: ConferenceParts, over: (conference: LiveConference) => void) {
    this.record = record;
    this.#parts = parts;
    this.#over = over;
    this.announcements = new Announcements(this.participants, parts, (code, only) =>
      this.#happened({ type: 'announced', ...(code && { code }) }, only?.record),
    );
    this.forks = new ConferenceForks(this, parts);
    this.recordings = new ConferenceRecordings(record.id, parts, (recording) =>
      this.#update({ recordings: [...this.record.recordings, recording] }),
    );
    parts.ledger.change({ type: 'conference', record });
    this.output({ type: 'conference.created', record });
  }

  get id(): string {
    return this.record.id;
  }

  get started(): boolean {
    return this.record.state === 'inProgress';
  }

  /** Who is in it under this label. */
  labelled(label: string): ParticipantRecord | undefined {
    return [...this.participants.values()].find(({ record }) => record.label === label)?.record;
  }

  output(output: Output): void {
    this.#parts.ledger.output(this.id, this.record.family, output);
  }

  enter(call: LiveCall, entrance: Entrance): void {
    const { ids, ledger } = this.#parts;
    const { id: conference, family } = this.record;
    const about = { id: ids.next(), conference, now: ledger.now(), family };
    const participant = participantOf(call, entrance, about);
    this.participants.set(call.id, participant);
    if (entrance.recording && !this.started) this.recordings.want(entrance.recording, call);
    ledger.change({ type: 'participant', record: participant.record });
    this.#happened({ type: 'join' }, participant.record);
    for (const stream of entrance.streams ?? []) this.forks.begin(stream, call);
    const beeps = entrance.beep === 'both' || entrance.beep === 'enter';
    if (this.started) this.#admit(participant, beeps);
    else if (this.#mayStart()) this.#start(beeps);
    else this.#playTo(participant);
  }

  /** It has left by itself, or was made to. */
  leave(id: string, reason: LeaveReason): void {
    const participant = this.participants.get(id);
    if (!participant || this.#ending) return;
    const removed = reason === 'removed' || reason === 'moved' || reason === 'cut';
    if (reason === 'removed') this.#sendOff(participant);
    this.#takeOut(participant, reason);
    if (participant.record.ends) this.end(removed ? 'enderRemoved' : 'enderLeft', 'moderatorLeft', id);
    else if (this.participants.size === 0) this.end(removed ? 'lastRemoved' : 'lastLeft', 'ended', id);
  }

  /** @param reason why those leave who are still in it */
  end(endReason: ConferenceEnd, reason: LeaveReason, endedBy?: string): void {
    if (this.#ending) return;
    this.#ending = true;
    const { bridges, ledger } = this.#parts;
    for (const participant of [...this.participants.values()]) {
      this.#sendOff(participant);
      this.#takeOut(participant, reason);
    }
    this.recordings.over();
    this.forks.over();
    bridges.close(this.id);
    const over = { state: 'completed', endTime: ledger.now(), endReason } as const;
    this.#update({ ...over, ...(endedBy !== undefined && { endedBy }) });
    this.#happened({ type: 'end' });
    this.#tellRecorded();
    this.#over(this);
  }

  /** One of its recordings is there; whether that was the last, of a conference that is over. */
  recorded(recording: RecordingRecord): boolean {
    this.recordings.isThere(recording);
    return this.#tellRecorded();
  }

  /** Once, when it is over and everything that was recorded of it is there. */
  #tellRecorded(): boolean {
    if (this.record.state !== 'completed' || !this.recordings.areThere) return false;
    const { first: recording } = this.recordings;
    if (recording) this.output({ type: 'conference.recorded', record: this.record, recording });
    return true;
  }

  change(id: string, change: ParticipantChange): void {
    const participant = this.participants.get(id);
    if (!participant) return;
    this.#mute(participant, change);
    this.#hold(participant, change);
    this.#modify(participant, change);
    if (change.announce) this.announcements.toOne(participant, change.announce);
  }

  speaks(id: string, speaking: boolean): void {
    const participant = this.participants.get(id);
    if (!participant || !this.started || participant.speaking === speaking) return;
    const { muted, held } = participant.record;
    if (!this.record.events?.types.includes('speaker') || (speaking && (muted || held))) return;
    participant.speaking = speaking;
    this.#happened({ type: speaking ? 'speechStart' : 'speechStop' }, participant.record);
  }

  /** Nothing is recorded of a conference that has not begun. */
  beginRecording(recording: string, options: RecordingOptions): void {
    const [first] = this.participants.values();
    if (first && this.started) this.recordings.begin(options, first.call, recording);
  }

  #mayStart(): boolean {
    const { starting } = this.forks;
    if (this.participants.size + starting < 2) return false;
    return starting > 0 || [...this.participants.values()].some(({ record }) => record.starts);
  }

  #start(beeps: boolean): void {
    const { bridges, ledger } = this.#parts;
    this.#update({ state: 'inProgress', startTime: ledger.now() });
    this.#happened({ type: 'start' });
    bridges.open(this.id, this.forks.hear);
    for (const participant of this.participants.values()) this.#admit(participant, false);
    this.recordings.start();
    this.forks.start();
    if (beeps) this.#beep('enter');
  }

  #admit(participant: Participant, beeps: boolean): void {
    this.#playTo(participant);
    this.#parts.bridges.enter(participant.call, this.id, roleOf(participant));
    if (beeps) this.#beep('enter');
  }

  #beep(on: 'enter' | 'exit'): void {
    this.#parts.bridges.find(this.id)?.play([{ type: 'beep' }]);
    this.output({ type: 'conference.beeped', conference: this.id, on });
  }

  /** What it is to hear now beside the others. */
  #playTo(participant: Participant): void {
    const background = backgroundOf(participant, this.started);
    this.#parts.tell(participant.call.id, { type: 'conference.hears', ...(background && { background }) });
  }

  #sendOff({ call }: Participant): void {
    this.#parts.tell(call.id, { type: 'conference.left', conference: this.id });
  }

  #takeOut(participant: Participant, reason: LeaveReason): void {
    const { bridges } = this.#parts;
    const { call, record } = participant;
    this.speaks(call.id, false);
    this.announcements.gone(call.id);
    this.participants.delete(call.id);
    if (call.record.bridge === this.id) bridges.leave(call);
    this.#set(participant, { state: 'completed' });
    this.#happened({ type: 'leave', reason }, participant.record);
    const hearers = this.started && !this.#ending && !record.ends && this.participants.size > 0;
    if (hearers && record.beepOnExit) this.#beep('exit');
  }

  #mute(participant: Participant, { muted }: ParticipantChange): void {
    if (muted === undefined || muted === participant.record.muted) return;
    if (muted) this.speaks(participant.call.id, false);
    this.#set(participant, { muted });
    this.#happened({ type: muted ? 'mute' : 'unmute' }, participant.record);
  }

  #hold(participant: Participant, { held, holdFrom }: ParticipantChange): void {
    const { record } = participant;
    const stays = record.held === (held ?? record.held);
    if (stays && !(record.held && holdFrom)) return;
    participant.holdFrom = holdFrom;
    if (!stays) {
      if (held) this.speaks(participant.call.id, false);
      this.#set(participant, { held: held === true });
      this.#happened({ type: held ? 'hold' : 'unhold' }, participant.record);
    }
    this.#playTo(participant);
  }

  #modify(participant: Participant, change: ParticipantChange): void {
    const { record } = participant;
    if (change.waitFrom !== undefined) {
      participant.waitFrom = change.waitFrom;
      if (!this.started && !record.held) this.#playTo(participant);
    }
    participant.record = modified(record, change);
    if (participant.record === record) return;
    this.#set(participant, {});
    this.#happened({ type: 'modify' }, participant.record);
  }

  /** Its record is so now, and its role with it. */
  #set(participant: Participant, patch: Partial<ParticipantRecord>): void {
    const { bridges, ledger } = this.#parts;
    participant.record = { ...participant.record, ...patch, updateTime: ledger.now() };
    ledger.change({ type: 'participant', record: participant.record });
    const { call } = participant;
    const role = roleOf(participant);
    if (call.record.bridge === this.id && !sameRole(role, call.record.role)) bridges.setRole(call, role);
  }

  #update(patch: Partial<ConferenceRecord>): void {
    this.record = { ...this.record, ...patch, updateTime: this.#parts.ledger.now() };
    this.#parts.ledger.change({ type: 'conference', record: this.record });
  }

  #happened(event: ConferenceFact, participant?: ParticipantRecord): void {
    const number = this.record.count + 1;
    this.#update({ count: number });
    const { record } = this;
    this.output({ type: 'conference.event', number, event, record, ...(participant && { participant }) });
  }
}
