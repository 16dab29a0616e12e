/** What happened, for people: journal entries in, lines of text out, the same for the same journal. */
import type { JournalEntry } from '../journal/journal.ts';
import { type Ahead, lookAhead, nothingAhead } from './ahead.ts';
import { callLines } from './call-lines.ts';
import { httpLines } from './http-lines.ts';
import { legLines } from './leg-lines.ts';
import { type Line, lineText, Scene } from './scene.ts';
import type { Fact, Tell, Tellings } from './tell.ts';

/** How each kind of fact is told; leaving one out does not compile. */
const lines: Tellings<Fact['type']> = { ...legLines, ...callLines, ...httpLines };

export interface Transcript {
  /** The lines that the next entry of the journal adds, often none. */
  line(entry: JournalEntry): string[];
}

/** A transcript that grows with the journal. */
export function createTranscript(ahead: Ahead = nothingAhead): Transcript {
  const scene = new Scene(ahead);
  return { line: (entry) => linesOf(entry, scene).map(lineText) };
}

function linesOf(entry: JournalEntry, scene: Scene): Line[] {
  return scene.of(entry, () => {
    const fact = entry.input ?? entry.output;
    if (fact) (lines[fact.type] as Tell<Fact>)?.(fact, scene, entry);
  });
}

/** A line with the entry of the journal that tells it; `text` is how it stands in the transcript. */
export interface Told extends Line {
  text: string;
  index: number;
  entry: JournalEntry;
}

/** The lines of a whole journal, each with its entry, and what calls are named in them. */
export function tellingOf(entries: readonly JournalEntry[]): { lines: Told[]; name(id: string): string } {
  const scene = new Scene(lookAhead(entries));
  const told = entries.flatMap((entry, index) =>
    linesOf(entry, scene).map((line) => ({ ...line, text: lineText(line), index, entry })),
  );
  return { lines: told, name: (id) => scene.name(id) };
}

/** The transcript of a whole journal: knows of each line what came of it. */
export function transcriptOf(entries: readonly JournalEntry[]): string {
  const transcript = createTranscript(lookAhead(entries));
  return entries
    .flatMap((entry) => transcript.line(entry))
    .map((line) => `${line}\n`)
    .join('');
}
