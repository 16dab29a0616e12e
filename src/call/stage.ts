import type { ErrorCode } from '../errors.ts';
import type { LegCommand } from '../telephony/leg-command.ts';
import type { TextMessage } from '../telephony/network.ts';
import type { Fork, Forked } from '../verbs/fork.ts';
import type { PayProgress } from '../verbs/pay.ts';
import type { Till } from '../verbs/till.ts';
import type {
  Farewell,
  HandlerUrl,
  Origination,
  Program,
  ProgramRequest,
  RecordingOptions,
  Result,
  Stage,
  VerbEvent,
} from '../verbs/verb.ts';
import { callerIdOf } from './caller-id.ts';
import { label } from './labels.ts';
import { isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';
import { StageRooms } from './stage-rooms.ts';
import { openTill } from './tills.ts';

/** What one verb may ask of its call. It remembers what the verb has begun, so that nothing outlives it. */
export class CallStage implements Stage {
  readonly #live: LiveCall;
  /** Commands that have not ended. */
  readonly #open = new Set<string>();
  /** Most verbs have none. */
  #children: Set<string> | undefined;
  #bridge: string | undefined;
  /** Most verbs need none of them. */
  #rooms: StageRooms | undefined;
  /** Hardly any verb has one. */
  #till: Till | undefined;
  /** The verb is over. */
  closed = false;
  /** Once this verb joins the call with somebody, whatever else it was doing is over. */
  takesOver = false;
  farewell: Farewell | undefined;

  constructor(live: LiveCall) {
    this.#live = live;
  }

  get call(): Stage['call'] {
    const { record } = this.#live;
    return {
      id: record.id,
      answered: isAnswered(record),
      from: record.from,
      to: record.to,
      transport: record.transport,
      direction: record.direction,
      callerId: callerIdOf(record),
    };
  }

  id(): string {
    return this.#live.around.ids.next();
  }

  send(command: LegCommand): void {
    if (command.type === 'stop') {
      if (!this.#open.delete(command.id)) return;
    } else if ('id' in command && command.type !== 'pauseRecording' && command.type !== 'resumeRecording') {
      this.#open.add(command.id);
    }
    this.#live.command(command);
  }

  answer(): void {
    this.#live.command({ type: 'answer' });
  }

  originate(child: Origination): string {
    const call = this.#live.around.originate(this.#live, child);
    this.#children ??= new Set();
    this.#children.add(call);
    return call;
  }

  run(program: Program, call: string, wanted = () => true): void {
    this.#live.around.run(program, call, this.#live.id, () => !this.closed && wanted());
  }

  hangUp(call: string, reason: 'canceled' | 'maximum' | 'normal'): void {
    this.#live.around.hangUp(call, reason);
  }

  ask({ urls, result, purpose }: ProgramRequest, call: string): void {
    const [to, ...otherwise] = urls;
    const instructions = to ? [{ verb: 'redirect', answers: false, to, otherwise, result } as const] : [];
    this.run({ url: to?.url ?? '', purpose, instructions }, call);
  }

  stopProgram(call: string): void {
    this.#live.around.stopProgram(call, this.#live.id);
  }

  ifEnded(farewell: Farewell | undefined): void {
    this.farewell = farewell;
  }

  /** The calls that this verb originated and has not let go. */
  get children(): readonly string[] {
    return [...(this.#children ?? [])];
  }

  letGo(call: string): void {
    this.#children?.delete(call);
  }

  bridge(call: string): string | undefined {
    const other = this.#live.around.find(call);
    if (!other) return undefined;
    if (this.takesOver) this.#live.takeOver();
    this.#bridge = this.#live.around.bridges.join([this.#live, other]);
    return this.#bridge;
  }

  record(options: RecordingOptions): string {
    const id = this.#live.around.recordings.begin(this.#live, options);
    this.#open.add(id);
    return id;
  }

  recordsToo(call: string, recording: string): void {
    const other = this.#live.around.find(call);
    if (other) other.measured ??= this.#live.around.recordings.measure(recording);
  }

  recordCall(options: RecordingOptions & { trigger: 'answer' | 'bridge' }): void {
    const live = this.#live;
    if (live.recording !== undefined) return;
    live.recordingConfig = options;
    const due = options.trigger === 'answer' ? isAnswered(live.record) : live.record.bridge !== undefined;
    if (due) live.startRecording();
  }

  receiveFax({ timeoutMs, ready }: { timeoutMs: number; ready?: HandlerUrl }): string {
    const id = this.id();
    this.#live.around.faxes.expect(id, this.#live, ready);
    this.send({ type: 'receiveFax', id, timeoutMs });
    return id;
  }

  sendText(message: TextMessage, callback?: HandlerUrl): string {
    return this.#live.around.messages.send(this.#live, message, callback);
  }

  fork(fork: Fork & { waits?: true }): Forked {
    const forked = this.#live.around.forks.begin(this.#live, fork);
    if (fork.waits && !forked.failure) this.#open.add(forked.id);
    return forked;
  }

  stopFork(kind: Fork['what']['type'], name: string): boolean {
    const found = this.#live.around.forks.find(this.#live.id, kind, name);
    if (found) this.#live.command({ type: 'stop', id: found.id });
    return found !== undefined;
  }

  get till(): Till | undefined {
    if (!this.#till && !this.closed) this.#till = openTill(this.#live, this.#live.hearTill);
    return this.#till;
  }

  paying(progress: PayProgress): void {
    const { id: call, project, dialect } = this.#live.record;
    this.#live.output({ type: 'payment.changed', record: { ...progress, call, project, dialect } });
  }

  /** Who is told too much is told no more: what the call asks for must not suffer from it. */
  tell(to: HandlerUrl, result: Result): void {
    if (this.#live.requests.allowed) this.#live.requests.tell([to], result);
  }

  label(key: string, value: string): void {
    label(this.#live, key, value);
  }

  now(): number {
    return this.#live.around.ledger.now();
  }

  get rooms(): StageRooms {
    this.#rooms ??= new StageRooms(this.#live, (call) => this.bridge(call));
    return this.#rooms;
  }

  /** What is told when somebody outside gives the call something else to do. */
  get replaced(): Farewell | undefined {
    return this.#rooms?.replaced;
  }

  ifReplaced(farewell: Farewell | undefined): void {
    this.rooms.replaced = farewell;
  }

  problem(code: ErrorCode, reason: string): void {
    this.#live.problem(code, reason);
  }

  report(fact: { type: string; [detail: string]: unknown }): void {
    this.#live.output({ type: 'reported', fact });
  }

  /** What the leg tells of the verb's commands. */
  hear(event: VerbEvent): void {
    if (event.type === 'leg.done') this.#live.around.faxes.received(event.id);
    if (event.type === 'leg.done' || event.type === 'leg.stopped' || event.type === 'leg.failed')
      this.#open.delete(event.id);
  }

  /** The verb is over: what it has begun and not ended is stopped, and the calls it made are let go. */
  close(): void {
    this.closed = true;
    const { around } = this.#live;
    // With the leg everything on it ends.
    if (!this.#live.ending) for (const command of this.#open) this.#live.command({ type: 'stop', id: command });
    this.#open.clear();
    if (this.#bridge !== undefined && this.#live.record.bridge === this.#bridge) around.bridges.leave(this.#live);
    this.#rooms?.close();
    this.#till?.close();
    for (const child of this.#children ?? []) around.hangUp(child, 'canceled');
    this.#children = undefined;
  }
}
