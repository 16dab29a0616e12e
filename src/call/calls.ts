import { createActor } from 'xstate';
import { CallflowError } from '../errors.ts';
import type { Act } from '../journal/act.ts';
import type { CallRecord } from '../records/call.ts';
import type { Leg, LegListener } from '../telephony/leg.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Origination, Program } from '../verbs/verb.ts';
import type { CallEvent } from './call-event.ts';
import { callLogic } from './call-logic.ts';
import { FamilyCounts } from './family-counts.ts';
import { Farewells } from './farewells.ts';
import { finish } from './finish.ts';
import { byUs } from './lifecycle.ts';
import { LiveCall } from './live-call.ts';
import { arrived, blank, childOf, routed, withoutCaller } from './new-record.ts';
import { obstacleTo } from './obstacle.ts';
import { nothing } from './program-stack.ts';
import type { NewCall, Route } from './route.ts';
import type { FamilyEvent, Surroundings } from './surroundings.ts';
import { Tie } from './tie.ts';

/** All live calls: made here, found here by id, and forgotten when they end. Each is an actor of its own. */
export class Calls {
  readonly #around: Surroundings;
  readonly #calls = new Map<string, LiveCall>();
  readonly #families = new FamilyCounts();
  #emptied: PromiseWithResolvers<void> | undefined;
  #closing = false;

  constructor(
    parts: Omit<
      Surroundings,
      'farewells' | 'find' | 'originate' | 'tell' | 'run' | 'stopProgram' | 'hangUp' | 'forget'
    >,
  ) {
    this.#around = {
      ...parts,
      farewells: new Farewells((call) => this.#told(call)),
      find: this.find,
      originate: this.#originate,
      tell: this.#tell,
      run: this.#run,
      stopProgram: (id, requester) => this.#send(id, { type: 'stopProgram', requester }),
      hangUp: this.#hangUp,
      forget: this.#forget,
    };
  }

  get farewells(): Farewells {
    return this.#around.farewells;
  }

  find = (id: string): LiveCall | undefined => this.#calls.get(id);

