import type { ErrorCode } from '../errors.ts';
import type { LegCommand } from '../telephony/leg.ts';
import type { HandlerUrl, Origination, Program, RecordingOptions, Stage, VerbEvent } from '../verbs/verb.ts';
import { callerIdOf } from './caller-id.ts';
import { isAnswered } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';

/** What one verb may ask of its call. It remembers what the verb has begun, so that nothing outlives it. */
export class CallStage implements Stage {
  readonly #live: LiveCall;
  /** Commands that have not ended. */
  readonly #open = new Set<string>();
  /** Most verbs have none. */
  #children: Set<string> | undefined;
  #bridge: string | undefined;
  #queued = false;
  /** The verb is over. */
  closed = false;
  /** Once this verb joins the call with somebody, whatever else it was doing is over. */
  takesOver = false;

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

  run(program: Program, call: string): void {
    this.#live.around.run(program, call, this.#live.id);
  }

  hangUp(call: string, reason: 'canceled' | 'maximum' | 'normal'): void {
    this.#live.around.hangUp(call, reason);
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

  recordCall(options: RecordingOptions & { trigger: 'answer' | 'bridge' }): void {
    const live = this.#live;
    if (live.recording !== undefined) return;
    live.recordingConfig = options;
    const due = options.trigger === 'answer' ? isAnswered(live.record) : live.record.bridge !== undefined;
    if (due) live.startRecording();
  }

  receiveFax({ timeoutMs, ready }: { timeoutMs: number; ready?: HandlerUrl }): string {
    const id = this.id();
    this.#live.around.recordings.expectFax(id, this.#live, ready);
    this.send({ type: 'receiveFax', id, timeoutMs });
    return id;
  }

  label(key: string, value: string): void {
    this.#live.label(key, value);
  }

  enqueue(queue: string): boolean {
    this.#queued = this.#live.around.queues.enter(queue, this.#live);
    return this.#queued;
  }

  dequeue(): void {
    this.#live.around.queues.leave(this.#live.id, 'left');
  }

  problem(code: ErrorCode, reason: string): void {
    this.#live.problem(code, reason);
  }

  report(fact: { type: string; [detail: string]: unknown }): void {
    this.#live.output({ type: 'reported', fact });
  }

  /** What the leg tells of the verb's commands. */
  hear(event: VerbEvent): void {
    if (event.type === 'leg.done') this.#live.around.recordings.faxReceived(event.id);
    if (event.type === 'leg.done' || event.type === 'leg.stopped' || event.type === 'leg.failed')
      this.#open.delete(event.id);
  }

  /** The verb is over: what it has begun and not ended is stopped, and the calls it made are let go. */
  close(): void {
    this.closed = true;
    const { around, id } = this.#live;
    // With the leg everything on it ends.
    if (!this.#live.ending) for (const command of this.#open) this.#live.command({ type: 'stop', id: command });
    this.#open.clear();
    if (this.#bridge !== undefined && this.#live.record.bridge === this.#bridge) around.bridges.leave(this.#live);
    if (this.#queued) around.queues.abandon(id);
    for (const child of this.#children ?? []) around.hangUp(child, 'canceled');
    this.#children = undefined;
  }
}
