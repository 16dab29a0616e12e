import type { Engine } from '../engine.ts';
import { CallflowError } from '../errors.ts';
import type { Network } from '../telephony/network.ts';

/** Lets new calls in until it is shut; those that go on then have the house to themselves. */
export class Gate {
  #isOpen = true;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  shut(): void {
    this.#isOpen = false;
  }

  /** The network as the engine sees it: nobody is offered once the gate is shut. */
  beforeNetwork(network: Network): Network {
    return {
      place: (id, target, listener) => network.place(id, target, listener),
      onFinished: (listener) => network.onFinished(listener),
      openBridge: (id) => network.openBridge(id),
      discard: (recording) => network.discard(recording),
      onIncoming: (offer) =>
        network.onIncoming((incoming, leg) => {
          if (this.#isOpen) return offer(incoming, leg);
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
    };
  }

  #pass(): void {
    if (!this.#isOpen) throw new CallflowError('SERVER_ENDING', 'this server is ending and takes no new calls');
  }
}
