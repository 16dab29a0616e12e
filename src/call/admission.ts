import type { Clock } from '../clock.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';

/** What the calls of one project may do together. */
export interface ProjectLimits {
  /** Outgoing calls that are placed each second for its API. */
  perSecond: number;
  /** Calls that may live at once, whoever made them; those that wait to be placed do not count. */
  concurrent: number;
  /** Outgoing calls that may wait to be placed. */
  waiting: number;
}

interface Lane {
  waiting: LiveCall[];
  live: Set<LiveCall>;
  /** When the next one may be placed. */
  nextAt: number;
}

export interface AdmissionOptions {
  clock: Clock;
  ledger: Ledger;
  limitsOf(project: string): ProjectLimits;
  /** The project whose limits count for this one. */
  payerOf(project: string): string;
}

/**
 * Who may begin: outgoing calls wait for their turn, project by project in rotation, no faster and no more at once than
 * each project may.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  /** In the order of their turns. */
  readonly #lanes = new Map<string, Lane>();
  /** Those whose turn did not come at once. */
  readonly #late = new Set<LiveCall>();
  #timer: unknown;
  #isHeld = false;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** How many calls wait. */
  get waiting(): number {
    return [...this.#lanes.values()].reduce((sum, lane) => sum + lane.waiting.length, 0);
  }

  /** May one more call of the project wait to be placed? */
  mayWait(project: string): boolean {
    const { limitsOf, payerOf } = this.#options;
    const payer = payerOf(project);
    return (this.#lanes.get(payer)?.waiting.length ?? 0) < limitsOf(payer).waiting;
  }

  /** May one more call of the project begin at once? */
  mayBegin(project: string): boolean {
    const { limitsOf, payerOf } = this.#options;
    const payer = payerOf(project);
    return (this.#lanes.get(payer)?.live.size ?? 0) < limitsOf(payer).concurrent;
  }

  /** A call that nobody had to wait for. */
  begun(call: LiveCall): void {
    this.#laneOf(call).live.add(call);
  }

  /** Nobody gets a turn any more: who waits goes on waiting, in the store. */
  hold(): void {
    this.#isHeld = true;
    this.#options.clock.clearTimeout(this.#timer);
  }

  /** The call hears `mayPlace` when it is its turn. */
  wait(call: LiveCall): void {
    const lane = this.#laneOf(call);
    lane.waiting.push(call);
    this.#giveTurns();
    if (lane.waiting.includes(call)) this.#late.add(call);
  }

  /** The call is over: others may have their turn. */
  over(call: LiveCall): void {
    const lane = this.#laneOf(call);
    this.#late.delete(call);
    if (!lane.live.delete(call)) lane.waiting = lane.waiting.filter((other) => other !== call);
    this.#giveTurns();
  }

  #laneOf({ payer }: LiveCall): Lane {
    const lane = this.#lanes.get(payer) ?? { waiting: [], live: new Set(), nextAt: 0 };
    this.#lanes.set(payer, lane);
    return lane;
  }

  /** One project after the other, until nobody may go on. */
  #giveTurns(): void {
    if (this.#isHeld) return;
    for (let idle = 0; idle < this.#lanes.size; ) {
      const [project, lane] = this.#lanes.entries().next().value!;
      this.#lanes.delete(project);
      this.#lanes.set(project, lane);
      idle = this.#turnOf(project, lane) ? 0 : idle + 1;
    }
    for (const [project, lane] of this.#lanes)
      if (lane.waiting.length + lane.live.size === 0 && lane.nextAt <= this.#options.clock.now())
        this.#lanes.delete(project);
    this.#comeBack();
  }

  #turnOf(project: string, lane: Lane): boolean {
    const { clock, ledger, limitsOf } = this.#options;
    const call = lane.waiting[0];
    if (!call || lane.nextAt > clock.now() || !this.mayBegin(project)) return false;
    lane.waiting.shift();
    lane.live.add(call);
    lane.nextAt = clock.now() + 1000 / limitsOf(project).perSecond;
    const late = this.#late.delete(call);
    ledger.post(() => {
      if (!lane.live.has(call)) return;
      if (late) call.input({ type: 'mayPlace' });
      call.send({ type: 'mayPlace' });
    });
    return true;
  }

  /** Comes back when the first of those that wait for time to pass may go on. */
  #comeBack(): void {
    const { clock, ledger } = this.#options;
    clock.clearTimeout(this.#timer);
    const now = clock.now();
    const due = [...this.#lanes.values()].filter((lane) => lane.waiting.length > 0 && lane.nextAt > now);
    const nextAt = Math.min(...due.map((lane) => lane.nextAt));
    this.#timer =
      due.length === 0 ? undefined : clock.setTimeout(() => ledger.turn(() => this.#giveTurns()), nextAt - now);
  }
}
