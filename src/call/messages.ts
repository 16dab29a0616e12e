import { CallflowError } from '../errors.ts';
import type { Ids } from '../ids.ts';
import type { MessageRecord } from '../records/message.ts';
import type { Delivery } from '../store/store.ts';
import type { Finished, Network, TextMessage } from '../telephony/network.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import { messageOwed, settled } from './debts.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';

/** A message that an API wants sent. */
export interface NewMessage extends TextMessage {
  project: string;
  dialect: string;
  /** Hears what became of it. */
  callback?: HandlerUrl;
}

export interface MessagesOptions {
  ledger: Ledger;
  ids: Ids;
  network: Pick<Network, 'sendText'>;
  /** Why this project may not reach this number; undefined when it may. */
  refusalOf(project: string, to: string): string | undefined;
}

type Begun = Omit<MessageRecord, 'id' | 'state' | 'createTime' | 'updateTime'>;

/** Text messages that have been sent, until it is known what became of them: often after the call. */
export class Messages {
  readonly #options: MessagesOptions;
  readonly #pending = new Map<string, { record: MessageRecord; family: string }>();

  constructor(options: MessagesOptions) {
    this.#options = options;
  }

  /** How many have been sent of which nothing is known yet. */
  get size(): number {
    return this.#pending.size;
  }

  /** Sends a message of a call once that is committed; gives its id. */
  send(call: LiveCall, message: TextMessage, callback?: HandlerUrl): string {
    const { id: of, project, dialect, family } = call.record;
    const begun = { call: of, project, dialect, ...message, ...(callback && { callback }) };
    return this.#begin(begun, this.#options.ids.next(), family).id;
  }

  /** The same for an API: such a message is its own family. Throws CALL_NOT_PERMITTED. */
  order(message: NewMessage): MessageRecord {
    const { ids, ledger, refusalOf } = this.#options;
    const refusal = refusalOf(message.project, message.to);
    if (refusal !== undefined) throw new CallflowError('CALL_NOT_PERMITTED', refusal);
    const id = ids.next();
    let record: MessageRecord | undefined;
    ledger.turn(() => {
      record = this.#begin(message, id, id);
    });
    return record!;
  }

  finish = (finished: Extract<Finished, { type: 'message' }>): void => {
    const pending = this.#pending.get(finished.id);
    if (!pending) return;
    this.#pending.delete(finished.id);
    const { failure } = finished;
    const { record, family } = pending;
    const { ledger } = this.#options;
    ledger.turn(() => {
      ledger.input(subjectOf(record), family, { type: 'finished', finished });
      if (failure === undefined) this.#ended({ ...record, state: 'sent', sendTime: ledger.now() }, family);
      else this.#ended({ ...record, state: 'failed', failure }, family);
    });
  };

  /** The process that sent it has ended: what became of it nobody will know. */
  lost(owed: Delivery): void {
    if (this.#pending.has(owed.id)) return;
    const begun = JSON.parse(owed.body) as MessageRecord;
    this.#ended({ ...begun, state: 'failed', failure: 'the process that sent it ended' }, owed.family);
  }

  #begin(begun: Begun, id: string, family: string): MessageRecord {
    const { ledger } = this.#options;
    const now = ledger.now();
    const record: MessageRecord = { id, ...begun, state: 'sending', createTime: now, updateTime: now };
    this.#pending.set(id, { record, family });
    ledger.output(subjectOf(record), family, { type: 'message.began', record });
    ledger.change({ type: 'message', record });
    ledger.keep(messageOwed(record, family));
    ledger.after(() => {
      const failure = this.#hand(record);
      if (failure !== undefined) this.finish({ type: 'message', id, failure });
    });
    return record;
  }

  /** Gives it to the network, or says why it could not be. */
  #hand({ id, project, to, from, text }: MessageRecord): string | undefined {
    const { network, refusalOf } = this.#options;
    const refusal = refusalOf(project, to);
    if (refusal !== undefined) return refusal;
    try {
      network.sendText(id, { to, from, text });
      return undefined;
    } catch (error) {
      return String(error);
    }
  }

  #ended(last: MessageRecord, family: string): void {
    const { ledger } = this.#options;
    const record = { ...last, updateTime: ledger.now() };
    ledger.output(subjectOf(record), family, { type: 'message.ended', record });
    ledger.change({ type: 'message', record });
    ledger.keep(settled(messageOwed(record, family), 'delivered', 1));
  }
}

/** Of which the journal tells it. */
const subjectOf = ({ call, id }: MessageRecord): string => call ?? id;
