import type { Engine } from '../../engine.ts';
import { CallflowError } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import type { SimulatedNetwork } from '../../telephony/simulated/network.ts';
import type { Party } from '../../telephony/simulated/party.ts';
import { type Directory, directory } from '../../telephony/simulated/phones.ts';
import type { CallOrder } from './call-order.ts';
import type { Families } from './families.ts';

export interface CallersOptions {
  engine: Engine;
  network: SimulatedNetwork;
  store: Store;
  families: Families;
  /** How many calls a project may have at once. */
  perProject: number;
}

interface Caller {
  project: string;
  party: Party;
}

/** Who calls through this API: what they do can be said as long as their call lives. */
export class Callers {
  readonly #options: CallersOptions;
  /** By the id of the call. */
  readonly #callers = new Map<string, Caller>();
  /** Calls that the engine has not yet told of. */
  readonly #dialling = new Map<Incoming, (call: string) => void>();
  /** Phones that came with a call, for the calls of its family. */
  readonly #phones = new Map<string, Directory>();
  readonly #stops: readonly (() => void)[];

  constructor(options: CallersOptions) {
    this.#options = options;
    const { engine, network, store } = options;
    this.#stops = [
      engine.onEntry(({ subject, input }) => {
        if (input?.type === 'offered') this.#dialling.get(input.incoming)?.(subject);
      }),
      network.lend((call) => this.#phones.get(store.call(call)?.family ?? '')),
    ];
  }

  /** Somebody calls; resolves with the id of the call once the engine has taken it. */
  call(project: string, { incoming, script, phones }: CallOrder): Promise<string> {
    const { engine, network, perProject } = this.#options;
    if (engine.route(incoming)?.project !== project)
      throw new CallflowError('CALL_NO_ROUTE', `the project has nothing set up for calls to ${incoming.to}`);
    const live = [...this.#callers.values()].filter((caller) => caller.project === project).length;
    if (live >= perProject) throw new CallflowError('CALLS_LIMIT', `${live} simulated calls are live`);
    return new Promise((resolve, reject) => {
      let id: string | undefined;
      const ended = () => {
        if (id !== undefined) this.#callers.delete(id);
        void engine.committed().then(() => {
          if (this.#dialling.delete(incoming))
            reject(new CallflowError('CALL_NETWORK', 'the network did not take the call'));
        });
      };
      const party = network.callIn(incoming, { person: { ended }, ...(script && { script }) });
      this.#dialling.set(incoming, (call) => {
        id = call;
        this.#dialling.delete(incoming);
        this.#callers.set(call, { project, party });
        if (phones) this.#lend(call, directory(phones));
        resolve(call);
      });
    });
  }

  /** Undefined once the call has ended. */
  party(call: string): Party | undefined {
    return this.#callers.get(call)?.party;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #lend(family: string, phones: Directory): void {
    this.#phones.set(family, phones);
    this.#options.families.when(
      family,
      ({ hasEnded }) => hasEnded,
      () => this.#phones.delete(family),
    );
  }
}
