import type { ErrorCode } from '../errors.ts';
import type { Problem } from '../journal/journal.ts';
import type { SourceText } from './source-text.ts';

const most = 100;

/** Everything wrong with one document, in the order it was found; after a hundred, nobody reads on. */
export class Problems {
  readonly list: Problem[] = [];
  /** There is an error: no program comes of this document. */
  failed = false;

  get full(): boolean {
    return this.list.length >= most;
  }

  add(
    severity: Problem['severity'],
    code: ErrorCode,
    { line, column }: { line: number; column: number },
    message: string,
    hint?: string,
  ): void {
    const first = severity === 'error' && !this.failed;
    if (severity === 'error') this.failed = true;
    if (this.full && !first) return;
    this.list.push({ line, column, code, severity, message, ...(hint !== undefined && { hint }) });
  }

  /** As a reader of the document meets them. */
  sorted(): Problem[] {
    return this.list.length < 2 ? this.list : this.list.sort((a, b) => a.line - b.line || a.column - b.column);
  }
}

/** Where the text of an element begins that stands between `from` and its children: near enough for a message. */
export function textOffset({ text }: SourceText, from: number, ownText: string): number {
  const word = /[^\s&<]+/.exec(ownText)?.[0];
  const at = word === undefined ? -1 : text.indexOf(word, text.indexOf('>', from));
  return at === -1 ? from : at;
}
