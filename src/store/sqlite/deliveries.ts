import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Delivery } from '../store.ts';
import type { KeptDelivery } from './latest.ts';
import { everyRecord, recordOf } from './rows.ts';

const conditions = {
  // In these words the index of what is not delivered can be used.
  owed: `state <> 'delivered' AND state = 'owed'`,
  givenUp: `state <> 'delivered' AND state = 'givenUp'`,
  delivered: `state = 'delivered'`,
} as const satisfies Record<Delivery['state'], string>;

export class DeliveryTable {
  readonly #database: DatabaseSync;
  readonly #keep: StatementSync;
  readonly #get: StatementSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#keep = database.prepare(`
      INSERT INTO deliveries (id, family, state, body) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET state = excluded.state, body = excluded.body`);
    this.#get = database.prepare('SELECT body FROM deliveries WHERE id = ?');
  }

  keep({ delivery, body }: KeptDelivery): void {
    this.#keep.run(delivery.id, delivery.family, delivery.state, body);
  }

  get(id: string): Delivery | undefined {
    return recordOf(this.#get, id);
  }

  all(state?: Delivery['state']): Iterable<Delivery> {
    return everyRecord(this.#database, 'deliveries', state && conditions[state]);
  }
}
