import type { AnyActorRef } from 'xstate';
import { Alarm, type Clock } from '../clock.ts';
import type { ErrorCode } from '../errors.ts';
import type { Input, Output } from '../journal.ts';
import type { CallRecord, RecordingConfig } from '../records.ts';
import type { Leg, LegCommand, LegEvent } from '../telephony/leg.ts';
import type { HandlerUrl, Place, Program, VerbEvent } from '../verbs/verb.ts';
import { CallClock } from './call-clock.ts';
import type { CallEvent } from './call-event.ts';
import { notSet, setLabel } from './labels.ts';
import { byUs, dialStatus, type Ending, endOf, hasEnded, isAnswered } from './lifecycle.ts';
import type { Plan } from './plan.ts';
import { Programs } from './programs.ts';
import { Requests } from './requests.ts';
import type { FamilyEvent, Surroundings } from './surroundings.ts';

/**
 * What the machine of a call remembers and does: its record, its leg, its programs. Every change is journalled here;
 * when to change what is decided in `call.ts`.
 */
export class LiveCall {
  record: CallRecord;
  leg: Leg | undefined;
  readonly around: Surroundings;
  readonly clock: Clock;
  readonly ringLimit: Alarm;
  readonly lifeLimit: Alarm;
  readonly programs: Programs;
  readonly requests: Requests;
  /** Raised whenever somebody outside replaces the program. */
  epoch = 0;
  ending: Ending | undefined;
  /** What is asked first, once there is somebody to talk to. */
  first: { urls: readonly HandlerUrl[] } | { program: Program } | undefined;
  recordingConfig: RecordingConfig | undefined;
  /** The recording of the whole call, once it has begun. */
  recording: string | undefined;
  /** The plan for the event at hand, so that it is made once. */
  planned: { event: CallEvent; plan: Plan } | undefined;
  /** How long an outgoing call may ring. */
  readonly ringMs: number;
  #actor: AnyActorRef | undefined;

  constructor(record: CallRecord, around: Surroundings, ringMs: number, isKnown = false) {
    this.record = record;
    this.around = around;
    this.ringMs = ringMs;
    this.clock = new CallClock(this);
    this.ringLimit = new Alarm(this.clock, () => this.send({ type: 'rangOut' }));
    this.lifeLimit = new Alarm(this.clock, () => this.send({ type: 'outlived' }));
    this.programs = new Programs(this);
    this.requests = new Requests(this);
    this.recordingConfig = record.options?.recording;
    const urls = record.options?.handlerUrls;
    if (urls && record.mode === 'document') this.first = { urls };
    if (isKnown) return;
    this.output({ type: 'call.created', record });
    around.ledger.change({ type: 'call', record });
  }

  get id(): string {
    return this.record.id;
  }

  /** Whole seconds. */
  get age(): number {
    return Math.floor((this.around.ledger.now() - this.record.createTime) / 1000);
  }

  get idleMs(): number {
    const idle = this.record.options?.whenIdle;
    return typeof idle === 'number' ? idle : 0;
  }

  begin(actor: AnyActorRef): void {
    this.#actor = actor;
  }

  input(input: Input): void {
    this.around.ledger.input(this.id, this.record.family, input);
  }

  output(output: Output): void {
    this.around.ledger.output(this.id, this.record.family, output);
  }

  problem(code: ErrorCode, message: string, at?: Place): void {
    this.output({ type: 'problem', code, message, ...(at && { at }) });
  }

  update(patch: Partial<CallRecord>): void {
    const { state } = this.record;
    this.record = { ...this.record, ...patch, updateTime: this.around.ledger.now() };
    this.around.ledger.change({ type: 'call', record: this.record });
    if (this.record.state !== state)
      this.output({ type: 'call.changed', state: this.record.state, record: this.record });
  }

  /** A fact of the leg: the record first, then whoever waits for it. */
  hearLeg = (event: LegEvent): void => {
    if (hasEnded(this.record)) return;
    this.around.ledger.turn(() => {
      this.input(event);
      try {
        if (event.type === 'leg.ringing') this.#ringing();
        if (event.type === 'leg.answered') this.#answered();
        if (event.type === 'leg.hungUp') this.leg = undefined;
        if (event.type === 'leg.answered' || event.type === 'leg.hungUp') this.send(event);
        if (event.type !== 'leg.hungUp') this.#toVerbs(event);
      } catch (error) {
        this.fail(error);
      }
    });
  };

  /** What another call, a bridge or a queue says. */
  hear(event: FamilyEvent): void {
    if (hasEnded(this.record)) return;
    this.output({ type: 'heard', event });
    this.#toVerbs(event);
  }

