import type { Place } from '../verbs/verb.ts';

/** A line of a document as it is shown: pieces of text, some of them marked. */
export interface SourceLine {
  number: number;
  pieces: readonly SourcePiece[];
}

/** `skipped`: how many characters are not shown here. */
export type SourcePiece = { text: string; marks?: readonly number[] } | { skipped: number };

/** So many lines that are not shown. */
export interface SkippedLines {
  skipped: number;
}

const manyLines = 300;
const longLine = 1_000;
/** How much is shown around what is marked, where not all is. */
const nearLines = 4;
const nearCharacters = 160;

/** A document cut to what can be read, with its marked elements; a mark is known by its position in `marks`. */
export function excerpt(source: string, marks: readonly Place[]): (SourceLine | SkippedLines)[] {
  const lines = source
    .replace(/^\ufeff/, '')
    .replace(/\s+$/, '')
    .split(/\r\n?|\n/);
  const shown = shownLines(lines.length, marks);
  const result: (SourceLine | SkippedLines)[] = [];
  let before = 0;
  for (const number of shown) {
    if (number > before + 1) result.push({ skipped: number - before - 1 });
    result.push({ number, pieces: piecesOf(lines[number - 1]!, rangesIn(lines[number - 1]!, number, marks)) });
    before = number;
  }
  if (before < lines.length) result.push({ skipped: lines.length - before });
  return result;
}

function shownLines(count: number, marks: readonly Place[]): number[] {
  const first = Math.min(count, manyLines);
  const shown = new Set(Array.from({ length: first }, (_, index) => index + 1));
  if (count > manyLines)
    for (const { line } of marks)
      for (let number = Math.max(1, line - nearLines); number <= Math.min(count, line + nearLines); number++)
        shown.add(number);
  return [...shown].sort((one, other) => one - other);
}

interface Range {
  from: number;
  to: number;
  marks: number[];
}

function rangesIn(line: string, number: number, marks: readonly Place[]): Range[] {
  const ranges = new Map<number, Range>();
  marks.forEach((mark, index) => {
    const from = mark.column - 1;
    if (mark.line !== number || from >= line.length) return;
    const known = ranges.get(from);
    if (known) known.marks.push(index);
    else ranges.set(from, { from, to: endOfTag(line, from), marks: [index] });
  });
  return [...ranges.values()].sort((one, other) => one.from - other.from);
}

/** Behind the tag that begins here, or the end of the line when it goes on in the next one. */
function endOfTag(line: string, from: number): number {
  const tag = /<(?:[^"'>]|"[^"]*"|'[^']*')*>/y;
  tag.lastIndex = from;
  return tag.test(line) ? tag.lastIndex : line.length;
}

function piecesOf(line: string, ranges: readonly Range[]): SourcePiece[] {
  const pieces: SourcePiece[] = [];
  let at = 0;
  for (const { from, to, marks } of ranges) {
    if (from < at) continue;
    pieces.push(...shortened(line.slice(at, from), at > 0, true), {
      text: line.slice(from, to).slice(0, longLine),
      marks,
    });
    at = to;
  }
  return [...pieces, ...shortened(line.slice(at), at > 0, false)];
}

/** A long text between marks: what stands near them, else its beginning. */
function shortened(text: string, isBehindMark: boolean, isBeforeMark: boolean): SourcePiece[] {
  if (text === '') return [];
  if (text.length <= longLine) return [{ text }];
  const head = isBehindMark || isBeforeMark ? nearCharacters : longLine;
  const tail = isBeforeMark ? nearCharacters : 0;
  const end = text.slice(text.length - tail);
  return [{ text: text.slice(0, head) }, { skipped: text.length - head - tail }, ...(tail > 0 ? [{ text: end }] : [])];
}
