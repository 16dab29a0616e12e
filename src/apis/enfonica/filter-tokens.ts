import { wrong } from './refusal.ts';

export interface Token {
  /** Without its quotes. */
  text: string;
  quoted: boolean;
  /** Of its first character, counted from 1. */
  at: number;
}

const pattern = /\s*(?:'([^']*)'|"([^"]*)"|(<=|>=|!=|[()=<>])|([^\s()'"=<>!]+))/y;

/** The words, texts and marks of a filter. */
export function tokensOf(filter: string): Token[] {
  const tokens: Token[] = [];
  const end = filter.trimEnd().length;
  pattern.lastIndex = 0;
  for (let at = 0; at < end; at = pattern.lastIndex) {
    const match = pattern.exec(filter);
    if (!match) throw wrong('filter', `is not understood from character ${at + 1} on`);
    const [whole, single, double, mark, word] = match;
    const text = single ?? double ?? mark ?? word ?? '';
    const quoted = single !== undefined || double !== undefined;
    tokens.push({ text, quoted, at: at + whole.length - whole.trimStart().length + 1 });
  }
  return tokens;
}
