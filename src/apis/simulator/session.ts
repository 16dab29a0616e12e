import type { Clock } from '../../clock.ts';
import { CallflowError } from '../../errors.ts';
import type { Reach } from '../../http/reach.ts';
import { Enactment } from '../../replay/enactment.ts';
import { planOf } from '../../replay/plan.ts';
import { type CalledTelephone, Telephone } from '../../replay/telephone.ts';
import { createTranscript, transcriptOf } from '../../replay/transcript.ts';
import type { Party } from '../../telephony/simulated/party.ts';
import { callView } from './call-view.ts';
import { readerOf } from './flow-order.ts';
import type { SessionOrder } from './session-order.ts';
import { outcomeOf, type SessionStep } from './session-step.ts';

/** After so many things that were due other work of the process gets its turn. */
const dueThingsPerTurn = 20;

/** How far one step moves time at most, unless it says how far. */
const longestMs = 10 * 60_000;

/** How much real time one step may take: what is not over by then goes on in the next one. */
const patienceMs = 20_000;

/** A call that is played step by step, in virtual time, with an engine of its own. */
export class Session {
  readonly #real: Clock;
  readonly #enactment: Enactment;
  readonly #transcript = createTranscript();
  readonly #telephone = new Telephone(() => this.#enactment.at());
  readonly #called: CalledTelephone[] = [];
  #caller: Party | undefined;
  /** Keys and words that are not over. */
  #acts = 0;
  #lines: string[] = [];
  #turn: Promise<unknown> = Promise.resolve();
  #closing = false;

  constructor({ flow, files, attend }: SessionOrder, reach: Reach, real: Clock) {
    this.#real = real;
    const { phones = {}, numbers = {} } = flow;
    this.#enactment = new Enactment(planOf(flow, readerOf(files)), {
      reach,
      player: {
        person: this.#telephone.person,
        takes: (party) => {
          this.#caller ??= party;
        },
      },
      attends: (number) => attend && !Object.hasOwn(phones, number) && !Object.hasOwn(numbers, number),
      rings: (telephone) => this.#called.push(telephone),
      onEntry: (entry) => this.#lines.push(...this.#transcript.line(entry)),
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
    const { journal, store } = this.#enactment.stage;
    return {
      ...this.#now,
      callees: this.#called.map((one) => calleeView(one, one.sounds)),
      transcript: transcriptOf(journal),
      calls: [...store.calls()].map(callView),
    };
  }

  /** Hangs up, and lets go of everything. */
  async close(): Promise<void> {
    this.#closing = true;
    await this.#turn;
    await this.#enactment.close();
  }

  async #take({ advance, until, as, ...act }: SessionStep): Promise<object> {
    const everybody = [this.#telephone, ...this.#called];
    for (const telephone of everybody) telephone.heardBefore = telephone.sounds.length;
    const called = as === undefined ? undefined : this.#calledAt(as);
    this.#acts = 0;
    this.#act(act, called);
    const doing = called ?? this.#telephone;
    const text = until?.toLowerCase();
    const enough = () => {
      if (text !== undefined) return this.#hears(text);
      const rings = act.letRing === true && called?.rings === true;
      const acts = this.#acts > 0 && !doing.hasHungUp;
      return advance === undefined && !rings && !acts && this.#enactment.quiet.isQuiet;
    };
    await this.#enactment.run(enough, advance === undefined ? longestMs : advance * 1000, this.#patience());
    const lines = this.#lines;
    this.#lines = [];
    return {
      ...this.#now,
      heard: this.#telephone.heard,
      callees: this.#called.map((one) => calleeView(one, one.heard)),
      lines,
    };
  }

  /** Anybody whose telephone is played has heard it in this step. */
  #hears(text: string): boolean {
    const everybody: Telephone[] = [this.#telephone, ...this.#called];
    return everybody.some(({ heard }) => heard.some((sound) => sound.text.toLowerCase().includes(text)));
  }

  #patience(): () => Promise<boolean> {
    const deadline = this.#real.now() + patienceMs;
    let dueThings = 0;
    return async () => {
      if (++dueThings % dueThingsPerTurn === 0) await new Promise((done) => setImmediate(done));
      return !this.#closing && this.#real.now() < deadline;
    };
  }

  #calledAt(number: string): CalledTelephone {
    const found = this.#called.findLast((one) => one.number === number);
    if (found) return found;
    const who =
      this.#called.length > 0 ? `only ${this.#called.map((one) => one.number).join(', ')} rang` : 'nobody rang';
    throw new CallflowError(
      'CALL_NOT_FOUND',
      `${number} has not rung so far, ${who}: a session needs "attend": true for it`,
    );
  }

  #act({ press, say, hangUp, hold, resume, letRing, ...rest }: SessionStep, called: CalledTelephone | undefined): void {
    const outcome = outcomeOf(rest);
    if (called && (outcome ?? letRing)) {
      if (called.decided) throw new CallflowError('CALL_NOT_FOUND', `${called.number} ${called.decided}`);
      if (outcome) called.decide(outcome);
      return;
    }
    if (!(press ?? say ?? hangUp ?? hold ?? resume)) return;
    const party = this.#partyOf(called);
    const done = () => {
      this.#acts--;
    };
    if (press !== undefined || say !== undefined) this.#acts++;
    if (press !== undefined) party.press(press, done);
    if (say !== undefined) party.say(say, done);
    if (hangUp) party.hangUp();
    if (hold) party.hold();
    if (resume) party.resume();
  }

  #partyOf(called: CalledTelephone | undefined): Party {
    const party = called ? called.party : this.#caller;
    const telephone = called ?? this.#telephone;
    if (party && !telephone.hasHungUp && !this.#enactment.quiet.isOver) return party;
    const who = called ? `the call to ${called.number} has ended` : 'nobody is calling, or no longer';
    throw new CallflowError('CALL_NOT_FOUND', who);
  }

  get #now() {
    return { at: this.#enactment.at(), ended: this.#enactment.quiet.isOver };
  }
}

const calleeView = ({ number, rings, answered, hasHungUp }: CalledTelephone, heard: readonly object[]) => ({
  number,
  ringing: rings,
  answered,
  ended: hasHungUp,
  heard,
});
