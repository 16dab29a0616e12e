import type { Alarm } from '../clock.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { Taken } from './rooms.ts';
import type { DialStatus, HandlerUrl, Outcome, RecordingOptions, Result, Stage, VerbInput, Written } from './verb.ts';

/** Be joined with the call at the front of a queue, waiting for one if need be. */
export interface Dequeue extends Written {
  verb: 'dequeue';
  queue: string;
  /** How long to wait for somebody to come. */
  waitMs: number;
  /** How long the two may talk. */
  maxMs: number;
  /** Asked for what the waiting call hears before the two are joined. */
  consult?: HandlerUrl;
  hangUpKey?: string;
  recording?: RecordingOptions & { from: 'ringing' | 'answer' };
  next?: HandlerUrl;
  /** `next` is asked too when the call has been hung up; the answer is ignored. */
  tellsEnd?: true;
}

class Dequeuing implements Work {
  readonly #instruction: Dequeue;
  readonly #stage: Stage;
  /** Ends the wait for somebody to come, then the conversation. */
  readonly #alarm: Alarm;
  readonly #until: number;
  #phase: 'waiting' | 'consulting' | 'answering' | 'talking' = 'waiting';
  #taken: Taken | undefined;
  #bridge: string | undefined;
  #recording: string | undefined;
  #joinedAt = 0;

  constructor({ instruction, stage }: VerbInput<Dequeue>, alarm: Alarm) {
    this.#instruction = instruction;
    this.#stage = stage;
    this.#alarm = alarm;
    this.#until = stage.now() + instruction.waitMs;
  }

  begin(): Outcome | undefined {
    const { next, tellsEnd, recording } = this.#instruction;
    if (next && tellsEnd) this.#stage.ifEnded(() => ({ urls: [next], result: this.#result('notAnswered') }));
    const taken = this.#stage.rooms.take(this.#instruction.queue);
    if (taken === 'unknown') {
      this.#stage.problem('QUEUE_UNKNOWN', `there is no queue ${JSON.stringify(this.#instruction.queue)}`);
      return this.#over('failed');
    }
    this.#stage.send({ type: 'ring' });
    if (recording?.from === 'ringing') this.#record();
    return this.#serve(taken);
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'queue.given':
        return this.#serve(event);
      case 'queue.lost':
        return event.call === this.#taken?.call ? this.#again() : undefined;
      case 'ran':
        return this.#consulted(event.call);
      case 'leg.answered':
        return this.#phase === 'answering' ? this.#join() : undefined;
      case 'leg.pressed':
        return this.#phase === 'talking' && event.digit === this.#instruction.hangUpKey
          ? this.#parted('caller')
          : undefined;
      case 'bridge.left':
        if (this.#phase !== 'talking' || event.bridge !== this.#bridge) return undefined;
        return this.#parted(event.call === this.#stage.call.id ? 'caller' : 'called');
      case 'woken':
        return this.#phase === 'talking' ? this.#parted(undefined) : this.#over('notAnswered');
      default:
        return undefined;
    }
  }

  #serve(taken: Taken | 'waiting' | 'unknown'): Outcome | undefined {
    if (typeof taken === 'string') {
      this.#phase = 'waiting';
      this.#alarm.set(Math.max(0, this.#until - this.#stage.now()));
      return undefined;
    }
    this.#alarm.clear();
    this.#taken = taken;
    this.#phase = 'consulting';
    const { consult } = this.#instruction;
    if (!consult) return this.#consulted(taken.call);
    const { queue, call, waitedMs } = taken;
    const result = { type: 'taken', queue, by: this.#stage.call.id, waitedMs } as const;
    this.#stage.ask({ urls: [consult], result, purpose: 'joining' }, call);
    return undefined;
  }

  /** Somebody else is next. */
  #again(): Outcome | undefined {
    this.#taken = undefined;
    return this.#serve(this.#stage.rooms.take(this.#instruction.queue));
  }

  /** The one who waited has heard what there was to hear, or there was nothing. */
  #consulted(call: string): Outcome | undefined {
    if (this.#phase !== 'consulting' || call !== this.#taken?.call) return undefined;
    if (this.#stage.call.answered) return this.#join();
    this.#phase = 'answering';
    this.#stage.answer();
    return undefined;
  }

  #join(): Outcome | undefined {
    const { maxMs, recording } = this.#instruction;
    this.#bridge = this.#taken && this.#stage.rooms.join(this.#taken.call);
    if (this.#bridge === undefined) return this.#again();
    this.#phase = 'talking';
    this.#joinedAt = this.#stage.now();
    this.#alarm.set(maxMs);
    if (recording && this.#recording === undefined) this.#record();
    return undefined;
  }

  #record(): void {
    const { recording } = this.#instruction;
    if (!recording) return;
    const { from: _, ...options } = recording;
    this.#recording = this.#stage.record(options);
  }

  #parted(by: 'caller' | 'called' | undefined): Outcome {
    return this.#over('completed', by);
  }

  #result(status: DialStatus, hungUpBy?: 'caller' | 'called'): Result {
    const taken = this.#taken;
    const recording = this.#recording;
    const bridged = this.#phase === 'talking';
    const ms = bridged ? this.#stage.now() - this.#joinedAt : 0;
    return {
      type: 'dialed',
      status: bridged ? 'completed' : status,
      bridged,
      ...(bridged && taken && { call: taken.call, bridgedMs: ms }),
      answeredMs: ms,
      ...(taken && { queue: taken.queue, waitedMs: taken.waitedMs }),
      ...(recording !== undefined && { recording }),
      ...(hungUpBy && { hungUpBy }),
    };
  }

  #over(status: DialStatus, hungUpBy?: 'caller' | 'called'): Outcome {
    const { next } = this.#instruction;
    const result = this.#result(status, hungUpBy);
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  }
}

export const dequeue = lasting<Dequeue>((input, alarm) => new Dequeuing(input, alarm));
