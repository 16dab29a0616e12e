import { type AnyActorRef, createActor } from 'xstate';
import { CallflowError } from '../errors.ts';
import type { Act } from '../journal.ts';
import type { CallOptions, CallRecord } from '../records.ts';
import type { Leg, LegListener } from '../telephony/leg.ts';
import type { Incoming } from '../telephony/network.ts';
import type { Origination, Program } from '../verbs/verb.ts';
import { callMachine } from './call.ts';
import type { CallEvent } from './call-event.ts';
import { byUs } from './lifecycle.ts';
import { LiveCall } from './live-call.ts';
import { blank, routed } from './new-record.ts';
import { obstacleTo } from './obstacle.ts';
import { nothing } from './program-stack.ts';
import type { FamilyEvent, Surroundings } from './surroundings.ts';

/** What an incoming call is to run, and for whom. */
export interface Route {
  project: string;
  dialect: string;
  options: CallOptions;
  mode?: CallRecord['mode'];
}

export interface NewCall extends Route {
  to: string;
  from: string;
  transport?: CallRecord['transport'];
  labels?: Readonly<Record<string, string>>;
}

/** All live calls: made here, found here by id, and forgotten when they end. Each is an actor of its own. */
export class Calls {
  readonly #around: Surroundings;
  readonly #calls = new Map<string, LiveCall>();
  /** How many calls each family has had. */
  readonly #families = new Map<string, { made: number; live: number }>();
  #emptied: PromiseWithResolvers<void> | undefined;
  #closing = false;

