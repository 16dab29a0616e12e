import type { Engine } from '../engine/engine.ts';
import { CallflowError } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { Network } from '../telephony/network.ts';

/**
 * Lets new calls in until it is shut; those that go on then have the house to themselves. While nothing can be written
 * down it lets nobody in either: a call that could not be kept is refused, not left waiting.
 */
export class Gate {
  readonly #store: Pick<Store, 'ready'>;
  #isOpen = true;

  constructor(store: Pick<Store, 'ready'>) {
    this.#store = store;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  shut(): void {
    this.#isOpen = false;
  }

  /** The network as the engine sees it: nobody is offered who cannot be let in. */
  beforeNetwork(network: Network): Network {
    return {
      place: (id, target, listener) => network.place(id, target, listener),
      onFinished: (listener) => network.onFinished(listener),
      openBridge: (id, listener) => network.openBridge(id, listener),
      sendText: (id, message) => network.sendText(id, message),
      discard: (recording) => network.discard(recording),
      onIncoming: (offer) =>
        network.onIncoming((incoming, leg) => {
          if (this.#isOpen && this.#store.ready) return offer(incoming, leg);
          leg.send({ type: 'reject', cause: 'unavailable' });
          return () => {};
        }),
    };
  }

  /** The engine as the APIs see it. */
  beforeEngine(engine: Engine): Engine {
    return {
      ...engine,
      create: (...asked) => {
        this.#pass();
        return engine.create(...asked);
      },
      expect: (...asked) => {
        this.#pass();
        return engine.expect(...asked);
      },
      sendText: (message) => {
        this.#pass();
        return engine.sendText(message);
      },
    };
  }

  #pass(): void {
    if (!this.#isOpen) throw new CallflowError('SERVER_ENDING', 'this server is ending and takes no new calls');
    if (!this.#store.ready)
      throw new CallflowError('STORE_FAILED', 'nothing can be kept at the moment: try again later');
  }
}
