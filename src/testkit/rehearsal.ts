/** Calls in virtual time that a test plays: an engine of its own, the application, and everybody at their telephones. */
import type { Act } from '../journal/act.ts';
import type { JournalEntry } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import { Enactment } from '../replay/enactment.ts';
import type { FlowExchange } from '../replay/exchange.ts';
import type { Flow, FlowCall } from '../replay/flow.ts';
import { asFlow } from '../replay/flow-shape.ts';
import { type Plan, planOf } from '../replay/plan.ts';
import { planCall } from '../replay/planned-call.ts';
import type { Player } from '../replay/stage.ts';
import { transcriptOf } from '../replay/transcript.ts';
import type { Party } from '../telephony/simulated/party.ts';
import type { Phone } from '../telephony/simulated/script.ts';
import { type Application, handlerOf } from './application.ts';
import { Callee, Caller } from './caller.ts';
import { checkNode } from './node-version.ts';
import { Surprise, type SurpriseOptions } from './surprise.ts';

export interface RehearsalOptions {
  application: Application;
  /** The language of its documents: `voiceml` unless given. */
  dialect?: string;
  /** The handler URL, or the path of it; `/voice` unless given. Of an application that runs: its own URL. */
  url?: string;
  /** Several handler URLs, in the order in which they are asked. */
  urls?: readonly string[];
  /** Telephones that act by themselves, by number. Any other rings until the test says what happens. */
  phones?: Readonly<Record<string, Phone>>;
  /** Numbers of the application's own, with their handler URLs: a call to one comes in again. */
  numbers?: Flow['numbers'];
  /** Where randomness begins. */
  seed?: number;
  /** What stands between the engine and the application when it asks for documents. */
  between?: Player['between'];
}

/** Who calls whom, and what the number says about the call. */
export type Dialing = Omit<FlowCall, 'direction'> & { url?: string; urls?: readonly string[] };

/** So far time moves while nobody does anything. */
const longestMs = 24 * 3600 * 1000;

/** So long one act goes on at most when the engine never falls silent: hold music has no end. */
const patienceMs = 10 * 60_000;

/** Less than the time that vitest and Jest give a test: one that times out says nothing of the request. */
const realPatienceMs = 3_000;

export class Rehearsal {
  readonly #flow: Flow;
  readonly #base: string;
  readonly #enactment: Enactment;
  readonly #people: (Caller | Callee)[] = [];
  #callers = 0;
  /** How much of the journal there was when somebody last did something. */
  #before = 0;
  #lastAct = 'the call began';
  #closed = false;

  constructor({ application, url, urls, dialect, phones, numbers, seed, between }: RehearsalOptions) {
    checkNode();
    const handler = handlerOf(application);
    this.#base = typeof handler === 'string' ? handler : 'https://app.example';
    const first = url ?? (typeof handler === 'string' && !urls ? handler : undefined);
    this.#flow = {
      handler,
      ...(first !== undefined && { url: first }),
      ...(urls && { urls }),
      ...(dialect && { dialect }),
      ...(phones && { phones }),
      ...(numbers && { numbers }),
      ...(seed !== undefined && { seed }),
    };
    const plan: Plan = { ...planOf(asFlow(this.#flow), readsNoFile), calls: [] };
    this.#enactment = new Enactment(plan, {
      patienceMs: realPatienceMs,
      player: { between },
      attends: (number) => !Object.hasOwn(phones ?? {}, number) && !Object.hasOwn(numbers ?? {}, number),
      rings: (telephone) => this.#people.push(new Callee(this, telephone)),
    });
  }

  /** Virtual milliseconds since the beginning. */
  get at(): number {
    return this.#enactment.at();
  }

  get journal(): readonly JournalEntry[] {
    return this.#stage.journal;
  }

  /** The journal since somebody last did something. */
  get recent(): readonly JournalEntry[] {
    return this.#stage.journal.slice(this.#before);
  }

