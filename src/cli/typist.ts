import type { Clock } from '../clock.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { keysMs, speechMs } from '../telephony/simulated/timing.ts';
import type { Conversation } from './conversation.ts';
import { Turns } from './turns.ts';
import type { Deed, Typed } from './typed.ts';

/** After what a deed sets off, the call says within this time whether it still listens. */
const settlingMs = 300;

/**
 * Types ahead: lines that come from a pipe are there all at once, and each waits until the call listens to its phone.
 * When there are no more, the caller hears the call out and hangs up as soon as it waits for somebody.
 */
export class Typist {
  readonly #conversation: Conversation;
  readonly #clock: Clock;
  readonly #complain: (problem: string) => void;
  readonly #turns = new Turns();
  readonly #lines: Extract<Typed, { type: 'deed' }>[] = [];
  #isBusy = false;
  #isAtEnd = false;

  constructor(conversation: Conversation, clock: Clock, complain: (problem: string) => void) {
    this.#conversation = conversation;
    this.#clock = clock;
    this.#complain = complain;
  }

  /** What nobody got round to. */
  get left(): number {
    return this.#lines.length;
  }

  /** What belongs together comes entry by entry: only then it is clear whose turn it is. */
  follow(entry: JournalEntry): void {
    this.#turns.follow(entry);
    this.#clock.setTimeout(() => this.#go(), 0);
  }

  type(line: Typed): void {
    if (line.type === 'deed') this.#lines.push(line);
    this.#go();
  }

  end(): void {
    this.#isAtEnd = true;
    this.#go();
  }

  #go(): void {
    if (this.#isBusy) return;
    const [line] = this.#lines;
    if (line && (this.#isTurnOf(line.phone, line.deed) || this.#isInVain(line.phone))) this.#do(line.phone, line.deed);
    else if (!line && this.#isAtEnd && this.#turns.waits(this.#conversation.caller.call)) this.#hangUp();
  }

  #isTurnOf(phone: number, { does }: Deed): boolean {
    const { call = undefined, hasEnded = true } = this.#conversation.handset(phone) ?? {};
    if (!call || hasEnded) return false;
    if (does === 'answer' || does === 'busy' || does === 'reject') return true;
    return this.#turns.listens(call) || (does === 'hangUp' && this.#turns.waits(call));
  }

  /** The call waits for the caller, so nothing will happen to this phone before it gets its line. */
  #isInVain(phone: number): boolean {
    const { call } = this.#conversation.caller;
    const { hasEnded = true } = this.#conversation.handset(phone) ?? {};
    return hasEnded && this.#turns.listens(call) && this.#turns.waits(call);
  }

  #do(phone: number, deed: Deed): void {
    this.#lines.shift();
    const problem = this.#conversation.do(phone, deed);
    if (problem) this.#complain(problem);
    this.#isBusy = true;
    this.#clock.setTimeout(() => {
      this.#isBusy = false;
      this.#go();
    }, lengthOf(deed) + settlingMs);
  }

  #hangUp(): void {
    this.#isBusy = true;
    this.#conversation.do(1, { does: 'hangUp' });
  }
}

function lengthOf(deed: Deed): number {
  if (deed.does === 'press') return keysMs(deed.keys);
  return deed.does === 'say' ? speechMs(deed.text) : 0;
}
