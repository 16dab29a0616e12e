import { CallflowError, type ErrorCode } from '../errors.ts';

/** A decoded document that knows the line and the column of each of its characters. */
export class SourceText {
  readonly text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  /** Lines and columns count from 1; a column is one UTF-16 unit. */
  place(offset: number): { line: number; column: number } {
    this.#starts ??= lineStarts(this.text);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}

/** The document is refused as a whole, because of what stands at this offset. */
export class DocumentRefused extends CallflowError {
  readonly offset: number;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, offset: number, message: string, hint?: string, options?: { cause?: unknown }) {
    super(code, message, options);
    this.offset = offset;
    this.hint = hint;
  }
}
