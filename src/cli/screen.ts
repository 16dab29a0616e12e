import { styleText } from 'node:util';
import type { JournalEntry } from '../journal/journal.ts';
import { createTranscript } from '../replay/transcript.ts';

/** Shows a call as it happens, line by line. */
export class Screen {
  readonly #transcript = createTranscript();
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  entry(entry: JournalEntry): void {
    for (const line of this.#transcript.line(entry)) this.#write(this.#coloured(line));
    const { output } = entry;
    if (output?.type === 'recording.ended' && output.record.file) this.note(`the audio is in ${output.record.file}`);
  }

  /** An audio file begins. */
  audio = (url: string, ms: number): void => this.note(`${url} lasts ${(ms / 1000).toFixed(1)} s`);

  /** Something that is no part of the call. */
  note(text: string): void {
    for (const line of text.split('\n')) this.#write(style('dim', line === '' ? '' : `            ${line}`));
  }

  /** The engine's own doings step back behind what people and the application do. */
  #coloured(line: string): string {
    const [, time = '', who = '', what = ''] = /^(\s*\S+\s+)(\S+(?: \S+)*\s\s+)(.*)$/.exec(line) ?? [];
    if (who === '') return line;
    const name = who.trim();
    const colour = name === 'engine' ? 'cyan' : name === 'handler' ? 'magenta' : name === 'problem' ? 'red' : 'green';
    return style('dim', time) + style(name === 'call' ? 'dim' : colour, who) + what;
  }
}

/** Plain text unless somebody looks at it: `styleText` knows pipes and NO_COLOR. */
const style = (format: Parameters<typeof styleText>[0], text: string) =>
  styleText(format, text, { stream: process.stdout });
