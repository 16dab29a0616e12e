/** A flow that is played step by step in virtual time, and everybody at their telephones. */
import { VirtualClock } from '../clock.ts';
import type { Reach } from '../http/reach.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { OnRing } from '../telephony/simulated/party.ts';
import type { Plan } from './plan.ts';
import { Quiet } from './quiet.ts';
import { type Player, type Stage, stageOf } from './stage.ts';
import { CalledTelephone } from './telephone.ts';

export interface Enacting {
  reach?: Reach;
  /** So long an application may take in real time before the time of the calls goes on. */
  patienceMs?: number;
  player?: Omit<Player, 'onRing'>;
  /** Whose telephone rings until somebody decides; of the others it is said in the plan. */
  attends(number: string): boolean;
  /** A telephone begins to ring. */
  rings(telephone: CalledTelephone): void;
  /** Told of everything, in its order. */
  onEntry?(entry: JournalEntry): void;
}

/** So long calls take to end when the engine is closed. */
const closingMs = 10 * 60_000;

export class Enactment {
  readonly clock: VirtualClock;
  readonly quiet = new Quiet();
  readonly stage: Stage;
  readonly #begin: number;
  readonly #enacting: Enacting;
  #followed = 0;

  constructor(plan: Plan, enacting: Enacting) {
    this.#enacting = enacting;
    this.clock = new VirtualClock({ patienceMs: enacting.patienceMs ?? 5_000 });
    this.#begin = this.clock.now();
    this.stage = stageOf(plan, this.clock, enacting.reach, { ...enacting.player, onRing: this.#onRing });
  }

  /** Virtual milliseconds since the beginning. */
  readonly at = (): number => this.clock.now() - this.#begin;

  /**
   * Time moves from one thing that is due to the next, until it is enough or every call is over.
   *
   * @param mayGoOn asked in between: whoever plays this may have run out of patience
   */
  async run(enough: () => boolean, mostMs: number, mayGoOn?: () => Promise<boolean>): Promise<void> {
    const deadline = this.clock.now() + mostMs;
    for (;;) {
      await this.clock.run(this.clock.now());
      this.#follow();
      if (this.quiet.isOver ? this.#isOver : enough()) return;
      const { next } = this.clock;
      if (next === undefined || next > deadline) break;
      if (mayGoOn && !(await mayGoOn())) return;
      await this.clock.run(next);
    }
    await this.clock.run(deadline);
    this.#follow();
  }

  /** Every call is hung up, and nothing is left. */
  async close(): Promise<void> {
    void this.stage.engine.close();
    await this.clock.advance(closingMs);
    await this.stage.close();
  }

  /** Every call has ended, and what was recorded is ready. */
  get #isOver(): boolean {
    return this.quiet.isOver && Object.values(this.stage.engine.left()).every((count) => count === 0);
  }

  #onRing: OnRing = ({ to }, party, call) => {
    if (!this.#enacting.attends(to)) return undefined;
    const telephone = new CalledTelephone(this.at, to, call, party);
    this.quiet.attended(call);
    this.#enacting.rings(telephone);
    return telephone.person;
  };

  #follow(): void {
    const { journal } = this.stage;
    for (; this.#followed < journal.length; this.#followed++) {
      const entry = journal[this.#followed]!;
      this.quiet.take(entry);
      this.#enacting.onEntry?.(entry);
    }
  }
}
