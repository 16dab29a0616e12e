import { type Heard, lasting, type Work } from './logic.ts';
import type { Outcome, Stage, Written } from './verb.ts';

/** Let the far side hear itself. */
export interface Echo extends Written {
  verb: 'echo';
  ms: number;
}

class Echoing implements Work {
  readonly #stage: Stage;
  readonly #begin: () => void;
  #id = '';

  constructor(stage: Stage, begin: () => void) {
    this.#stage = stage;
    this.#begin = begin;
  }

  begin(): undefined {
    this.#id = this.#stage.id();
    this.#stage.send({ type: 'echo', id: this.#id });
    this.#begin();
  }

  hear(event: Heard): Outcome | undefined {
    if (event.type === 'woken') this.#stage.send({ type: 'stop', id: this.#id });
    if (!('id' in event) || event.id !== this.#id) return undefined;
    if (event.type === 'leg.failed') return { type: 'failed', code: 'CALL_NETWORK', reason: event.reason };
    return event.type === 'leg.stopped' || event.type === 'leg.done' ? { type: 'continue' } : undefined;
  }
}

export const echo = lasting<Echo>(({ instruction: { ms }, stage }, alarm) => new Echoing(stage, () => alarm.set(ms)));
