import type { Length } from '../telephony/leg-event.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { HandlerUrl, Outcome, RecordingOptions, Result, Stage, VerbInput, Written } from './verb.ts';

/** Record what the far side says, until a key, silence, the maximum or the end of the call. */
export interface RecordAudio extends Written {
  verb: 'record';
  beep: boolean;
  /** The keys that end the recording, none of which is kept in it; empty: no key does. */
  stopKeys: string;
  /** Silence that ends it; 0: none does. */
  silenceMs: number;
  maxMs: number;
  trim: boolean;
  transcribe: boolean;
  recordingReady?: HandlerUrl;
  transcriptionReady?: HandlerUrl;
  next?: HandlerUrl;
  /** `next` is asked too when the far side has hung up; the answer is ignored. */
  tellsEnd?: true;
  events?: RecordingOptions['events'];
  storage?: RecordingOptions['storage'];
}

/** Written out, as what records most calls should cost little. */
class RecordingAudio implements Work {
  readonly #instruction: RecordAudio;
  readonly #stage: Stage;
  /** The beep while it plays, then the recording. */
  #id = '';
  #phase: 'beeping' | 'recording' | 'stopping' = 'beeping';
  #stopKey: string | undefined;

  constructor({ instruction, stage }: VerbInput<RecordAudio>) {
    this.#instruction = instruction;
    this.#stage = stage;
  }

  begin(): undefined {
    this.#tellEnd();
    if (!this.#instruction.beep) return this.#record();
    this.#id = this.#stage.id();
    this.#stage.send({ type: 'play', id: this.#id, sounds: [{ type: 'beep' }] });
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'leg.pressed':
        return this.#pressed(event.digit);
      case 'leg.done':
      case 'leg.stopped':
      case 'leg.failed':
        if (event.id !== this.#id) return undefined;
        return this.#phase === 'beeping' ? this.#record() : this.#over('ms' in event ? event : {});
      default:
        return undefined;
    }
  }

  #record(): undefined {
    const { silenceMs, maxMs, trim, transcribe } = this.#instruction;
    const { recordingReady, transcriptionReady, events, storage } = this.#instruction;
    this.#phase = 'recording';
    this.#id = this.#stage.record({
      source: 'record',
      channels: 1,
      ...(silenceMs > 0 && { silenceMs }),
      maxMs,
      trim,
      transcribe,
      ...(recordingReady && { recordingReady }),
      ...(transcriptionReady && { transcriptionReady }),
      ...(events && { events }),
      ...(storage && { storage }),
    });
  }

  /** Whoever hangs up during the beep has left nothing but silence. */
  #tellEnd(): void {
    const { next, tellsEnd } = this.#instruction;
    if (!next || !tellsEnd) return;
    this.#stage.ifEnded((_, hungUp) => {
      const length = hungUp?.recorded?.find(({ id }) => id === this.#id) ?? { silent: true };
      return { urls: [next], result: { ...this.#result(length), ended: true } };
    });
  }

  #pressed(digit: string): undefined {
    if (this.#phase !== 'recording' || !this.#instruction.stopKeys.includes(digit)) return;
    this.#phase = 'stopping';
    this.#stopKey = digit;
    this.#stage.send({ type: 'stop', id: this.#id });
  }

  #result({ ms = 0, trimmedMs, silent }: Length): Extract<Result, { type: 'recorded' }> {
    return {
      type: 'recorded',
      recording: this.#phase === 'beeping' ? '' : this.#id,
      ms,
      ...(trimmedMs !== undefined && { trimmedMs }),
      ...(silent && { silent }),
      ...(this.#stopKey !== undefined && { stopKey: this.#stopKey }),
    };
  }

  #over(length: Length): Outcome {
    const { next } = this.#instruction;
    const result = this.#result(length);
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  }
}

export const record = lasting<RecordAudio>((input) => new RecordingAudio(input));
