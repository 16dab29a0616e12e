import { CallflowError } from '../errors.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { Caller } from '../testkit/caller.ts';
import { Rehearsal } from '../testkit/rehearsal.ts';
import type { Sound } from '../testkit/speaker.ts';
import { Surprise } from '../testkit/surprise.ts';
import { type ExploreAct, type ExploreScript, perform } from './acts.ts';
import { type Counted, Unreliable } from './failing.ts';
import { Following } from './following.ts';
import type { ApplicationOptions } from './options.ts';

/** What one act led to. */
export interface Step {
  /** Absent for the beginning of the call. */
  act?: ExploreAct;
  entries: readonly JournalEntry[];
  /** What everybody heard, by name. */
  heard: ReadonlyMap<string, readonly Sound[]>;
  /** What was asked of the application, and how often it had been asked before. */
  requests: readonly Counted[];
  requestsBefore: number;
  /** Milliseconds after the beginning of the call. */
  began: number;
  ended: number;
}

/** One call to the application, played act by act from its beginning. */
export class Walk {
  readonly following = new Following();
  readonly rehearsal: Rehearsal;
  readonly #unreliable: Unreliable;
  #caller: Caller | undefined;
  #taken = 0;
  /** What was heard before somebody was asked for something, by the asking. */
  readonly prompts = new Map<number, readonly Sound[]>();

  constructor({ call: _, ...options }: ApplicationOptions, script: ExploreScript) {
    this.#unreliable = new Unreliable(script);
    this.rehearsal = new Rehearsal({ ...options, between: this.#unreliable.before });
  }

  get isOver(): boolean {
    return this.following.isOver;
  }

  begin(call: ApplicationOptions['call']): Promise<Step> {
    return this.#step(undefined, async () => {
      this.#caller = await this.rehearsal.dial(call);
    });
  }

  /** Throws `Surprise` when it cannot be done, which is when the application did something else than before. */
  do(act: ExploreAct): Promise<Step> {
    return this.#step(act, async () => {
      const before = this.#collecting(act);
      await perform(act, this.rehearsal, this.#caller!);
      this.#follow();
      // Nobody adds anything to what was pressed or said.
      if (before !== undefined && this.#collecting(act) === before) await this.rehearsal.untilSomethingHappens();
    });
  }

  /** The caller hangs up, if they have not, and what is left of the call comes to its end. */
  async end(): Promise<Step> {
    return this.#step({ does: 'hangUp', who: 'caller' }, async () => {
      const hangsUp = this.#caller && !this.#caller.hasHungUp && !this.isOver;
      if (hangsUp) await perform({ does: 'hangUp', who: 'caller' }, this.rehearsal, this.#caller!);
      await this.close();
    });
  }

  close(): Promise<void> {
    return this.rehearsal.close();
  }

  /** What takes that which this act gives, and goes on until it has enough of it. */
  #collecting(act: ExploreAct): number | undefined {
    if (act.does !== 'press' && act.does !== 'say') return undefined;
    const doing = this.following.live.findLast(({ name }) => name === act.who)?.doing.at(-1);
    return doing?.verb === 'gather' || doing?.verb === 'record' ? doing.seq : undefined;
  }

  async #step(act: ExploreAct | undefined, does: () => Promise<void>): Promise<Step> {
    const began = this.rehearsal.at;
    const from = this.rehearsal.journal.length;
    const requestsBefore = this.#unreliable.requests.length;
    const heardBefore = new Map(this.#people().map(({ name, sounds }) => [name, sounds.length]));
    await does();
    this.#follow();
    const heard = new Map(this.#people().map(({ name, sounds }) => [name, sounds.slice(heardBefore.get(name) ?? 0)]));
    this.#remember(heard);
    return {
      ...(act && { act }),
      entries: this.rehearsal.journal.slice(from),
      heard,
      requests: this.#unreliable.requests.slice(requestsBefore),
      requestsBefore,
      began,
      ended: this.rehearsal.at,
    };
  }

  #remember(heard: Step['heard']): void {
    for (const { name, doing } of this.following.live) {
      const asking = doing.at(-1);
      if (asking && !this.prompts.has(asking.seq)) this.prompts.set(asking.seq, heard.get(name) ?? []);
    }
  }

  #follow(): void {
    const { journal } = this.rehearsal;
    for (; this.#taken < journal.length; this.#taken++) this.following.take(journal[this.#taken]!);
  }

  #people(): { name: string; sounds: readonly Sound[] }[] {
    const callees = [...this.following.calls.values()].flatMap(({ name }) =>
      name === 'caller' ? [] : this.#callee(name),
    );
    return this.#caller ? [{ name: 'caller', sounds: this.#caller.sounds }, ...callees] : callees;
  }

  #callee(name: string) {
    try {
      return [this.rehearsal.callee(name)];
    } catch (error) {
      if (error instanceof Surprise) return []; // it is one of the phones that act by themselves
      throw error;
    }
  }
}

/** Why a call could not be played to its end: the application threw, or did something else than before. */
export function whyBroken(error: unknown): { kind: 'threw' | 'notRepeatable'; reason: string } | undefined {
  const [reason = ''] = error instanceof Error ? error.message.split('\n') : [];
  if (error instanceof Surprise) return { kind: 'notRepeatable', reason };
  if (error instanceof CallflowError && error.code === 'FLOW_NOT_VALID') return { kind: 'threw', reason };
  return undefined;
}
