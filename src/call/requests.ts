import type { Handler } from '../handler/handler.ts';
import type { Answer } from '../journal/journal.ts';
import type { HandlerUrl, Purpose, Result } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';
import { nothing } from './program-stack.ts';

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
    const { limits, age } = this.#call;
    return this.#made < limits.requests + age;
  }

  /** The answer comes to the call as `handler.answered`. */
  ask(urls: readonly HandlerUrl[], result: Result): void {
    this.cancel();
    const awaited: Awaited = { asked: undefined };
    this.#awaited = awaited;
    this.#send(urls, result, awaited);
  }

  /** Asks without waiting: the answer is read, journalled and ignored. */
  tell(urls: readonly HandlerUrl[], result: Result, told?: () => void): void {
    this.#send(urls, result, undefined, told);
  }

  /** Asks for a document beside everything else; whoever wants it gets the answer. */
  fetch(urls: readonly HandlerUrl[], purpose: Purpose, got: (answer: Answer) => void): void {
    this.#send(urls, nothing, undefined, got, purpose);
  }

  cancel(): void {
    this.#awaited?.asked?.cancel();
    this.#awaited = undefined;
  }

  #send(
    urls: readonly HandlerUrl[],
    result: Result,
    awaited: Awaited | undefined,
    told?: (answer: Answer) => void,
    beside: Purpose = 'main',
  ): void {
    const call = this.#call;
    const { handler, ids, ledger } = call.around;
    const { record, epoch } = call;
    const request = ids.next();
    this.#made++;
    const purpose = awaited ? (call.programs.top?.program.purpose ?? 'main') : beside;
    const asked = awaited && purpose === 'main' && record.options?.fallback ? [...urls, record.options.fallback] : urls;
    call.output({ type: 'handler.asked', request, urls: asked, result });
    ledger.after(() => {
      if (awaited && this.#awaited !== awaited) return;
      const listener: Parameters<Handler['ask']>[1] = {
        attempted: (attempt) => ledger.turn(() => call.input({ type: 'handler.attempted', request, attempt })),
        answered: (answer) =>
          ledger.turn(() => {
            call.input({ type: 'handler.answered', request, answer });
            if (!awaited) return told?.(answer);
            if (this.#awaited !== awaited) return call.output({ type: 'dropped', what: 'handler.answered', epoch });
            this.#awaited = undefined;
            call.send({ type: 'handler.answered', answer });
          }),
      };
      try {
        const asking = handler.ask({ id: request, call: record, urls: asked, result, purpose }, listener);
        if (awaited) awaited.asked = asking;
      } catch (error) {
        ledger.turn(() => {
          call.fail(error);
          told?.({ type: 'refused', code: 'CALL_INTERNAL', reason: String(error) });
        });
      }
    });
  }
}