  get transcript(): string {
    return transcriptOf(this.#stage.journal);
  }

  /** Requests to the application for documents, in their order. */
  get requests(): readonly FlowExchange[] {
    return this.#stage.exchanges.filter((exchange) => exchange.for === 'handler');
  }

  get callbacks(): readonly FlowExchange[] {
    return this.#stage.exchanges.filter((exchange) => exchange.for === 'callback');
  }

  get calls(): readonly CallRecord[] {
    return [...this.#stage.store.calls()];
  }

  record(id: string): CallRecord | undefined {
    return this.#stage.store.call(id);
  }

  /** What somebody last did, in words. */
  get lastAct(): string {
    return this.#lastAct;
  }

  /** Somebody calls the application; resolves once it waits for them. */
  async dial(dialing: Dialing = {}): Promise<Caller> {
    const caller = new Caller(this, `caller${++this.#callers > 1 ? ` ${this.#callers}` : ''}`);
    this.#people.push(caller);
    const planned = planCall(dialing, this.#flow, this.#base);
    await this.#step(`${caller.who} called`, (done) => {
      caller.calls((person) => this.#stage.begin(planned, person) as Party);
      done();
    });
    const known = new Set(this.#people.map((person) => person.id));
    caller.id = this.calls.find(({ id, createMethod }) => createMethod === 'incomingCall' && !known.has(id))?.id ?? '';
    return caller;
  }

  /** The application makes a call through the API; resolves while the telephone rings. */
  async place(to: string, dialing: Omit<Dialing, 'to'> = {}): Promise<Callee> {
    const planned = planCall({ ...dialing, to, direction: 'outgoing' }, this.#flow, this.#base);
    await this.#step(`a call to ${to} was made`, (done) => {
      this.#stage.begin(planned);
      done();
    });
    return this.callee(to);
  }

  /** Whoever was called at this number last. */
  callee(number: string): Callee {
    const found = this.#people.findLast((person) => person instanceof Callee && person.name === number);
    if (found instanceof Callee) return found;
    const called = this.#people.filter((person) => person instanceof Callee).map(({ name }) => name);
    const who = called.length > 0 ? `only ${called.join(', ')}` : 'nobody';
    throw this.surprise(`nobody has called ${number} so far: ${who} was called`, { since: 'beginning' });
  }

  /** Does something to a live call, as an API does it. */
  async does(call: string, act: Act): Promise<void> {
    await this.#step(`the API did ${act.type}`, (done) => {
      this.#stage.engine.act(call, act);
      done();
    });
  }

  /**
   * Somebody does something; resolves once everybody waits again.
   *
   * @param isOver says that it will never be done: the call has ended before
   */
  act(what: string, does: (done: () => void) => void, isOver?: () => boolean): Promise<void> {
    return this.#step(what, does, isOver);
  }

  async wait(seconds: number): Promise<void> {
    this.#mark(`${seconds} s passed`);
    await this.#enactment.run(() => false, seconds * 1000);
  }

  /** Nobody does anything until the engine does, and then until everybody waits again. */
  async untilSomethingHappens(): Promise<void> {
    this.#mark('nobody said or pressed anything');
    await this.#enactment.run(this.#quiet.stirring(), longestMs);
    await this.#settle();
  }

  async until(enough: () => boolean): Promise<void> {
    this.#mark('time passed');
    await this.#enactment.run(enough, longestMs);
    await this.#settle();
  }

  /** An error that shows what has happened until now. */
  surprise(message: string, options: SurpriseOptions): Surprise {
    return new Surprise(message, this, options);
  }

  /** Every call is hung up, and nothing is left of the rehearsal. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#enactment.close();
  }

  async #step(what: string, does: (done: () => void) => void, isOver = () => false): Promise<void> {
    if (this.#closed) throw this.surprise(`${what} after the rehearsal was closed`, { since: 'beginning' });
    this.#mark(what);
    let going = true;
    does(() => {
      going = false;
    });
    await this.#enactment.run(() => (!going || isOver()) && this.#quiet.isQuiet, patienceMs);
  }

  #settle(): Promise<void> {
    return this.#enactment.run(() => this.#quiet.isQuiet, patienceMs);
  }

  #mark(what: string): void {
    this.#before = this.#stage.journal.length;
    this.#lastAct = what;
    for (const person of this.#people) person.marked();
  }

  get #stage() {
    return this.#enactment.stage;
  }

  get #quiet() {
    return this.#enactment.quiet;
  }
}

const readsNoFile = (name: string): never => {
  throw new Error(`phones and numbers of a rehearsal name no files, and ${name} is one`);
};
