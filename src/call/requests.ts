import type { Handler } from '../handler/handler.ts';
import type { HandlerUrl, Result } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';

interface Awaited {
  /** Once the handler has been asked. */
  asked: { cancel(): void } | undefined;
}

/** What a call asks of its application: one answer is awaited at a time, and an old one counts no more. */
export class Requests {
  readonly #call: LiveCall;
  #awaited: Awaited | undefined;
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
    const { around, age } = this.#call;
    return this.#made < around.limits.requests + age;
  }

  /** The answer comes to the call as `handler.answered`. */
  ask(urls: readonly HandlerUrl[], result: Result): void {
    this.cancel();
    const awaited: Awaited = { asked: undefined };
    this.#awaited = awaited;
    this.#send(urls, result, awaited);
  }

  /** Asks without waiting: the answer is read, journalled and ignored. */
  tell(urls: readonly HandlerUrl[], result: Result): void {
    this.#send(urls, result, undefined);
  }

  cancel(): void {
    this.#awaited?.asked?.cancel();
    this.#awaited = undefined;
  }

  #send(urls: readonly HandlerUrl[], result: Result, awaited: Awaited | undefined): void {
    const call = this.#call;
    const { handler, ids, ledger } = call.around;
    const { record, epoch } = call;
    const request = ids.next();
    this.#made++;
    call.output({ type: 'handler.asked', request, urls, result });
    ledger.after(() => {
      if (awaited && this.#awaited !== awaited) return;
      const listener: Parameters<Handler['ask']>[1] = {
        attempted: (attempt) => ledger.turn(() => call.input({ type: 'handler.attempted', request, attempt })),
        answered: (answer) =>
          ledger.turn(() => {
            call.input({ type: 'handler.answered', request, answer });
            if (!awaited) return;
            if (this.#awaited !== awaited) return call.output({ type: 'dropped', what: 'handler.answered', epoch });
            this.#awaited = undefined;
            call.send({ type: 'handler.answered', answer });
          }),
      };
      try {
        const asked = handler.ask({ id: request, call: record, urls, result }, listener);
        if (awaited) awaited.asked = asked;
      } catch (error) {
        ledger.turn(() => call.fail(error));
      }
    });
  }
}
