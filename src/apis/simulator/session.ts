import { type Clock, VirtualClock } from '../../clock.ts';
import { CallflowError } from '../../errors.ts';
import { planOf } from '../../replay/plan.ts';
import { type Stage, stageOf } from '../../replay/stage.ts';
import { createTranscript, transcriptOf } from '../../replay/transcript.ts';
import type { HeardSound } from '../../telephony/simulated/heard.ts';
import type { Party } from '../../telephony/simulated/party.ts';
import { callView } from './call-view.ts';
import { type FlowOrder, readerOf } from './flow-order.ts';
import { Quiet } from './quiet.ts';
import type { SessionStep } from './session-step.ts';

/** So far time moves before it is looked whether that is enough; further when only the time says so. */
const sliceMs = 100;
const longSliceMs = 10_000;

/** After so many slices other work of the process gets its turn. */
const slicesPerTurn = 20;

/** How far one step moves time at most, unless it says how far. */
const longestMs = 10 * 60_000;

/** How much real time one step may take: what is not over by then goes on in the next one. */
const patienceMs = 20_000;

/** A call that is played step by step, in virtual time, with an engine of its own. */
export class Session {
  readonly #clock = new VirtualClock();
  readonly #real: Clock;
  readonly #begin = this.#clock.now();
  readonly #stage: Stage;
  readonly #quiet = new Quiet();
  readonly #transcript = createTranscript();
  #caller: Party | undefined;
  /** Keys and words of the caller that are not over. */
  #acts = 0;
  #heard: (HeardSound & { at: number })[] = [];
  #read = 0;
  #lines: string[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #closing = false;

  constructor({ flow, files }: FlowOrder, allow: readonly string[], real: Clock) {
    this.#real = real;
    this.#stage = stageOf(planOf(flow, readerOf(files)), this.#clock, allow, {
      person: { hears: (sound) => this.#heard.push({ ...sound, at: this.#clock.now() - this.#begin }) },
      takes: (party) => {
        this.#caller ??= party;
      },
    });
  }

  /** Does one thing, lets time go on, and tells what has come of it. Steps wait for each other. */
  step(step: SessionStep): Promise<object> {
    const taken = this.#turn.then(() => this.#take(step));
    this.#turn = taken.catch(() => {});
    return taken;
  }

  /** Everything since the beginning. */
  get whole(): object {
    const { journal, store } = this.#stage;
    return { ...this.#now, transcript: transcriptOf(journal), calls: [...store.calls()].map(callView) };
  }

  /** Hangs up, and lets go of everything. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#turn;
    void this.#stage.engine.close();
    await this.#clock.advance(sliceMs);
    await this.#stage.close();
  }

  async #take({ advance, until, ...act }: SessionStep): Promise<object> {
    this.#heard = [];
    this.#act(act);
    const text = until?.toLowerCase();
    const enough = () => {
      if (text !== undefined) return this.#heard.some((sound) => sound.text.toLowerCase().includes(text));
      return advance === undefined && this.#acts === 0 && this.#quiet.isQuiet;
    };
    const deadline = this.#clock.now() + (advance === undefined ? longestMs : advance * 1000);
    const patience = this.#real.now() + patienceMs;
    this.#follow();
    const slice = advance !== undefined && text === undefined ? longSliceMs : sliceMs;
    let slices = 0;
    do {
      if (++slices % slicesPerTurn === 0) await new Promise((done) => setImmediate(done));
      await this.#clock.run(Math.min(deadline, this.#clock.now() + slice));
      this.#follow();
    } while (!enough() && this.#mayGoOn(deadline, patience));
    const lines = this.#lines;
    this.#lines = [];
    return { ...this.#now, heard: this.#heard.map(soundView), lines };
  }

  #mayGoOn(deadline: number, patience: number): boolean {
    return !this.#closing && !this.#quiet.isOver && this.#clock.now() < deadline && this.#real.now() < patience;
  }

  #follow(): void {
    const { journal } = this.#stage;
    for (; this.#read < journal.length; this.#read++) {
      const entry = journal[this.#read]!;
      this.#quiet.take(entry);
      this.#lines.push(...this.#transcript.line(entry));
    }
  }

  #act({ press, say, hangUp, hold, resume }: Omit<SessionStep, 'advance' | 'until'>): void {
    const caller = this.#caller;
    if (!(press ?? say ?? hangUp ?? hold ?? resume)) return;
    if (!caller || this.#quiet.isOver) throw new CallflowError('CALL_NOT_FOUND', 'nobody is calling, or no longer');
    const done = () => {
      this.#acts--;
    };
    if (press !== undefined || say !== undefined) this.#acts++;
    if (press !== undefined) caller.press(press, done);
    if (say !== undefined) caller.say(say, done);
    if (hangUp) caller.hangUp();
    if (hold) caller.hold();
    if (resume) caller.resume();
  }

  get #now() {
    return { at: this.#clock.now() - this.#begin, ended: this.#quiet.isOver };
  }
}

const soundView = ({ at, kind, text, ms, from }: HeardSound & { at: number }) => ({
  at,
  kind,
  text,
  ms,
  by: from === undefined ? 'engine' : 'party',
});