  ids(): string[] {
    return [...this.#calls.keys()];
  }

  /** A call comes in. */
  incoming(incoming: Incoming, leg: Leg, route: Route): LegListener {
    const id = this.#around.ids.next();
    const now = this.#around.ledger.now();
    const offered = withoutCaller(incoming);
    this.#around.ledger.input(id, id, { type: 'offered', incoming: offered });
    const before = this.#calls.get(incoming.placed ?? '');
    if (before) this.#families.join(id, before.record.family);
    if (before?.payer === this.#around.payerOf(route.project)) this.#around.spending.join(id, before.record.family);
    const call = new LiveCall(arrived(offered, routed(route), id, now), this.#around, 0);
    if (route.program) call.first = { program: route.program };
    call.leg = leg;
    return this.#start(call).hearLeg;
  }

  /** May one more call of the project come in? */
  mayTake(project: string): boolean {
    return this.#around.admission.mayBegin(project);
  }

  /** An API wants a call made: it is placed when its turn has come. */
  outgoing({ to, from, transport, labels, callerId, sipHeaders, ...route }: NewCall): string {
    this.#check(route.project, to);
    const id = this.#around.ids.next();
    this.#around.ledger.input(id, id, { type: 'created', to, from, options: route.options });
    const record: CallRecord = {
      ...blank(id, this.#around.ledger.now()),
      to,
      from,
      transport: transport ?? 'PSTN',
      ...(labels && { labels }),
      ...(callerId !== undefined && { callerId }),
      ...(sipHeaders && { sipHeaders }),
      ...routed(route),
      direction: 'outgoing',
      createMethod: 'api',
      state: 'queued',
    };
    this.#start(new LiveCall(record, this.#around, route.options.ringMs));
    return id;
  }

  /** A call that was waiting for its turn when the process ended waits again; it has not begun when this returns. */
  resume(record: CallRecord): LiveCall {
    return this.#start(new LiveCall(record, this.#around, record.options?.ringMs ?? 0, true));
  }

  #check(project: string, to: string): void {
    const { admission, refusalOf, spending } = this.#around;
    const refusal = refusalOf(project, to);
    if (refusal !== undefined) throw new CallflowError('CALL_NOT_PERMITTED', refusal);
    const spent = spending.obstacleTo(project);
    if (spent) throw new CallflowError(spent.errorCode, spent.errorMessage);
    if (!admission.mayWait(project))
      throw new CallflowError(
        'CALLS_LIMIT',
        'as many calls of the project are waiting to be placed as may: try again later',
      );
  }

  act(id: string, act: Act): boolean {
    const call = this.#calls.get(id);
    if (!call) return false;
    call.input(act);
    call.send(act);
    return true;
  }

  /** Ends every call, and at once each that is still to come. */
  close(): void {
    this.#closing = true;
    for (const id of this.ids()) this.act(id, { type: 'act.hangUp' });
  }

  /** Resolves once no call is left. */
  async emptied(): Promise<void> {
    if (this.#calls.size === 0 && this.#around.farewells.size === 0) return;
    this.#emptied ??= Promise.withResolvers();
    await this.#emptied.promise;
  }

  #originate = (parent: LiveCall, child: Origination): string => {
    const { ids, ledger } = this.#around;
    const id = ids.next();
    const record = childOf(parent.record, child, id, ledger.now());
    parent.output({ type: 'originated', call: id, to: child.to });
    const call = new LiveCall(record, this.#around, child.ringMs);
    const obstacle = obstacleTo(this.#around, record, this.#families.made(record.family));
    if (obstacle) {
      call.problem(obstacle.errorCode, obstacle.errorMessage);
      call.endWith({ by: 'us', state: 'failed', ...obstacle });
    }
    if (this.#families.made(record.family) >= 2 * this.#around.limits().family) this.#exhausted(parent);
    this.#start(call);
    return id;
  };

  /** Refused again and again, children would grow in number all the same: whoever goes on asking for them is ended. */
  #exhausted(parent: LiveCall): void {
    const errorMessage = `it went on calling others after ${this.#around.limits().family} calls of its family`;
    parent.problem('CALL_FAMILY_LIMIT', errorMessage);
    parent.endWith(byUs('failed', { cause: 'unavailable', errorCode: 'CALL_FAMILY_LIMIT', errorMessage }));
    this.#hangUp(parent.id, 'canceled');
  }

  #start(call: LiveCall): LiveCall {
    this.#calls.set(call.id, call);
    if (this.#closing) call.endWith({ by: 'api', state: 'canceled', cause: 'unavailable' });
    this.#families.begun(call.record.family);
    if (call.record.state !== 'queued') this.#around.admission.begun(call);
    this.#around.ledger.post(() => {
      const tie = new Tie(call);
      const actor = createActor(callLogic, { input: tie, clock: tie });
      call.begin(actor);
      actor.subscribe({
        complete: () => tie.cut(),
        // One that nobody observes would end the process, and with it every other call.
        error: (error) => this.#broken(call, error),
      });
      call.lifeLimit.set(call.limits.callMs);
      actor.start();
      call.send({ type: 'begin' });
      if (call.ending) call.send({ type: 'letGo', reason: 'canceled' });
    });
    return call;
  }

  /** The machine itself has failed: a defect of ours, of which the caller must hear no more than the end. */
  #broken(call: LiveCall, error: unknown): void {
    call.blame(error);
    call.wrapUp();
    try {
      call.hangUp();
    } catch (again) {
      call.blame(again);
    }
    call.leg = undefined;
    finish(call, { type: 'leg.hungUp', by: 'us', cause: 'failed' });
  }

  #tell = (id: string, event: FamilyEvent): void => {
    this.#around.ledger.post(() => this.#calls.get(id)?.hear(event));
  };

  #run = (program: Program, id: string, requester: string, wanted: () => boolean): void => {
    const send = () => wanted() && this.#calls.get(id)?.send({ type: 'run', program, requester });
    if (this.#calls.has(id)) this.#around.ledger.post(send);
    else this.#tell(requester, { type: 'ran', call: id, finished: false, result: nothing });
  };

  #hangUp = (id: string, reason: 'canceled' | 'maximum' | 'normal'): void => {
    this.#send(id, { type: 'letGo', reason });
  };

  #send(id: string, event: CallEvent): void {
    this.#around.ledger.post(() => this.#calls.get(id)?.send(event));
  }

  #forget = (call: LiveCall): void => {
    const { queues, faxes, farewells, admission, spending } = this.#around;
    this.#calls.delete(call.id);
    call.ringLimit.clear();
    call.lifeLimit.clear();
    call.talkLimit?.clear();
    queues.abandon(call.id);
    admission.over(call);
    faxes.forget(call.id);
    for (const family of this.#families.over(call.record.family)) spending.forget(family);
    if (!farewells.owes(call.id)) this.#told(call);
  };

  /** Nothing of this call is left to be told to its application. */
  #told(call: LiveCall): void {
    const { handler, farewells } = this.#around;
    if (this.#calls.has(call.id)) return;
    handler.forget(call.id);
    if (this.#calls.size === 0 && farewells.size === 0) this.#emptied?.resolve();
  }
}
