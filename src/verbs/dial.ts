import type { Alarm } from '../clock.ts';
import type { Sound } from '../telephony/leg.ts';
import {
  type Attempt,
  accepts,
  attempt,
  cancel,
  decide,
  ended,
  nextTargets,
  obstacle,
  screening,
  statusOfScreened,
  whisper,
} from './dial-attempt.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { HandlerUrl, Outcome, Stage, VerbInput, Written } from './verb.ts';

/** Call somebody else and join the two calls. */
export interface Dial extends Written {
  verb: 'dial';
  targets: readonly DialTarget[];
  /**
   * simultaneous: all ring, the first to accept wins · linear: one after the other until one accepts · failover: the
   * next one only when the one before could not be reached.
   */
  strategy: 'simultaneous' | 'linear' | 'failover';
  /** What the called party sees; the call's own caller ID unless given. */
  callerId?: string;
  /** How long a target may ring. */
  ringMs: number;
  /** How long the two may talk. */
  maxMs: number;
  /** What the caller hears instead of ringing, over and over. */
  ringAudio?: Sound;
  next?: HandlerUrl;
  /** Who is asked when nobody was reached: further handlers of the call. */
  otherwise?: readonly HandlerUrl[];
}

export interface DialTarget {
  /** `+` E.164 or a SIP URI. */
  to: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  callerId?: string;
  ringMs?: number;
  /** Heard by the called party, who accepts with `key` within `timeoutMs` after it. */
  screen?: { sounds: readonly Sound[]; key: string; timeoutMs: number };
  /** Heard by the called party before the two are joined. */
  whisper?: readonly Sound[];
}

export type Of<Type extends Heard['type']> = Extract<Heard, { type: Type }>;

/** Written out: as a machine it cost twice as much as everything else that a dial sets off. */
class Dialing implements Work {
  readonly instruction: Dial;
  readonly stage: Stage;
  attempts: readonly Attempt[] = [];
  /** The child that has accepted. */
  winner = '';
  readonly #maximum: Alarm;
  #phase: 'trying' | 'whispering' | 'joining' | 'leftAlone' | 'talking' = 'trying';
  /** What the caller hears: the ring audio of this id, ringing when it is empty; undefined: neither yet, or no more. */
  #ringing: string | undefined;
  /** The caller is answered for the winner: nobody else is tried any more. */
  #reached = false;
  #bridge: string | undefined;

  constructor({ instruction, stage }: VerbInput<Dial>, maximum: Alarm) {
    this.instruction = instruction;
    this.stage = stage;
    this.#maximum = maximum;
  }

  begin(): Outcome | undefined {
    return this.#choose();
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'leg.done':
      case 'leg.failed':
        return this.#silent(event);
      case 'leg.answered':
        return this.#answered();
      case 'child.answered':
        return this.#pickedUp(event);
      case 'child.ended':
        return this.#hungUp(event);
      case 'ran':
        return this.#heardOut(event);
      case 'bridge.left':
        return this.#parted(event);
      case 'woken':
        this.stage.hangUp(this.winner, 'maximum');
        return undefined;
      default:
        return undefined;
    }
  }

  /** Calls whoever is next; nobody left: it is over. */
  #choose(): Outcome | undefined {
    while (!this.attempts.some(({ status }) => status === undefined)) {
      const { instruction, stage } = this;
      const targets = nextTargets(this);
      if (targets.length === 0) return this.#over();
      // The caller hears nothing of a dial that can call nobody.
      if (this.#ringing === undefined && targets.some((target) => !obstacle(stage, instruction, target))) this.#ring();
      this.attempts = [...this.attempts, ...targets.map((target) => attempt(stage, instruction, target))];
    }
    this.#phase = 'trying';
    return undefined;
  }

  #ring(): void {
    const { stage } = this;
    const { ringAudio } = this.instruction;
    this.#ringing = ringAudio ? stage.id() : '';
    if (!ringAudio) stage.send({ type: 'ring' });
    else {
      if (!stage.call.answered) stage.send({ type: 'progress' });
      stage.send({ type: 'play', id: this.#ringing, sounds: [{ ...ringAudio, loops: 0 }] });
    }
  }

  /** Ring audio goes on until it is stopped; there is none if it ends, and ringing after all. */
  #silent({ id }: Of<'leg.done' | 'leg.failed'>): undefined {
    if (id !== this.#ringing) return;
    this.stage.send({ type: 'ring' });
    this.#ringing = '';
  }

  #stopRinging(): void {
    if (this.#ringing) this.stage.send({ type: 'stop', id: this.#ringing });
    this.#ringing = undefined;
  }

  #pickedUp({ call }: Of<'child.answered'>): undefined {
    if (this.#phase !== 'trying') return;
    const program = screening(this, call);
    if (program) this.stage.run(program, call);
    else this.#accept(call);
  }

  /** A screened party has pressed a key or none, or the winner has heard the whisper. */
  #heardOut({ call, finished, result }: Of<'ran'>): undefined {
    if (this.#phase === 'whispering' && call === this.winner && finished) this.#reach();
    if (this.#phase !== 'trying') return;
    if (accepts(this, call, result)) this.#accept(call);
    else if (finished) {
      this.stage.hangUp(call, 'normal');
      this.attempts = ended(this.attempts, call, statusOfScreened(result));
    }
  }

  #accept(call: string): void {
    this.winner = call;
    this.attempts = this.attempts.map((other) => cancel(this.stage, other, call));
    const program = whisper(this);
    if (program) {
      this.#phase = 'whispering';
      this.stage.run(program, call);
    } else this.#reach();
  }

  /** The caller is answered first, if nobody has. */
  #reach(): void {
    this.#phase = 'joining';
    this.#reached = true;
    this.#stopRinging();
    if (this.stage.call.answered) this.#join();
    else this.stage.answer();
  }

  #join(): void {
    this.#phase = 'talking';
    this.#bridge = this.stage.bridge(this.winner);
    this.#maximum.set(this.instruction.maxMs);
  }

  #answered(): Outcome | undefined {
    if (this.#phase === 'leftAlone') return this.#over();
    if (this.#phase === 'joining') this.#join();
    return undefined;
  }

  #hungUp({ call, status }: Of<'child.ended'>): Outcome | undefined {
    if (this.#phase !== 'trying' && call !== this.winner) return undefined;
    if (this.#phase === 'talking') return this.#over();
    // Quicker than the caller is answered: what comes next finds the call answered.
    if (this.#phase === 'joining') this.#phase = 'leftAlone';
    if (this.#phase === 'leftAlone') return undefined;
    this.attempts = ended(this.attempts, call, status === 'completed' ? 'rejected' : status);
    return this.#choose();
  }

  /** Somebody outside has put one of the two elsewhere: each goes its own way. */
  #parted({ bridge, call }: Of<'bridge.left'>): Outcome | undefined {
    const isOneOfUs = call === this.winner || call === this.stage.call.id;
    if (this.#phase !== 'talking' || bridge !== this.#bridge || !isOneOfUs) return undefined;
    this.stage.letGo(this.winner);
    return this.#over();
  }

  #over(): Outcome {
    this.#stopRinging();
    const { next, otherwise } = this.instruction;
    const result = this.#reached
      ? ({ type: 'dialed', status: 'completed', call: this.winner } as const)
      : decide(this.attempts);
    if (next) return { type: 'request', urls: [next], result };
    if (otherwise && !this.#reached) return { type: 'request', urls: otherwise, result: { type: 'nothing' } };
    return { type: 'continue', result };
  }
}

export const dial = lasting<Dial>((input, maximum) => new Dialing(input, maximum));
