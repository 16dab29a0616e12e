import type { Dialect, Parsed, Source } from '../dialects/dialect.ts';

/** How much is remembered, of all projects. A program can take 20 times the room of the text it was made of. */
const most = { documents: 1000, characters: 1024 * 1024, bytesEach: 16 * 1024, seen: 4096 };

/**
 * What became of documents that were read: applications answer with the same bytes again and again, and the same bytes
 * from the same place mean the same. Programs and problems are shared by calls, so nobody may change them. A document
 * is remembered when it comes for the second time: many come only once.
 */
export class ReadDocuments {
  /** Of two generations, the older one goes as a whole when the younger one has half of what may be remembered. */
  #young = new Map<string, Parsed>();
  #old: ReadonlyMap<string, Parsed> = new Map();
  /** In the keys of the younger one. */
  #characters = 0;
  /** Hashes of the documents that have come. */
  readonly #seen = new Set<number>();

  /** What the document means: read anew unless it is remembered. */
  read(dialect: Dialect, source: Source): Parsed {
    if (source.body.byteLength > most.bytesEach || this.#isNew(source.body)) return dialect.parse(source);
    const key = keyOf(dialect, source);
    const known = this.#young.get(key);
    if (known) return known;
    const parsed = this.#old.get(key) ?? dialect.parse(source);
    this.#remember(key, parsed);
    return parsed;
  }

  #isNew(body: Uint8Array): boolean {
    const hash = hashOf(body);
    if (this.#seen.has(hash)) return false;
    if (this.#seen.size >= most.seen) this.#seen.clear();
    this.#seen.add(hash);
    return true;
  }

  #remember(key: string, parsed: Parsed): void {
    this.#characters += key.length;
    if (this.#young.size >= most.documents / 2 || this.#characters > most.characters / 2) {
      this.#old = this.#young;
      this.#young = new Map();
      this.#characters = key.length;
    }
    this.#young.set(key, parsed);
  }
}

/** FNV-1a. Documents that have the same one are only remembered sooner. */
function hashOf(body: Uint8Array): number {
  let hash = 0x811c9dc5 | 0;
  for (let at = 0; at < body.length; at++) hash = Math.imul(hash ^ body[at]!, 0x01000193);
  return hash;
}

/** All that reading depends on. No line end is in what stands before the content type, whose length says where it ends. */
function keyOf({ name }: Dialect, { body, contentType, url, purpose = 'main' }: Source): string {
  return `${name}\n${purpose}\n${url}\n${contentType?.length}\n${contentType}\n${lettersOf(body)}`;
}

/** A letter a byte: bytes that differ give texts that differ, also those that no encoding knows. */
const lettersOf = (body: Uint8Array): string => asBuffer(body).toString('latin1');

const asBuffer = (body: Uint8Array): Buffer =>
  Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
