import type { Handler } from '../src/handler/handler.ts';
import type { HttpExchange, Transport } from '../src/http/transport.ts';
import type { SimulatedNetwork } from '../src/telephony/simulated/network.ts';

/** Milliseconds, one for each answer. */
export interface Delays {
  /** From the end of the answer's arrival to the first command on the leg. */
  received: number[];
  /** The same from when the application, another process, had sent it. */
  sent: number[];
}

interface Answered {
  received: number;
  sent: number;
}

/** Measures how long answers wait, from outside: between the sockets and the handler, and at the legs. */
export class Stopwatch {
  readonly delays: Delays = { received: [], sent: [] };
  #last: Answered | undefined;
  readonly #waiting = new Map<string, Answered>();

  transport({ send }: Transport): Transport {
    const heard = (exchange: HttpExchange, done: (exchange: HttpExchange) => void) => {
      const received = performance.now();
      this.#last = { received, sent: Number(exchange.headers?.['x-sent']) - performance.timeOrigin };
      done(exchange);
    };
    return { send: (request, done) => send(request, (exchange) => heard(exchange, done)) };
  }

  handler({ ask, forget }: Handler): Handler {
    return {
      forget,
      ask: (request, { attempted, answered }) =>
        ask(request, {
          attempted,
          answered: (answer) => {
            if (this.#last) this.#waiting.set(request.call.id, this.#last);
            answered(answer);
          },
        }),
    };
  }

  /** Every leg of the network, as it is placed. */
  network(network: SimulatedNetwork): SimulatedNetwork {
    const place = network.place.bind(network);
    network.place = (id, target, listener) => {
      const leg = place(id, target, listener);
      const send = leg.send.bind(leg);
      leg.send = (command) => {
        this.#commanded(id);
        send(command);
      };
      return leg;
    };
    return network;
  }

  #commanded(call: string): void {
    const answered = this.#waiting.get(call);
    if (!answered) return;
    this.#waiting.delete(call);
    const now = performance.now();
    this.delays.received.push(now - answered.received);
    this.delays.sent.push(now - answered.sent);
  }
}
