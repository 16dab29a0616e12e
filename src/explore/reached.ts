import type { Instruction } from '../verbs/index.ts';
import type { ExploreScript } from './acts.ts';
import { staysFor } from './choices.ts';
import type { Found } from './finding.ts';
import type { DocumentSeen } from './following.ts';
import { pathOf } from './path-of.ts';
import type { Played } from './play.ts';
import type { Sameness } from './sameness.ts';

interface DocumentReached {
  url: string;
  instructions: readonly Instruction[];
  begun: Set<number>;
  /** The shortest way to it: calls are made in the order of their length. */
  script: ExploreScript;
}

/** What is wrong with a document, and how to come to it. */
interface Untouched {
  found: Found;
  script: ExploreScript;
}

/** Which handlers and which elements of documents have been reached, in all calls together. */
export class Reached {
  readonly #sameness: Sameness;
  readonly #documents = new Map<string, DocumentReached>();
  readonly #urls = new Set<string>();

  constructor(sameness: Sameness) {
    this.#sameness = sameness;
  }

  add({ urls, documents, script }: Played): void {
    for (const url of urls) {
      this.#urls.add(url);
      this.#urls.add(pathOf(url));
    }
    for (const document of documents) this.#document(document, script);
  }

  /** Handlers that were to be reached and have not been. */
  missing(expected: readonly string[]): Found[] {
    const missing = expected.filter((url) => !this.#urls.has(url));
    return missing.map((url) => ({ kind: 'handlerNotReached', message: `${url} is never asked`, url }));
  }

  /** Elements that no call has come to. */
  get untouched(): Untouched[] {
    return [...this.#documents.values()].flatMap((document) => this.#untouchedIn(document));
  }

  #document({ url, source, instructions, begun, purpose }: DocumentSeen, script: ExploreScript): void {
    // What is heard while waiting goes on for longer than anybody explores it.
    if (instructions.length === 0 || !(purpose === 'main' || purpose === 'whisper')) return;
    const key = this.#sameness.documentKey(url, source);
    const known = this.#documents.get(key) ?? { url, instructions, begun: new Set<number>(), script };
    this.#documents.set(key, known);
    instructions.forEach((instruction, index) => {
      if (begun.has(instruction)) known.begun.add(index);
    });
  }

  /** What stands behind a queue or a conference is only reached when somebody else does something. */
  #untouchedIn({ url, instructions, begun, script }: DocumentReached): Untouched[] {
    const stays = instructions.findIndex(({ verb }) => verb !== 'dial' && staysFor.has(verb));
    const within = stays < 0 ? instructions : instructions.slice(0, stays);
    return within.flatMap(({ at, verb }, index): Untouched[] => {
      if (begun.has(index) || !at) return [];
      const place = `${pathOf(url)}:${at.line}:${at.column}`;
      const message = `${place} <${at.element ?? verb}> is never executed`;
      const found = { message, url, line: at.line, column: at.column, same: place };
      return [{ found: { kind: 'elementNotReached', ...found }, script }];
    });
  }
}
