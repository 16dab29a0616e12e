import type { FaxRecord } from '../records/fax.ts';
import type { Finished } from '../telephony/network.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';

interface Expected {
  record: Omit<FaxRecord, 'pages' | 'createTime'>;
  family: string;
  /** Whole: its pages may come after the end of its call. */
  received?: true;
}

/** Faxes that calls receive, and that the network hands over once they are there. */
export class Faxes {
  readonly #ledger: Ledger;
  readonly #expected = new Map<string, Expected>();

  constructor(ledger: Ledger) {
    this.#ledger = ledger;
  }

  expect(id: string, call: LiveCall, ready?: HandlerUrl): void {
    const { id: of, project, dialect, family, to, from } = call.record;
    const record = { id, call: of, project, dialect, to, from, startTime: this.#ledger.now(), ...(ready && { ready }) };
    this.#expected.set(id, { record, family });
  }

  /** The fax of this id has been received whole. */
  received(id: string): void {
    const fax = this.#expected.get(id);
    if (fax) fax.received = true;
  }

  /** The call is over: no fax will come that had not been received whole. */
  forget(call: string): void {
    for (const [id, { record, received }] of this.#expected)
      if (record.call === call && !received) this.#expected.delete(id);
  }

  finish(finished: Extract<Finished, { type: 'fax' }>): void {
    const expected = this.#expected.get(finished.id);
    if (!expected) return;
    this.#expected.delete(finished.id);
    const { pages, file } = finished;
    this.#ledger.turn(() => {
      const record: FaxRecord = {
        ...expected.record,
        pages,
        createTime: this.#ledger.now(),
        ...(file !== undefined && { file }),
      };
      this.#ledger.input(record.call, expected.family, { type: 'finished', finished });
      this.#ledger.change({ type: 'fax', record });
      this.#ledger.output(record.call, expected.family, { type: 'fax.received', record });
    });
  }
}
