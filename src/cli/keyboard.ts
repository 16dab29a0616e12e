import { createInterface } from 'node:readline';

export interface KeyboardListener {
  line(text: string): void;
  /** Ctrl-C. */
  interrupted(): void;
  /** Nothing more will be typed. */
  ended(): void;
}

/** Lines that are typed, at a terminal or from a pipe, and a place to write above the line that is being typed. */
export class Keyboard {
  /** Somebody sits there and sees what happens; a pipe knows everything beforehand. */
  readonly isHuman = process.stdin.isTTY === true;
  readonly #isTerminal = this.isHuman && process.stdout.isTTY === true;
  readonly #lines = createInterface({
    input: process.stdin,
    terminal: this.#isTerminal,
    ...(this.#isTerminal && { output: process.stdout, prompt: '> ' }),
  });
  #isClosed = false;

  listen({ line, interrupted, ended }: KeyboardListener): void {
    this.#lines.on('line', (text) => {
      line(text);
      this.#prompt();
    });
    this.#lines.on('close', () => {
      if (!this.#isClosed) ended();
      this.#isClosed = true;
    });
    // A terminal in line editing gives Ctrl-C to readline and not to the process.
    this.#lines.on('SIGINT', interrupted);
    this.#prompt();
  }

  write = (line: string): void => {
    process.stdout.write(this.#isTerminal ? `\r\x1b[K${line}\n` : `${line}\n`);
    this.#prompt();
  };

  close(): void {
    this.#isClosed = true;
    this.#lines.close();
    if (this.#isTerminal) process.stdout.write('\r\x1b[K');
  }

  #prompt(): void {
    if (this.#isTerminal && !this.#isClosed) this.#lines.prompt(true);
  }
}
