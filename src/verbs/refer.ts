import type { Alarm } from '../clock.ts';
import { sipUri } from './addresses.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { HandlerUrl, Outcome, Result, Stage, VerbInput, Written } from './verb.ts';

/** Have the far side of a SIP call call somebody else instead; ours goes on until it has. */
export interface Refer extends Written {
  verb: 'refer';
  to: string;
  headers?: Readonly<Record<string, string>>;
  next?: HandlerUrl;
}

/** How long the far side may say nothing of the call that it makes. */
const patienceMs = 60_000;

class Referring implements Work {
  readonly #instruction: Refer;
  readonly #stage: Stage;
  readonly #patience: Alarm;
  #id = '';
  #accepted: number | undefined;
  #progress: number | undefined;

  constructor({ instruction, stage }: VerbInput<Refer>, patience: Alarm) {
    this.#instruction = instruction;
    this.#stage = stage;
    this.#patience = patience;
  }

  begin(): Outcome | undefined {
    const { to, headers, next } = this.#instruction;
    const obstacle = this.#obstacle();
    if (obstacle !== undefined) {
      this.#stage.problem('CALL_NOT_REFERRED', obstacle);
      return this.#over();
    }
    this.#id = this.#stage.id();
    this.#stage.send({ type: 'refer', id: this.#id, to, ...(headers && { headers }) });
    this.#patience.set(patienceMs);
    if (next) this.#stage.ifEnded(() => ({ urls: [next], result: { ...this.#result, ended: true } }));
    return undefined;
  }

  hear(event: Heard): Outcome | undefined {
    if (event.type === 'woken') return this.#over();
    if (!('id' in event) || event.id !== this.#id) return undefined;
    if (event.type === 'leg.failed' || event.type === 'leg.done') return this.#over();
    if (event.type !== 'leg.referred') return undefined;
    if (event.of === 'request') this.#accepted = event.status;
    else this.#progress = event.status;
    this.#patience.set(patienceMs);
    return undefined;
  }

  #obstacle(): string | undefined {
    const { to } = this.#instruction;
    if (this.#stage.call.transport !== 'SIP') return 'only a SIP call can be referred to somebody else';
    return sipUri(to) ? undefined : `${JSON.stringify(to)} is not a SIP URI`;
  }

  get #result(): Extract<Result, { type: 'referred' }> {
    return {
      type: 'referred',
      ...(this.#accepted !== undefined && { accepted: this.#accepted }),
      ...(this.#progress !== undefined && { progress: this.#progress }),
    };
  }

  #over(): Outcome {
    const { next } = this.#instruction;
    const result = this.#result;
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  }
}

export const refer = lasting<Refer>((input, patience) => new Referring(input, patience));
