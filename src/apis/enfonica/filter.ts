/** The filter of the list of calls. `OR` binds tighter than `AND` (VoiceML 4.5). */
import type { CallFilter } from '../../store/store.ts';
import { conditionOf } from './filter-condition.ts';
import { type Token, tokensOf } from './filter-tokens.ts';
import { type Refusal, wrong } from './refusal.ts';

const longest = 4_096;
const deepest = 32;

const notAFilter = (why: string): Refusal => wrong('filter', why);

/** The filter, or undefined when it lets everything through. */
export function parseFilter(text: string): CallFilter | undefined {
  if (text.length > longest) throw notAFilter(`must have at most ${longest} characters`);
  const tokens = tokensOf(text);
  if (tokens.length === 0) return undefined;
  const parser = new Parser(tokens);
  const filter = parser.filter(0);
  parser.end();
  return filter;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  filter(depth: number): CallFilter {
    const all = [this.#term(depth)];
    while (this.#takes('AND')) all.push(this.#term(depth));
    return all.length === 1 ? all[0]! : { all };
  }

  end(): void {
    const token = this.#tokens[this.#at];
    if (token) throw notAFilter(`has ${token.text} at character ${token.at}, where AND, OR or the end was expected`);
  }

  #term(depth: number): CallFilter {
    const any = [this.#factor(depth)];
    while (this.#takes('OR')) any.push(this.#factor(depth));
    return any.length === 1 ? any[0]! : { any };
  }

  #factor(depth: number): CallFilter {
    if (depth > deepest) throw notAFilter(`has parentheses nested deeper than ${deepest}`);
    if (!this.#takes('(')) return conditionOf(this.#next('a field'), this.#next('a comparison'), this.#value());
    const inner = this.filter(depth + 1);
    if (!this.#takes(')')) throw notAFilter('has a parenthesis that is not closed');
    return inner;
  }

  #takes(mark: string): boolean {
    const token = this.#tokens[this.#at];
    if (!token || token.quoted || token.text !== mark) return false;
    this.#at++;
    return true;
  }

  #value(): Token {
    const token = this.#next('a value');
    if (!token.quoted && /^[()=<>!]/.test(token.text))
      throw notAFilter(`has ${token.text} at character ${token.at}, where a value was expected`);
    return token;
  }

  #next(expected: string): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw notAFilter(`ends where ${expected} was expected`);
    return token;
  }
}
