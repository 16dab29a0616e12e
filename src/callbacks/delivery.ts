/** What we owe the application: committed deliveries come in, attempts go out until one succeeds or all are used up. */
import type { Clock } from '../clock.ts';
import type { Transport } from '../http/transport.ts';
import type { Attempt, Input, Output } from '../journal/journal.ts';
import type { Delivery, Store } from '../store/store.ts';
import { type Vendor, vendorOf } from '../vendors/index.ts';
import { attemptDelivery } from './attempt.ts';
import { delayAfter, endedAs, hostOf, nextUrl, orderOf } from './schedule.ts';
import { createTurns } from './turns.ts';

export interface DeliveriesOptions {
  clock: Clock;
  /** If handlers are asked through it too, it must have more than `perHost` connections to a host. */
  transport: Transport;
  store: Pick<Store, 'delivery' | 'deliveries'>;
  /** The same array each time, as long as the key is the same. */
  signingKey(project: string): Uint8Array;
  /** Commits what came in, what follows from it and how the delivery is now, in one batch. */
  write(turn: DeliveryTurn): void;
  /** How many attempts may be under way to one host: a dead one holds up only its own. */
  perHost?: number;
}

export interface DeliveryTurn {
  subject: string;
  family: string;
  input?: Input;
  output?: Output;
  /** As it is now, if it has changed. */
  delivery?: Delivery;
}

export interface Deliveries {
  /** Sends the new ones among the deliveries of a batch that has been committed. */
  owe(deliveries: readonly Delivery[]): void;
  /** Goes on with what the store says is owed, after a restart. */
  resume(): void;
  /** Owes again what was given up; false when there is nothing of this id to send again. */
  resend(id: string): boolean;
  /** How many are owed, those included that wait for their next attempt. */
  readonly owed: number;
  /** How many are being sent or are waiting for their turn only: what is worth waiting for before leaving. */
  readonly underWay: number;
  /** Nothing is owed. */
  settled(): boolean;
  /** Sends nothing more; what is owed stays so in the store. */
  close(): void;
}

interface Live {
  delivery: Delivery;
  vendor: Vendor;
  /** In which line its first attempt stands. */
  order: string;
  timer: unknown;
  sending: { abort(): void } | undefined;
}

/** Delivers callbacks: in order at first, again by the vendor's schedule, for ever visible when all was in vain. */
export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { clock, transport, store, write, signingKey, perHost = 64 } = options;
  const live = new Map<string, Live>();
  const inOrder = createTurns(1);
  const hosts = createTurns(perHost);
  const waiting = new Set<Live>();
  let closed = false;

  const begin = (delivery: Delivery) => {
    const vendor = vendorOf(delivery.dialect);
    if (closed || !vendor || delivery.debt || delivery.state !== 'owed' || live.has(delivery.id)) return;
    const one: Live = { delivery, vendor, order: orderOf(delivery), timer: undefined, sending: undefined };
    live.set(delivery.id, one);
    if (delivery.attempts === 0) inOrder.take(one.order, () => attempt(one));
    else wait(one, (delivery.dueTime ?? 0) - clock.now());
  };

  const wait = (one: Live, ms: number) => {
    if (closed) return;
    waiting.add(one);
    one.timer = clock.setTimeout(() => {
      waiting.delete(one);
      attempt(one);
    }, ms);
  };

  const attempt = (one: Live) => {
    const { delivery, vendor } = one;
    const url = nextUrl(delivery);
    const host = hostOf(url);
    hosts.take(host, () => {
      one.sending = attemptDelivery({
        clock,
        transport,
        delivery,
        vendor,
        signingKey: signingKey(delivery.project),
        url,
        exchanged: (exchange) => {
          if (!attempted(one, exchange)) return;
          hosts.give(host);
          if (delivery.attempts === 0) inOrder.give(one.order);
        },
      });
    });
  };

  /** Says whether the attempt is over. */
  const attempted = (one: Live, exchange: Attempt): boolean => {
    const { id, event, subject, family, attempts } = one.delivery;
    const input: Input = { type: 'callback.attempted', delivery: id, event, number: attempts + 1, attempt: exchange };
    if (exchange.redirectedTo !== undefined) {
      write({ subject, family, input });
      return false;
    }
    const succeeded = exchange.code === undefined;
    const delay = succeeded ? undefined : delayAfter(one.delivery, one.vendor.retryDelaysMs);
    if (delay === undefined) end(one, succeeded ? 'delivered' : 'givenUp', input);
    else again(one, delay, input);
    return true;
  };

  const again = (one: Live, delay: number, input: Input) => {
    const { subject, family, attempts } = one.delivery;
    one.delivery = { ...one.delivery, attempts: attempts + 1, dueTime: clock.now() + delay };
    write({ subject, family, input, delivery: one.delivery });
    wait(one, delay);
  };

  const end = (one: Live, state: 'delivered' | 'givenUp', input: Input) => {
    const delivery = endedAs(state, one.delivery);
    const { id, event, subject, family, attempts } = delivery;
    live.delete(id);
    write({ subject, family, input, output: { type: `callback.${state}`, delivery: id, event, attempts }, delivery });
  };

  return Object.assign(new Counts(live, waiting), {
    owe: (deliveries: readonly Delivery[]) => {
      for (const delivery of deliveries) if (delivery.attempts === 0) begin(delivery);
    },
    resume: () => {
      for (const delivery of [...store.deliveries('owed')]) begin(delivery);
    },
    resend: (id: string) => {
      const delivery = store.delivery(id);
      if (delivery?.state !== 'givenUp' || delivery.debt) return false;
      const { subject, family } = delivery;
      write({ subject, family, delivery: { ...delivery, attempts: 0, state: 'owed', dueTime: clock.now() } });
      return true;
    },
    settled: () => live.size === 0,
    close: () => {
      closed = true;
      for (const { timer, sending } of live.values()) {
        clock.clearTimeout(timer);
        sending?.abort();
      }
      live.clear();
      inOrder.clear();
      hosts.clear();
      waiting.clear();
    },
  });
}

/** Not getters of an object literal: V8 keeps whatever such a one can see until the next full collection. */
class Counts implements Pick<Deliveries, 'owed' | 'underWay'> {
  readonly #live: ReadonlyMap<string, Live>;
  readonly #waiting: ReadonlySet<Live>;

  constructor(live: ReadonlyMap<string, Live>, waiting: ReadonlySet<Live>) {
    this.#live = live;
    this.#waiting = waiting;
  }

  get owed(): number {
    return this.#live.size;
  }

  get underWay(): number {
    return this.#live.size - this.#waiting.size;
  }
}
