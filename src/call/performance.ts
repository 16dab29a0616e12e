import { Alarm } from '../clock.ts';
import { type Instruction, verbs } from '../verbs/index.ts';
import type { Heard, Verb, Work } from '../verbs/logic.ts';
import type { Outcome } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';
import { CallStage } from './stage.ts';

/** A verb at work on a call, under a name. What it says when it is over comes to the call as `verb.over`. */
export class Performance {
  readonly name: string;
  readonly instruction: Instruction;
  readonly stage: CallStage;
  /** Set when it goes on beside the program, under an id of somebody outside. */
  readonly activity: string | undefined;
  readonly #call: LiveCall;
  readonly #alarm: Alarm;
  readonly #work: Work;
  #over = false;

  constructor(call: LiveCall, name: string, instruction: Instruction, activity?: string) {
    this.name = name;
    this.instruction = instruction;
    this.activity = activity;
    this.stage = new CallStage(call);
    this.#call = call;
    this.#alarm = new Alarm(call.clock, () => this.#woken());
    // Which verb fits which instruction, the registry knows and the types cannot say.
    const verb = verbs[instruction.verb] as Verb<Instruction>;
    this.#work = verb({ instruction, stage: this.stage }, this.#alarm);
  }

  begin(): void {
    if (this.#over) return;
    try {
      this.#ends(this.#work.begin());
    } catch (error) {
      this.#call.fail(error);
    }
  }

  hear(event: Heard): void {
    if (!this.#over) this.#ends(this.#work.hear(event));
  }

  /** It is over: nothing that it has begun goes on, and it hears nothing any more. */
  close(): void {
    this.#over = true;
    this.#alarm.clear();
    this.stage.close();
  }

  #woken(): void {
    try {
      this.hear({ type: 'woken' });
    } catch (error) {
      this.#call.fail(error);
    }
  }

  #ends(outcome: Outcome | undefined): void {
    if (!outcome) return;
    this.#over = true;
    this.#alarm.clear();
    this.#call.send({ type: 'verb.over', name: this.name, outcome });
  }
}
