import type { LegEvent } from '../telephony/leg-event.ts';
import type { HandlerUrl, Result, Stage } from './verb.ts';

/** Speech is listened for, beside keys or instead of them. */
export interface SpeechInput {
  hints: readonly string[];
  /** BCP-47. */
  language: string;
  /** The pause that ends what is said. */
  endMs: number;
  /** How long somebody may speak. */
  maxMs: number;
  profanityFilter: boolean;
  model?: string;
  /** Hears what has been understood so far; its answers are ignored. */
  partial?: HandlerUrl;
}

/** Listens for what is said, from the first word to the pause after the last. */
export class Speech {
  readonly #input: SpeechInput;
  readonly #stage: Stage;
  #id = '';
  /** What has been understood, piece by piece. */
  #texts: string[] = [];
  #confidence: number | undefined;
  /** Somebody has begun to speak. */
  begun = false;

  constructor(input: SpeechInput, stage: Stage) {
    this.#input = input;
    this.#stage = stage;
  }

  begin(): void {
    const { hints, language, endMs, maxMs, profanityFilter, model, partial } = this.#input;
    this.#id = this.#stage.id();
    this.#stage.send({
      type: 'listen',
      id: this.#id,
      language,
      endMs,
      maxMs,
      ...(hints.length > 0 && { hints }),
      ...(model !== undefined && { model }),
      ...(profanityFilter && { masks: true }),
      ...(partial && { partial: true }),
    });
  }

  /** Whether somebody has just begun to speak. */
  hear(event: Extract<LegEvent, { type: 'leg.speaking' | 'leg.spoke' }>): boolean {
    if (this.#id === '') return false;
    const begins = !this.begun && event.type === 'leg.speaking';
    if (begins) this.begun = true;
    if (event.type === 'leg.speaking') this.#tell(event.text);
    else if (this.begun) this.#understood(event);
    return begins;
  }

  /** Keys came first. */
  stop(): void {
    if (this.#id === '') return;
    this.#stage.send({ type: 'stop', id: this.#id });
    this.#id = '';
  }

  /** Whether it is the listening of this id that is over, which it is then. */
  over(id: string): boolean {
    if (id !== this.#id) return false;
    this.#id = '';
    return true;
  }

  get result(): Extract<Result, { type: 'spoken' }> | undefined {
    const text = this.#texts.join(' ');
    if (text === '') return undefined;
    return { type: 'spoken', text, ...(this.#confidence !== undefined && { confidence: this.#confidence }) };
  }

  /** We are as sure of the whole as of its most doubtful piece. */
  #understood({ text, confidence }: Extract<LegEvent, { type: 'leg.spoke' }>): void {
    if (text !== '') this.#texts.push(text);
    if (confidence !== undefined) this.#confidence = Math.min(this.#confidence ?? 1, confidence);
  }

  #tell(now: string | undefined): void {
    const { partial } = this.#input;
    if (partial && now !== undefined)
      this.#stage.tell(partial, { type: 'spoken', text: [...this.#texts, now].join(' '), partial: true });
  }
}
