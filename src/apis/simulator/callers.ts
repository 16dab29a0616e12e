import { isRefusal } from '../../call/refusal.ts';
import type { Route } from '../../call/route.ts';
import type { Engine } from '../../engine/engine.ts';
import { CallflowError } from '../../errors.ts';
import type { JournalEntry } from '../../journal/journal.ts';
import type { Store } from '../../store/store.ts';
import type { Incoming } from '../../telephony/network.ts';
import type { SimulatedNetwork } from '../../telephony/simulated/network.ts';
import type { Party } from '../../telephony/simulated/party.ts';
import { type Directory, directory } from '../../telephony/simulated/phones.ts';
import type { Service } from '../service.ts';
import { isFor } from './access.ts';
import type { CallOrder } from './call-order.ts';
import type { Families } from './families.ts';

export interface CallersOptions {
  engine: Engine;
  network: SimulatedNetwork;
  store: Store;
  families: Families;
  subprojects: Service['subprojects'];
  /** How many calls a project may have at once. */
  perProject: number;
}

interface Caller {
  project: string;
  party: Party;
}

/** What becomes of a call that is being made. */
interface Dialling {
  taken(call: string): void;
  refused(why: CallflowError): void;
}

/** Who calls through this API: what they do can be said as long as their call lives. */
export class Callers {
  readonly #options: CallersOptions;
  /** By the id of the call. */
  readonly #callers = new Map<string, Caller>();
  /** Calls that the engine has not yet told of. */
  readonly #dialling = new Map<Incoming, Dialling>();
  /** Calls that the engine has not taken, until it has said why. */
  readonly #refused = new Map<string, Dialling>();
  /** Phones that came with a call, for the calls of its family. */
  readonly #phones = new Map<string, Directory>();
  readonly #stops: readonly (() => void)[];

  constructor(options: CallersOptions) {
    this.#options = options;
    const { engine, network, store } = options;
    this.#stops = [
      engine.onEntry(this.#follow),
      network.lend((call) => (this.#phones.size > 0 ? this.#phones.get(store.call(call)?.family ?? '') : undefined)),
    ];
  }

  /** Somebody calls; resolves with the id of the call once the engine has taken it. */
  call(project: string, order: CallOrder): Promise<string> {
    const { engine, network, perProject } = this.#options;
    const { incoming, script, phones } = order;
    const known = engine.route(incoming);
    if (!isRefusal(known) && known && !isFor(this.#options, project, known)) throw noRoute(incoming);
    const route = isRefusal(known) ? undefined : routeOf(known, project, order);
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
      // Whoever may not come in is refused by the engine itself.
      if (route) engine.expect(incoming, route);
      const party = network.callIn(incoming, { person: { ended }, ...(script && { script }) });
      const taken = (call: string) => {
        id = call;
        this.#callers.set(call, { project, party });
        if (phones) this.#lend(call, directory(phones));
        resolve(call);
      };
      this.#dialling.set(incoming, { taken, refused: reject });
    });
  }

  /** Undefined once the call has ended. */
  party(call: string): Party | undefined {
    return this.#callers.get(call)?.party;
  }

  close(): void {
    for (const stop of this.#stops) stop();
  }

  #follow = ({ subject, input, output }: JournalEntry): void => {
    if (input?.type === 'offered') {
      const dialling = this.#dialling.get(input.incoming);
      if (!dialling) return;
      this.#dialling.delete(input.incoming);
      if (this.#options.store.call(subject)) dialling.taken(subject);
      else this.#refused.set(subject, dialling);
    }
    if (output?.type === 'problem' && this.#refused.size > 0) {
      this.#refused.get(subject)?.refused(new CallflowError(output.code, output.message));
      this.#refused.delete(subject);
    }
  };

  #lend(family: string, phones: Directory): void {
    this.#phones.set(family, phones);
    this.#options.families.when(
      family,
      ({ hasEnded }) => hasEnded,
      () => this.#phones.delete(family),
    );
  }
}

/** Half a minute, as for calls of an API. */
const ringMs = 30_000;

/** A project calls its own numbers; where whom to ask is said, numbers that nobody has too. */
function routeOf(known: Route | undefined, project: string, { incoming, urls, dialect }: CallOrder): Route {
  if (!urls) {
    if (known) return known;
    throw noRoute(incoming);
  }
  const handlerUrls = urls.map((url) => ({ url, method: 'POST' as const }));
  return {
    project: known?.project ?? project,
    dialect: dialect ?? known?.dialect ?? 'voiceml',
    options: { ringMs, ...known?.options, handlerUrls },
  };
}

const noRoute = ({ to }: Incoming) =>
  new CallflowError(
    'CALL_NO_ROUTE',
    `the project has nothing set up for calls to ${to}: an API or the configuration says what a number runs`,
  );
