import type { Ids } from '../ids.ts';
import type { MessageRecord } from '../records.ts';
import type { Delivery } from '../store/store.ts';
import type { Finished, Network, TextMessage } from '../telephony/network.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import { messageOwed, settled } from './debts.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';

/** Text messages that calls have sent, until it is known what became of them: often after the call. */
export class Messages {
  readonly #ledger: Ledger;
  readonly #ids: Ids;
  readonly #network: Pick<Network, 'sendText'>;
  readonly #pending = new Map<string, { record: MessageRecord; family: string }>();

  constructor(ledger: Ledger, ids: Ids, network: Pick<Network, 'sendText'>) {
    this.#ledger = ledger;
    this.#ids = ids;
    this.#network = network;
  }

  /** How many have been sent of which nothing is known yet. */
  get size(): number {
    return this.#pending.size;
  }

  /** Sends a message once that is committed; gives its id. */
  send(call: LiveCall, message: TextMessage, callback?: HandlerUrl): string {
    const { id: of, project, dialect, family } = call.record;
    const record: MessageRecord = {
      id: this.#ids.next(),
      call: of,
      project,
      dialect,
      ...message,
      state: 'sending',
      createTime: this.#ledger.now(),
      ...(callback && { callback }),
    };
    this.#pending.set(record.id, { record, family });
    call.output({ type: 'message.began', record });
    this.#ledger.keep(messageOwed(record, family));
    this.#ledger.after(() => {
      try {
        this.#network.sendText(record.id, message);
      } catch (error) {
        this.finish({ type: 'message', id: record.id, failure: String(error) });
      }
    });
    return record.id;
  }

  finish = (finished: Extract<Finished, { type: 'message' }>): void => {
    const pending = this.#pending.get(finished.id);
    if (!pending) return;
    this.#pending.delete(finished.id);
    const { failure } = finished;
    const sent = {
      state: failure === undefined ? 'sent' : 'failed',
      ...(failure !== undefined && { failure }),
    } as const;
    const record: MessageRecord = { ...pending.record, ...sent };
    this.#ledger.turn(() => {
      this.#ledger.input(record.call, pending.family, { type: 'finished', finished });
      this.#ended(record, pending.family);
    });
  };

  /** The process that sent it has ended: what became of it nobody will know. */
  lost(owed: Delivery): void {
    if (this.#pending.has(owed.id)) return;
    const begun = JSON.parse(owed.body) as MessageRecord;
    this.#ended({ ...begun, state: 'failed', failure: 'the process that sent it ended' }, owed.family);
  }

  #ended(record: MessageRecord, family: string): void {
    this.#ledger.output(record.call, family, { type: 'message.ended', record });
    this.#ledger.keep(settled(messageOwed(record, family), 'delivered', 1));
  }
}
