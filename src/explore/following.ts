import type { Attempt, Input, JournalEntry, Output } from '../journal/journal.ts';
import type { CallRecord } from '../records/call.ts';
import type { Instruction } from '../verbs/index.ts';
import type { DialStatus, Place, Program } from '../verbs/verb.ts';

/** A document that a call is or was executing. */
export interface DocumentSeen {
  url: string;
  source: string;
  instructions: readonly Instruction[];
  purpose: Program['purpose'];
  /** What of it has been executed. */
  begun: Set<Instruction>;
}

/** A verb at work. */
export interface Doing {
  verb: Instruction['verb'];
  at?: Place;
  /** As the document says it; absent for what no document of the application says. */
  instruction?: Instruction;
  document?: DocumentSeen;
  /** Of the journal entry with which it began: no other verb has the same. */
  seq: number;
}

/** One call, as far as the journal tells. */
export interface Followed {
  id: string;
  name: string;
  record: CallRecord;
  /** What is at work, the innermost last. */
  doing: Doing[];
  /** Whoever else is in its bridge. */
  bridge: string | undefined;
  /** How those ended who were called by the dial at work. */
  tried: DialStatus[];
  documents: DocumentSeen[];
}

/** Follows a journal: which calls there are, and what each is doing. */
export class Following {
  readonly calls = new Map<string, Followed>();
  readonly #attempts = new Map<string, Attempt>();

  take(entry: JournalEntry): void {
    const { output, input, subject } = entry;
    if (output?.type === 'call.created') this.#create(output.record);
    const call = this.calls.get(subject);
    if (!call) return;
    if (output) this.#output(call, output, entry.seq);
    if (input) this.#input(call, input);
  }

  /** The calls that have not ended, in the order in which they began. */
  get live(): Followed[] {
    return [...this.calls.values()].filter(({ record }) => record.endTime === undefined);
  }

  get isOver(): boolean {
    return this.calls.size > 0 && this.live.length === 0;
  }

  /** Those that are in a bridge with this one. */
  joinedWith({ id, bridge }: Followed): Followed[] {
    return bridge === undefined ? [] : this.live.filter((other) => other.id !== id && other.bridge === bridge);
  }

  #create(record: CallRecord): void {
    const name = record.createMethod === 'incomingCall' ? 'caller' : record.to;
    this.calls.set(record.id, {
      id: record.id,
      name,
      record,
      doing: [],
      bridge: undefined,
      tried: [],
      documents: [],
    });
  }

  #output(call: Followed, output: Output, seq: number): void {
    switch (output.type) {
      case 'call.changed':
        call.record = output.record;
        break;
      case 'verb.began':
        if (output.activity !== undefined) break;
        if (output.verb === 'dial') call.tried = [];
        call.doing.push({ ...output, seq, ...this.#written(call, output.at) });
        break;
      case 'verb.ended':
        if (output.verb === 'dial') call.tried = [];
        if (output.activity === undefined) call.doing.pop();
        break;
      case 'bridge.entered':
        call.bridge = output.bridge;
        break;
      case 'bridge.left':
        call.bridge = undefined;
        break;
      case 'heard':
        if (output.event.type === 'child.ended') call.tried.push(output.event.status);
    }
  }

  #input(call: Followed, input: Input): void {
    if (input.type === 'handler.attempted') this.#attempts.set(input.request, input.attempt);
    if (input.type !== 'handler.answered') return;
    const source = this.#attempts.get(input.request)?.responseBody ?? '';
    this.#attempts.delete(input.request);
    // Who has hung up already gets nothing of it: that is a farewell, and its answer does not count.
    if (input.answer.type !== 'program' || call.record.endTime !== undefined) return;
    call.documents.push(seen(input.answer.program, source));
  }

  #written({ documents }: Followed, at: Place | undefined): Partial<Pick<Doing, 'instruction' | 'document'>> {
    if (!at) return {};
    const stands = (one: Instruction) => one.at?.line === at.line && one.at.column === at.column;
    const document = documents.findLast(({ instructions }) => instructions.some(stands));
    const instruction = document?.instructions.find(stands);
    if (!document || !instruction) return {};
    document.begun.add(instruction);
    return { document, instruction };
  }
}

const seen = ({ url, instructions, purpose }: Program, source: string): DocumentSeen => ({
  url,
  source,
  instructions,
  purpose,
  begun: new Set(),
});
