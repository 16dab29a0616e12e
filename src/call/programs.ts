import type { ErrorCode } from '../errors.ts';
import type { Instruction } from '../verbs/index.ts';
import type { Outcome, Program, Result } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';
import { Performance } from './performance.ts';
import { type Frame, frameOf, nothing, placeOf } from './program-stack.ts';

/** Why programs are taken off the stack. */
interface Unwound {
  finished: boolean;
  code?: ErrorCode;
  leaves?: true;
  replaced?: true;
}

/** What a call is doing: a stack of programs, the one that runs last, and activities beside them. */
export class Programs {
  readonly #call: LiveCall;
  readonly stack: Frame[] = [];
  readonly activities = new Map<string, Performance>();
  #performances = 0;

  constructor(call: LiveCall) {
    this.#call = call;
  }

  get top(): Frame | undefined {
    return this.stack.at(-1);
  }

  /** May one more instruction be carried out? */
  get allowed(): boolean {
    const { limits, age } = this.#call;
    return this.#performances < limits.steps + age * 100;
  }

  performances(): readonly Performance[] {
    const all: Performance[] = [];
    for (const { performance } of this.stack) if (performance) all.push(performance);
    for (const activity of this.activities.values()) all.push(activity);
    return all;
  }

  /** Begins the instruction at which the program on top stands; gives the performance, whose verb is to begin. */
  perform(): Performance {
    const frame = this.top!;
    frame.performance = this.#begin(frame.program.instructions[frame.position]!);
    return frame.performance;
  }

  performActivity(activity: string, instruction: Instruction, takesOver: boolean): Performance {
    const performance = this.#begin(instruction, activity);
    performance.stage.takesOver = takesOver;
    this.activities.set(activity, performance);
    return performance;
  }

  #begin(instruction: Instruction, activity?: string): Performance {
    const beside = activity === undefined ? {} : { activity };
    this.#call.output({ type: 'verb.began', verb: instruction.verb, ...placeOf(instruction), ...beside });
    return new Performance(this.#call, `verb-${++this.#performances}`, instruction, activity);
  }

  /** A verb has ended by itself; false when it is none of ours any more. */
  settle(name: string, outcome: Outcome): boolean {
    const frame = this.stack.find(({ performance }) => performance?.name === name);
    const performance = frame?.performance ?? [...this.activities.values()].find((other) => other.name === name);
    if (!performance) return false;
    const { instruction, activity } = performance;
    const result = 'result' in outcome ? outcome.result : undefined;
    performance.close();
    if (outcome.type === 'failed') this.#call.problem(outcome.code, outcome.reason, instruction.at);
    this.#ended(performance, outcome.type, result);
    if (outcome.type === 'request' && outcome.reply === 'ignore')
      this.#call.requests.tell(outcome.urls, outcome.result);
    if (activity !== undefined) this.activities.delete(activity);
    if (!frame) return true;
    frame.result = result ?? nothing;
    frame.performance = undefined;
    return true;
  }

  #ended({ instruction, activity }: Performance, outcome: Outcome['type'] | 'interrupted', result?: Result): void {
    this.#call.output({
      type: 'verb.ended',
      verb: instruction.verb,
      outcome,
      ...(result && { result }),
      ...(activity !== undefined && { activity }),
    });
  }

  #interrupt(performance: Performance): void {
    performance.close();
    this.#ended(performance, 'interrupted');
  }

  /** A program begins at `height`, or goes on there with the document that it asked for. */
  load(height: number, program: Program, requester?: string): void {
    const replaced = this.stack[height];
    if (replaced) this.#call.output({ type: 'program.ended', purpose: replaced.program.purpose, interrupted: false });
    const { instructions, ...about } = program;
    this.stack[height] = frameOf(program, requester);
    this.#call.output({
      type: 'program.began',
      program: about,
      instructions: instructions.length,
      epoch: this.#call.epoch,
    });
  }

  /**
   * Takes programs off the stack until `height` are left, and tells whoever had them run.
   */
  unwind(height: number, over: Unwound = { finished: false }): void {
    const { finished, code, leaves, replaced } = over;
    const why = { ...(code && { code }), ...(leaves && { left: true as const }), ...(replaced && { replaced }) };
    while (this.stack.length > height) {
      const frame = this.stack.pop()!;
      if (frame.performance) this.#interrupt(frame.performance);
      this.#call.output({
        type: 'program.ended',
        purpose: frame.program.purpose,
        interrupted: frame.performance !== undefined,
      });
      if (frame.requester !== undefined)
        this.#call.around.tell(frame.requester, {
          type: 'ran',
          call: this.#call.id,
          finished,
          result: frame.result,
          ...why,
        });
    }
  }

  stopActivities(): void {
    for (const activity of [...this.activities.keys()]) this.stopActivity(activity);
  }

  stopActivity(activity: string): void {
    const performance = this.activities.get(activity);
    if (!performance) return;
    this.activities.delete(activity);
    this.#interrupt(performance);
  }
}
