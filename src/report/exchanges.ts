import type { Answer, Attempt, JournalEntry, Problem } from '../journal/journal.ts';
import type { Place } from '../verbs/verb.ts';

/** Where an element of a document was carried out: the entry of the journal that says so. */
export interface Mark extends Place {
  index: number;
  /** Milliseconds after the beginning. */
  at: number;
  call: string;
}

/** One HTTP exchange with the application, or a document that came otherwise, and what was done of it. */
export interface Exchange {
  for: 'document' | 'callback' | 'given';
  /** The entries that tell of it: that it was asked, the answer or its failure, and what was made of it. */
  asked: number;
  index: number;
  answered?: number;
  at: number;
  attempt?: Attempt;
  /** Of a callback: what it told. */
  event?: string;
  /** The document as it came; absent when none did. */
  source?: string;
  marks: Mark[];
  problems: readonly Problem[];
}

/** The exchanges of a journal in their order, their documents marked where they were carried out. */
export function exchangesOf(entries: readonly JournalEntry[]): Exchange[] {
  const following = new Following();
  const begin = entries[0]?.at ?? 0;
  entries.forEach((entry, index) => {
    following.hear(entry, index, entry.at - begin);
  });
  return following.exchanges;
}

class Following {
  readonly exchanges: Exchange[] = [];
  /** The last attempt of each request. */
  readonly #attempts = new Map<string, Exchange>();
  /** The entry that tells of the next attempt of each request. */
  readonly #asked = new Map<string, number>();
  /** By the URL that gave it, the last document of a family. */
  readonly #documents = new Map<string, Exchange>();
  /** What runs on each call, the document on top last. */
  readonly #running = new Map<string, (Exchange | undefined)[]>();

  hear({ subject, family, input, output }: JournalEntry, index: number, at: number): void {
    if (input?.type === 'created' && input.options.document !== undefined)
      this.#documents.set(keyOf(family, undefined), this.#add('given', index, at, { source: input.options.document }));
    if (output?.type === 'handler.asked') this.#asked.set(output.request, index);
    if (input?.type === 'handler.attempted') {
      const asked = this.#asked.get(input.request) ?? index;
      this.#attempts.set(input.request, this.#add('document', index, at, { attempt: input.attempt, asked }));
      this.#asked.set(input.request, index);
    }
    if (input?.type === 'callback.attempted')
      this.#add('callback', index, at, { attempt: input.attempt, event: input.event });
    if (input?.type === 'handler.answered') this.#answered(family, input.request, input.answer, index);
    if (output?.type === 'program.began') this.#begin(subject, family, output.program.url);
    if (output?.type === 'program.ended') this.#running.get(subject)?.pop();
    if (output?.type === 'verb.began' && output.at && output.activity === undefined)
      this.#running
        .get(subject)
        ?.at(-1)
        ?.marks.push({ ...output.at, index, at, call: subject });
  }

  #answered(family: string, request: string, answer: Answer, index: number): void {
    const exchange = this.#attempts.get(request);
    if (!exchange?.attempt) return;
    exchange.answered = index;
    if (answer.type === 'refused') return;
    exchange.source = exchange.attempt.responseBody;
    exchange.problems = answer.problems ?? [];
    this.#documents.set(keyOf(family, answer.program.url), exchange);
  }

  #begin(call: string, family: string, url: string): void {
    const document = this.#documents.get(keyOf(family, url)) ?? this.#documents.get(keyOf(family, undefined));
    const running = this.#running.get(call);
    if (running) running.push(document);
    else this.#running.set(call, [document]);
  }

  #add(what: Exchange['for'], index: number, at: number, more: Partial<Exchange>): Exchange {
    const exchange: Exchange = { for: what, asked: index, index, at, marks: [], problems: [], ...more };
    this.exchanges.push(exchange);
    return exchange;
  }
}

const keyOf = (family: string, url: string | undefined) => JSON.stringify([family, url]);