  send(event: CallEvent): void {
    this.#actor?.send(event);
  }

  /** Straight to the verbs: the machine of the call would only pass it on. */
  #toVerbs(event: VerbEvent): void {
    const children: Record<string, AnyActorRef | undefined> = this.#actor?.getSnapshot().children ?? {};
    for (const performance of [...this.programs.performances()]) {
      if (performance.stage.closed) continue;
      performance.stage.hear(event);
      children[performance.name]?.send(event);
    }
  }

  #ringing(): void {
    if (this.record.direction === 'incoming' || this.record.state !== 'starting') return;
    this.update({ state: 'ringing', ringTime: this.around.ledger.now() });
    this.tellParent({ type: 'child.ringing', call: this.id });
  }

  #answered(): void {
    // Somebody picked up while we were hanging up: nobody talks to them any more.
    if (isAnswered(this.record) || this.ending) return;
    this.update({ state: 'inProgress', answerTime: this.around.ledger.now() });
    if (this.recordingConfig?.trigger === 'answer') this.startRecording();
    const digits = this.record.options?.sendDigits;
    if (digits) this.command({ type: 'sendDigits', id: this.around.ids.next(), digits });
    this.tellParent({ type: 'child.answered', call: this.id });
  }

  tellParent(event: FamilyEvent): void {
    if (this.record.originatingCall) this.around.tell(this.record.originatingCall, event);
  }

  command(command: LegCommand): void {
    if (!this.leg) return;
    this.output({ type: 'commanded', command });
    this.leg.send(command);
  }

  /** Calls out, once the attempt is committed. */
  place(): void {
    const { network, ledger } = this.around;
    this.update({ state: 'starting', startTime: ledger.now() });
    ledger.after(() => {
      if (this.ending || hasEnded(this.record)) return;
      const { id, to, from, transport, sipHeaders } = this.record;
      const target = { to, from, transport, ...(sipHeaders && { headers: sipHeaders }) };
      try {
        this.leg = network.place(id, target, this.hearLeg);
      } catch (error) {
        ledger.turn(() => this.fail(error));
      }
    });
  }

  /** Everything the call was doing stops; gives the names of the verbs. */
  wrapUp(): string[] {
    this.requests.cancel();
    return [...this.programs.unwind(0), ...this.programs.stopActivities()];
  }

  /** A transfer has come through: what the call was doing is over, and its partner let go. */
  takeOver(): void {
    this.requests.cancel();
    this.epoch++;
    this.send({ type: 'takenOver', stopped: this.programs.unwind(0) });
  }

  endWith(ending: Ending): void {
    this.ending ??= ending;
  }

  /** A defect of ours must not keep anybody on the line. */
  blame(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.problem('CALL_INTERNAL', message);
    this.endWith(byUs('failed', { cause: 'unavailable', errorCode: 'CALL_INTERNAL', errorMessage: message }));
  }

  /** Something outside the machine of the call has failed. */
  fail(error: unknown): void {
    if (hasEnded(this.record)) return;
    this.blame(error);
    this.send({ type: 'letGo', reason: 'canceled' });
  }

  startRecording(): void {
    const config = this.recordingConfig;
    if (!config || this.recording !== undefined || !this.leg) return;
    const { trigger: _, ...options } = config;
    this.recording = this.around.recordings.begin(this, { ...options, source: 'call' });
  }

  label(key: string, value: string): void {
    const labels = setLabel(this.record.labels, key, value);
    if (labels) {
      this.update({ labels });
      this.output({ type: 'call.labeled', key, value, labels });
    } else this.problem('LABELS_LIMIT', notSet(key));
  }

  /** Asks the network to end the leg; false when there is none, so that the call is over at once. */
  hangUp(): boolean {
    if (!this.leg) return false;
    const refuse = this.record.direction === 'incoming' && !isAnswered(this.record);
    this.command(refuse ? { type: 'reject', cause: this.ending?.cause ?? 'rejected' } : { type: 'hangUp' });
    return true;
  }

  /** The leg is gone, or never was: the final state, and nothing is left behind. */
  finish(event: Extract<LegEvent, { type: 'leg.hungUp' }>): void {
    const { bridges, ledger } = this.around;
    const bridge = bridges.forget(this);
    this.update({ ...endOf(this.record, event, this.ending), endTime: ledger.now() });
    bridges.leave(this, bridge);
    const { errorCode } = this.record;
    this.tellParent({
      type: 'child.ended',
      call: this.id,
      status: dialStatus(this.record),
      ...(this.record.cause && { cause: this.record.cause }),
      ...(errorCode && errorCode !== 'USER' && { code: errorCode }),
    });
    this.around.forget(this);
  }
}
