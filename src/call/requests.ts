import type { HandlerUrl, Result } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';

/** What a call asks of its application: one answer is awaited at a time, and an old one counts no more. */
export class Requests {
  readonly #call: LiveCall;
  #awaited: { cancel: () => void } | undefined;
  #made = 0;

  constructor(call: LiveCall) {
    this.#call = call;
  }

  /** Is an answer awaited? */
  get awaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** May the application be asked once more? */
  get allowed(): boolean {
    const { around, record } = this.#call;
    const seconds = Math.floor((around.ledger.now() - record.createTime) / 1000);
    return this.#made < around.limits.requests + seconds;
  }

  /** The answer comes to the call as `handler.answered`. */
  ask(urls: readonly HandlerUrl[], result: Result): void {
    this.cancel();
    const awaited = { cancel: () => {} };
    this.#awaited = awaited;
    this.#send(urls, result, awaited);
  }

  /** Asks without waiting: the answer is read, journalled and ignored. */
  tell(urls: readonly HandlerUrl[], result: Result): void {
    this.#send(urls, result, undefined);
  }

  cancel(): void {
    this.#awaited?.cancel();
    this.#awaited = undefined;
  }

  #send(urls: readonly HandlerUrl[], result: Result, awaited: { cancel: () => void } | undefined): void {
    const call = this.#call;
    const { handler, ids, ledger } = call.around;
    const { record, epoch } = call;
    const request = ids.next();
    this.#made++;
    call.output({ type: 'handler.asked', request, urls, result });
    ledger.after(() => {
      if (awaited && this.#awaited !== awaited) return;
      const asked = handler.ask(
        { id: request, call: record, urls, result },
        {
          attempted: (attempt) => ledger.turn(() => call.input({ type: 'handler.attempted', request, attempt })),
          answered: (answer) =>
            ledger.turn(() => {
              call.input({ type: 'handler.answered', request, answer });
              if (!awaited) return;
              if (this.#awaited !== awaited) return call.output({ type: 'dropped', what: 'handler.answered', epoch });
              this.#awaited = undefined;
              call.send({ type: 'handler.answered', answer });
            }),
        },
      );
      if (awaited) awaited.cancel = () => asked.cancel();
    });
  }
}
