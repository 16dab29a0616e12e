import type { Alarm } from '../clock.ts';
import type { Sound } from '../telephony/sound.ts';
import { Speech, type SpeechInput } from './gather-speech.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { HandlerUrl, Outcome, Result, Stage, VerbInput, Written } from './verb.ts';

export type { SpeechInput } from './gather-speech.ts';

/** Collect keypad digits, or speech, listening while the prompts play. */
export interface Gather extends Written {
  verb: 'gather';
  prompts: readonly Sound[];
  maxDigits: number;
  /** The keys that end the collection and are not kept; empty: every key is kept. */
  stopKey: string;
  /** Silence, after the prompts or the last digit, that ends the collection. */
  timeoutMs: number;
  /** Who hears the digits, none included unless `skipsNothing`; absent: execution goes on. */
  next?: HandlerUrl;
  /** `next` is not asked when there was no input: execution goes on. */
  skipsNothing?: true;
  /** Keys are not listened for. */
  keys?: false;
  speech?: SpeechInput;
  /** What is pressed or said does not cut the prompts short: it counts once they are over. */
  bargeIn?: false;
}

type Reason = Extract<Result, { type: 'digits' }>['reason'];

/** Written out: as a machine it cost as much as the rest of a small call, and most calls are in one most of their time. */
class Gathering implements Work {
  readonly #instruction: Gather;
  readonly #stage: Stage;
  /** Silence has lasted too long. */
  readonly #silence: Alarm;
  /** The prompts while they play. */
  #prompts: string | undefined;
  #digits = '';
  /** How it ends once the prompts are over. */
  #ending: Reason | undefined;
  readonly #speech: Speech | undefined;

  constructor({ instruction, stage }: VerbInput<Gather>, silence: Alarm) {
    this.#instruction = instruction;
    this.#stage = stage;
    this.#silence = silence;
    if (instruction.speech) this.#speech = new Speech(instruction.speech, stage);
  }

  begin(): undefined {
    this.#speech?.begin();
    if (this.#instruction.prompts.length === 0) this.#collect();
    else this.#play();
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'leg.done':
      case 'leg.failed':
        return event.id === this.#prompts ? this.#prompted() : this.#listened(event);
      case 'leg.pressed':
        return this.#pressed(event.digit);
      case 'leg.speaking':
      case 'leg.spoke':
        if (this.#speech?.hear(event)) this.#interrupt();
        return undefined;
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

  #prompted(): Outcome | undefined {
    this.#prompts = undefined;
    if (this.#ending) return this.#over(this.#ending);
    if (!this.#speech?.begun) this.#collect();
    return undefined;
  }

  #collect(): void {
    this.#prompts = undefined;
    this.#silence.set(this.#instruction.timeoutMs);
  }

  /** Somebody speaks, or presses a key. */
  #interrupt(): void {
    this.#silence.clear();
    if (this.#prompts === undefined || this.#instruction.bargeIn === false) return;
    this.#stage.send({ type: 'stop', id: this.#prompts });
    this.#prompts = undefined;
  }

  #pressed(digit: string): Outcome | undefined {
    const { stopKey, maxDigits, keys } = this.#instruction;
    // What comes first, keys or speech, is what counts.
    if (keys === false || this.#speech?.begun || this.#ending) return undefined;
    this.#speech?.stop();
    this.#interrupt();
    if (stopKey.includes(digit)) return this.#end('stopKey');
    this.#digits += digit;
    if (this.#digits.length >= maxDigits) return this.#end('complete');
    if (this.#prompts === undefined) this.#collect();
    return undefined;
  }

  /** Somebody has said what they wanted to say. */
  #listened({ type, id }: { type: 'leg.done' | 'leg.failed'; id: string }): Outcome | undefined {
    const over = this.#speech?.over(id) && (type === 'leg.done' || this.#speech.begun);
    return over ? this.#end('complete') : undefined;
  }

  #end(reason: Reason): Outcome | undefined {
    if (this.#prompts === undefined) return this.#over(reason);
    this.#ending = reason;
    return undefined;
  }

  #over(reason: Reason): Outcome {
    const { next, skipsNothing, keys, speech } = this.#instruction;
    const spoken = this.#speech?.result;
    const listened = { ...(speech && { speech: true as const }), ...(keys === false && { keys }) };
    const result = spoken ?? ({ type: 'digits', digits: this.#digits, reason, ...listened } as const);
    const nothing = !spoken && this.#digits === '';
    return next && !(nothing && skipsNothing)
      ? { type: 'request', urls: [next], result }
      : { type: 'continue', result };
  }
}

export const gather = lasting<Gather>((input, silence) => new Gathering(input, silence));
