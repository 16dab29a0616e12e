import type { Alarm } from '../clock.ts';
import type { Dial } from './dial.ts';
import {
  type Attempt,
  accepts,
  attempt,
  cancel,
  consultOf,
  ended,
  nextTargets,
  noted,
  obstacle,
  screening,
  statusOfGone,
  statusOfScreened,
  whisper,
} from './dial-attempt.ts';
import { type Dialled, dialed, toldAfterwards } from './dial-result.ts';
import { whenUnreached } from './dial-unreached.ts';
import type { Heard, Work } from './logic.ts';
import type { Outcome, Stage, VerbInput } from './verb.ts';

type Of<Type extends Heard['type']> = Extract<Heard, { type: Type }>;

/** Written out: as a machine it cost twice as much as everything else that a dial sets off. */
export class Dialing implements Work {
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
  #cameRound = false;
  #bridge: string | undefined;
  #recording: string | undefined;
  #hungUpBy: Dialled['hungUpBy'];

  constructor({ instruction, stage }: VerbInput<Dial>, maximum: Alarm) {
    this.instruction = instruction;
    this.stage = stage;
    this.#maximum = maximum;
  }

  begin(): Outcome | undefined {
    const { next, tellsEnd } = this.instruction;
    if (next && tellsEnd) this.stage.ifEnded(toldAfterwards(next, () => this.#dialled));
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
      case 'leg.pressed':
        if (this.#phase === 'talking' && event.digit === this.instruction.hangUpKey) this.#hungUpByCaller();
        return undefined;
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
      this.#record('ringing');
    }
    this.#phase = 'trying';
    return undefined;
  }

  #ring(): void {
    const { stage } = this;
    const { ringAudio } = this.instruction;
    this.#ringing = ringAudio ? stage.id() : '';
    if (!ringAudio) this.#ringOut();
    else {
      if (!stage.call.answered) stage.send({ type: 'progress' });
      stage.send({ type: 'play', id: this.#ringing, sounds: [{ ...ringAudio, loops: 0 }] });
    }
  }

  /** Ring audio goes on until it is stopped; there is none if it ends, and ringing after all. */
  #silent({ id }: Of<'leg.done' | 'leg.failed'>): undefined {
    if (id !== this.#ringing) return;
    this.#ringOut();
    this.#ringing = '';
  }

  #ringOut(): void {
    const { ringTone } = this.instruction;
    this.stage.send({ type: 'ring', ...(ringTone !== undefined && { tone: ringTone }) });
  }

  /** The caller is channel 1, and what the caller hears the other one. */
  #record(from: 'ringing' | 'answer'): void {
    const { recording } = this.instruction;
    if (recording?.from !== from || this.#recording !== undefined) return;
    const { from: _, ...options } = recording;
    this.#recording = this.stage.record(options);
  }

  #stopRinging(): void {
    if (this.#ringing) this.stage.send({ type: 'stop', id: this.#ringing });
    this.#ringing = undefined;
  }

  #pickedUp({ call }: Of<'child.answered'>): undefined {
    if (this.#phase !== 'trying') return;
    const consult = consultOf(this, call);
    const program = screening(this, call);
    if (consult) this.stage.ask({ urls: [consult], result: { type: 'nothing' }, purpose: 'whisper' }, call);
    else if (program) this.stage.run(program, call);
    else this.#accept(call);
  }

  /** A screened party has pressed a key or none, or the winner has heard the whisper. */
  #heardOut({ call, finished, result, code, replaced }: Of<'ran'>): Outcome | undefined {
    if (this.#phase === 'whispering' && call === this.winner && finished) this.#reach();
    if (this.#phase !== 'trying') return undefined;
    if (replaced) return this.#lost(call);
    if (consultOf(this, call)) {
      // Without the document the two are joined all the same.
      if (finished || code) this.#accept(call);
    } else if (accepts(this, call, result)) this.#accept(call);
    else if (finished) {
      this.stage.hangUp(call, 'normal');
      this.attempts = ended(this.attempts, call, statusOfScreened(result));
    }
    return undefined;
  }

  /** Somebody outside has given the called party another document: it goes its own way. */
  #lost(call: string): Outcome | undefined {
    this.stage.letGo(call);
    this.attempts = ended(this.attempts, call, 'notAnswered');
    return this.#choose();
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
    this.#record('answer');
    if (this.#recording !== undefined) this.stage.recordsToo(this.winner, this.#recording);
    this.#maximum.set(this.instruction.maxMs);
  }

  #answered(): Outcome | undefined {
    if (this.#phase === 'leftAlone') return this.#over();
    if (this.#phase === 'joining') this.#join();
    return undefined;
  }

  /** The child ends, and the caller goes on. */
  #hungUpByCaller(): void {
    this.#hungUpBy = 'caller';
    this.stage.hangUp(this.winner, 'normal');
  }

  #hungUp(event: Of<'child.ended'>): Outcome | undefined {
    const { call, status, code, by } = event;
    this.attempts = noted(this.attempts, event);
    if (this.#phase !== 'trying' && call !== this.winner) return undefined;
    if (by === 'farSide') this.#hungUpBy = 'called';
    if (this.#phase === 'talking') return this.#over();
    // Quicker than the caller is answered: what comes next finds the call answered.
    if (this.#phase === 'joining') this.#phase = 'leftAlone';
    if (this.#phase === 'leftAlone') return undefined;
    this.attempts = ended(this.attempts, call, status === 'completed' ? statusOfGone(this, call) : status);
    this.#cameRound ||= code === 'CALL_HOPS_LIMIT';
    return this.#choose();
  }

  /** Somebody outside has put one of the two elsewhere: each goes its own way. */
  #parted({ bridge, call }: Of<'bridge.left'>): Outcome | undefined {
    const isOneOfUs = call === this.winner || call === this.stage.call.id;
    if (this.#phase !== 'talking' || bridge !== this.#bridge || !isOneOfUs) return undefined;
    this.stage.letGo(this.winner);
    return this.#over();
  }

  get #dialled(): Dialled {
    const bridged = this.#bridge !== undefined;
    return {
      attempts: this.attempts,
      winner: this.#reached ? this.winner : '',
      bridged,
      recording: this.#recording,
      hungUpBy: bridged ? this.#hungUpBy : undefined,
    };
  }

  #over(): Outcome {
    this.#stopRinging();
    const { next } = this.instruction;
    const result = dialed(this.#dialled);
    if (next) return { type: 'request', urls: [next], result };
    const unreached = this.#reached ? undefined : whenUnreached(this.instruction, result, this.#cameRound);
    return unreached ?? { type: 'continue', result };
  }
}
