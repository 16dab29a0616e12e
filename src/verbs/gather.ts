import type { Alarm } from '../clock.ts';
import type { Sound } from '../telephony/leg.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { HandlerUrl, Outcome, Result, Stage, VerbInput, Written } from './verb.ts';

/** Collect keypad digits, listening while the prompts play. */
export interface Gather extends Written {
  verb: 'gather';
  prompts: readonly Sound[];
  maxDigits: number;
  /** The key that ends the collection and is not kept; empty: every key is kept. */
  stopKey: string;
  /** Silence, after the prompts or the last digit, that ends the collection. */
  timeoutMs: number;
  /** Who hears the digits, none included; absent: execution goes on. */
  next?: HandlerUrl;
}

/** Written out: as a machine it cost as much as the rest of a small call, and most calls are in one most of their time. */
class Gathering implements Work {
  readonly #instruction: Gather;
  readonly #stage: Stage;
  /** Silence has lasted too long. */
  readonly #silence: Alarm;
  /** The prompts while they play. */
  #prompts: string | undefined;
  #digits = '';

  constructor({ instruction, stage }: VerbInput<Gather>, silence: Alarm) {
    this.#instruction = instruction;
    this.#stage = stage;
    this.#silence = silence;
  }

  begin(): undefined {
    if (this.#instruction.prompts.length === 0) this.#collect();
    else this.#play();
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'leg.done':
      case 'leg.failed':
        if (event.id === this.#prompts) this.#collect();
        return undefined;
      case 'leg.pressed':
        return this.#pressed(event.digit);
      case 'woken':
        return this.#over('timeout');
      default:
        return undefined;
    }
  }

  #play(): void {
    this.#prompts = this.#stage.id();
    this.#stage.send({ type: 'play', id: this.#prompts, sounds: this.#instruction.prompts });
  }

  #collect(): void {
    this.#prompts = undefined;
    this.#silence.set(this.#instruction.timeoutMs);
  }

  #pressed(digit: string): Outcome | undefined {
    const { stopKey, maxDigits } = this.#instruction;
    if (this.#prompts !== undefined) this.#stage.send({ type: 'stop', id: this.#prompts });
    if (digit === stopKey) return this.#over('stopKey');
    this.#digits += digit;
    if (this.#digits.length >= maxDigits) return this.#over('complete');
    this.#collect();
    return undefined;
  }

  #over(reason: Extract<Result, { type: 'digits' }>['reason']): Outcome {
    const { next } = this.#instruction;
    const result = { type: 'digits', digits: this.#digits, reason } as const;
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  }
}

export const gather = lasting<Gather>((input, silence) => new Gathering(input, silence));
