import type { AnyActorRef } from 'xstate';
import { Alarm, type Clock } from '../clock.ts';
import type { ErrorCode } from '../errors.ts';
import type { Input, Output } from '../journal/journal.ts';
import type { CallRecord, RecordingConfig } from '../records/call.ts';
import type { Leg } from '../telephony/leg.ts';
import type { LegCommand } from '../telephony/leg-command.ts';
import type { LegEvent } from '../telephony/leg-event.ts';
import type { Till, TillEvent } from '../verbs/till.ts';
import type { Farewell, HandlerUrl, Place, Program, VerbEvent } from '../verbs/verb.ts';
import { CallClock } from './call-clock.ts';
import type { CallEvent } from './call-event.ts';
import { byUs, type Ending, hasEnded, isAnswered } from './lifecycle.ts';
import type { Opening } from './opening.ts';
import { pickedUp, rang } from './picked-up.ts';
import type { Plan } from './plan.ts';
import { Programs } from './programs.ts';
import type { Measure } from './recordings.ts';
import { Requests } from './requests.ts';
import type { FamilyEvent, Limits, Surroundings } from './surroundings.ts';

/**
 * What the machine of a call remembers and does: its record, its leg, its programs. Every change is journalled here;
 * when to change what is decided in `call.ts`.
 */
export class LiveCall {
  record: CallRecord;
  /** The project whose limits count it, whatever is set up anew meanwhile. */
  readonly payer: string;
  leg: Leg | undefined;
  readonly around: Surroundings;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly ringLimit: Alarm;
  readonly lifeLimit: Alarm;
  /** Of a call that may last only so long once answered. */
  talkLimit: Alarm | undefined;
  readonly programs: Programs;
  readonly requests: Requests;
  /** Raised whenever somebody outside replaces the program. */
  epoch = 0;
  ending: Ending | undefined;
  /** Keys go into it, while it is open: what is journalled is what it lets out. */
  till: Till | undefined;
  /** What is asked first, once there is somebody to talk to. */
  first: { urls: readonly HandlerUrl[] } | { program: Program } | undefined;
  recordingConfig: RecordingConfig | undefined;
  /** The recording of the whole call, once it has begun. */
  recording: string | undefined;
  /** That one, or the one of another call that this call is part of: what is told of it at the end. */
  measured: Measure | undefined;
  /** The plan for the event at hand, so that it is made once. */
  planned: { event: CallEvent; plan: Plan } | undefined;
  /** How long an outgoing call may ring. */
  readonly ringMs: number;
  /** What comes before everything else, and what of it goes on. */
  #opening: Opening | undefined;
  #actor: AnyActorRef | undefined;
  /** What the application is to be told once the call has ended. */
  readonly farewells: { farewell: Farewell; children: readonly string[] }[] = [];

  constructor(record: CallRecord, around: Surroundings, ringMs: number, isKnown = false) {
    this.record = isKnown ? record : around.spending.rated(record);
    this.around = around;
    this.payer = around.payerOf(record.project);
    this.limits = around.limits();
    this.ringMs = ringMs;
    this.clock = new CallClock(this);
    this.ringLimit = new Alarm(this.clock, () => this.send({ type: 'rangOut' }));
    this.lifeLimit = new Alarm(this.clock, () => this.send({ type: 'outlived' }));
    this.programs = new Programs(this);
    this.requests = new Requests(this);
    this.recordingConfig = record.options?.recording;
    const urls = record.options?.handlerUrls;
    if (urls && record.mode === 'document' && record.createMethod !== 'parentCall') this.first = { urls };
    const program = around.handler.programOf?.(record);
    if (program) this.first = { program };
    if (isKnown) return;
    this.output({ type: 'call.created', record: this.record });
    around.ledger.change({ type: 'call', record: this.record });
  }

  get id(): string {
    return this.record.id;
  }

  /** Whole seconds. */
  get age(): number {
    return Math.floor((this.around.ledger.now() - this.record.createTime) / 1000);
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
  hearLeg = (told: LegEvent): void => {
    if (hasEnded(this.record)) return;
    const event = this.till && told.type === 'leg.pressed' ? { ...told, digit: this.till.press(told.digit) } : told;
    this.#turn(event, () => {
      if (event.type === 'leg.ringing') rang(this);
      if (event.type === 'leg.answered') this.#opening = pickedUp(this, event.headers) ?? this.#opening;
      if (event.type === 'leg.hungUp') this.leg = undefined;
      else this.around.forks.hear(event);
      this.around.recordings.hear(event);
      if (event.type === 'leg.hungUp' || (event.type === 'leg.answered' && !this.#opening)) this.send(event);
      if (event.type !== 'leg.hungUp' && !this.around.checkouts.takes(this, event)) this.#toVerbs(event);
      if (this.#opening && !this.#opening.hear(event)) this.#opening = undefined;
    });
  };

  /** What has come out of the till. */
  hearTill = (event: TillEvent): void => {
    if (!hasEnded(this.record)) this.#turn(event, () => this.#toVerbs(event));
  };

  #turn(input: Input, act: () => void): void {
    this.around.ledger.turn(() => {
      this.input(input);
      try {
        act();
      } catch (error) {
        this.fail(error);
      }
    });
  }

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
    for (const performance of this.programs.performances()) {
      if (performance.stage.closed) continue;
      performance.stage.hear(event);
      performance.hear(event);
    }
  }

  tellParent(event: FamilyEvent): void {
    if (this.record.originatingCall) this.around.tell(this.record.originatingCall, event);
  }

  command(command: LegCommand): void {
    if (!this.leg) return;
    this.output({ type: 'commanded', command });
    this.leg.send(command);
  }

  /** Everything the call was doing stops. */
  wrapUp(): void {
    this.requests.cancel();
    for (const { stage } of this.programs.performances())
      if (stage.farewell) this.farewells.push({ farewell: stage.farewell, children: stage.children });
    this.programs.unwind(0);
    this.programs.stopActivities();
  }

  /** A transfer has come through: what the call was doing is over, and its partner let go. */
  takeOver(): void {
    this.requests.cancel();
    this.epoch++;
    this.programs.unwind(0);
    this.send({ type: 'takenOver' });
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
    this.measured = this.around.recordings.measure(this.recording);
  }

  /** Asks the network to end the leg; false when there is none, so that the call is over at once. */
  hangUp(): boolean {
    if (!this.leg) return false;
    const refuse = this.record.direction === 'incoming' && !isAnswered(this.record);
    this.command(refuse ? { type: 'reject', cause: this.ending?.cause ?? 'rejected' } : { type: 'hangUp' });
    return true;
  }
}