  constructor(parts: Omit<Surroundings, 'find' | 'originate' | 'tell' | 'run' | 'hangUp' | 'forget'>) {
    this.#around = {
      ...parts,
      find: this.find,
      originate: this.#originate,
      tell: this.#tell,
      run: this.#run,
      hangUp: this.#hangUp,
      forget: this.#forget,
    };
  }

  find = (id: string): LiveCall | undefined => this.#calls.get(id);

  ids(): string[] {
    return [...this.#calls.keys()];
  }

  /** A call comes in. */
  incoming(incoming: Incoming, leg: Leg, route: Route): LegListener {
    const id = this.#around.ids.next();
    const now = this.#around.ledger.now();
    this.#around.ledger.input(id, id, { type: 'offered', incoming });
    const record: CallRecord = {
      ...blank(id, now),
      ...incoming,
      ...routed(route),
      direction: 'incoming',
      createMethod: 'incomingCall',
      state: 'starting',
      startTime: now,
    };
    const call = new LiveCall(record, this.#around, 0);
    call.leg = leg;
    return this.#start(call).hearLeg;
  }

  /** May one more call of the project come in? */
  mayTake(project: string): boolean {
    return this.#around.admission.mayBegin(project);
  }

  /** An API wants a call made: it is placed when its turn has come. */
  outgoing({ to, from, transport, labels, ...route }: NewCall): string {
    this.#check(route.project, to);
    const id = this.#around.ids.next();
    this.#around.ledger.input(id, id, { type: 'created', to, from, options: route.options });
    const record: CallRecord = {
      ...blank(id, this.#around.ledger.now()),
      to,
      from,
      transport: transport ?? 'PSTN',
      ...(labels && { labels }),
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
    const { admission, refusalOf } = this.#around;
    const refusal = refusalOf(project, to);
    if (refusal !== undefined) throw new CallflowError('CALL_NOT_PERMITTED', refusal);
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
    if (this.#calls.size === 0) return;
    this.#emptied ??= Promise.withResolvers();
    await this.#emptied.promise;
  }

  #originate = (parent: LiveCall, child: Origination): string => {
    const { ids, ledger } = this.#around;
    const id = ids.next();
    const { project, dialect, family } = parent.record;
    const record: CallRecord = {
      ...blank(id, ledger.now()),
      project,
      dialect,
      family,
      to: child.to,
      from: child.callerId ?? '',
      transport: child.transport,
      direction: 'outgoing',
      createMethod: 'parentCall',
      originatingCall: parent.id,
      state: 'starting',
    };
    parent.output({ type: 'originated', call: id, to: child.to });
    const call = new LiveCall(record, this.#around, child.ringMs);
    const obstacle = obstacleTo(this.#around, record, this.#madeBy(family));
    if (obstacle) {
      call.problem(obstacle.errorCode, obstacle.errorMessage);
      call.endWith({ by: 'us', state: 'failed', ...obstacle });
    }
    if (this.#madeBy(family) >= 2 * this.#around.limits.family) this.#exhausted(parent);
    this.#start(call);
    return id;
  };

  #madeBy(family: string): number {
    return this.#families.get(family)?.made ?? 0;
  }

  /** Refused again and again, children would grow in number all the same: whoever goes on asking for them is ended. */
  #exhausted(parent: LiveCall): void {
    const errorMessage = `it went on calling others after ${this.#around.limits.family} calls of its family`;
    parent.problem('CALL_FAMILY_LIMIT', errorMessage);
    parent.endWith(byUs('failed', { cause: 'unavailable', errorCode: 'CALL_FAMILY_LIMIT', errorMessage }));
    this.#hangUp(parent.id, 'canceled');
  }

  #start(call: LiveCall): LiveCall {
    this.#calls.set(call.id, call);
    if (this.#closing) call.endWith({ by: 'api', state: 'canceled', cause: 'unavailable' });
    const family = this.#families.get(call.record.family) ?? { made: 0, live: 0 };
    this.#families.set(call.record.family, { made: family.made + 1, live: family.live + 1 });
    if (call.record.state !== 'queued') this.#around.admission.begun(call);
    const actor = createActor(callMachine, { input: call, clock: call.clock });
    call.begin(actor);
    // An error that nobody observes would end the process, and with it every other call.
    actor.subscribe({
      error: (error) => {
        // XState leaves the children of a machine that fails behind.
        const verbs: Record<string, AnyActorRef | undefined> = actor.getSnapshot().children;
        for (const verb of Object.values(verbs)) verb?.send({ type: 'xstate.stop' });
        this.#broken(call, error);
      },
    });
    this.#around.ledger.post(() => {
      call.lifeLimit.set(this.#around.limits.callMs);
      actor.start();
      if (call.ending) call.send({ type: 'letGo', reason: 'canceled' });
    });
    return call;
  }

  /** The machine itself has failed: a defect of ours, of which the caller must hear no more than the end. */
  #broken(call: LiveCall, error: unknown): void {
    call.blame(error);
    for (const _ of call.wrapUp());
    try {
      call.hangUp();
    } catch (again) {
      call.blame(again);
    }
    call.leg = undefined;
    call.finish({ type: 'leg.hungUp', by: 'us', cause: 'failed' });
  }

  #tell = (id: string, event: FamilyEvent): void => {
    this.#around.ledger.post(() => this.#calls.get(id)?.hear(event));
  };

  #run = (program: Program, id: string, requester: string): void => {
    if (this.#calls.has(id)) this.#send(id, { type: 'run', program, requester });
    else this.#tell(requester, { type: 'ran', call: id, finished: false, result: nothing });
  };

  #hangUp = (id: string, reason: 'canceled' | 'maximum' | 'normal'): void => {
    this.#send(id, { type: 'letGo', reason });
  };

  #send(id: string, event: CallEvent): void {
    this.#around.ledger.post(() => this.#calls.get(id)?.send(event));
  }

  #forget = (call: LiveCall): void => {
    const { queues, recordings, handler, admission } = this.#around;
    this.#calls.delete(call.id);
    call.ringLimit.clear();
    call.lifeLimit.clear();
    queues.abandon(call.id);
    admission.over(call);
    recordings.forgetFaxes(call.id);
    handler.forget(call.id);
    const family = this.#families.get(call.record.family);
    if (family && --family.live === 0) this.#families.delete(call.record.family);
    if (this.#calls.size === 0) this.#emptied?.resolve();
  };
}
