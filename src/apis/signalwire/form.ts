/**
 * What a request says: a form in its body, or the query of its URL. Names are the vendor's; unknown ones do nothing. Of a
 * name that stands there more than once the first value counts, unless it may be repeated.
 */
import type { HandlerUrl } from '../../verbs/verb.ts';
import { invalid, Refusal } from './refusal.ts';

export class Form {
  readonly #values: URLSearchParams;

  constructor(text: string) {
    this.#values = new URLSearchParams(text);
  }

  /** Is it there, even empty? */
  has(name: string): boolean {
    return this.#values.has(name);
  }

  /**
   * The value of this name, in one line; what is empty is absent.
   *
   * @param code the vendor's number of what is wrong when it is no text, or a very long one
   */
  text(name: string, code = invalidArgument): string | undefined {
    const value = this.#values.get(name) || undefined;
    if (value === undefined) return undefined;
    if (notInALine.test(value)) throw new Refusal(code, `${name} has control characters, or is not UTF-8`);
    if (value.length > longest) throw new Refusal(code, `${name} has more than ${longest} characters`);
    return value;
  }

  /** A value that may have lines: a document, a message. */
  lines(name: string, code = invalidArgument): string | undefined {
    const value = this.#values.get(name) || undefined;
    if (value === undefined || !notInLines.test(value)) return value;
    throw new Refusal(code, `${name} has control characters other than tabs and line ends, or is not UTF-8`);
  }

  /** Every value of a name that may be repeated, or hold several with blanks between. */
  words(name: string): string[] {
    return this.#values.getAll(name).flatMap((value) => value.split(/\s+/).filter((word) => word !== ''));
  }

  flag(name: string): boolean | undefined {
    const value = this.text(name)?.toLowerCase();
    if (value === undefined) return undefined;
    if (value !== 'true' && value !== 'false') throw invalid(`${name} is neither true nor false`);
    return value === 'true';
  }

  /** @param code the vendor's number of what is wrong when it is none of them */
  choice<T extends string>(name: string, of: readonly T[], code: number): T | undefined {
    const value = this.text(name, code);
    if (value === undefined) return undefined;
    const found = of.find((one) => one.toLowerCase() === value.toLowerCase());
    if (found === undefined) throw new Refusal(code, `${name} must be one of ${of.join(', ')}`);
    return found;
  }

  integer(name: string, [min, max]: readonly [min: number, max: number], code: number): number | undefined {
    const value = this.text(name, code);
    if (value === undefined) return undefined;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    throw new Refusal(code, `${name} must be a whole number from ${min} to ${max}`);
  }

  method(name: string, otherwise: 'GET' | 'POST' = 'POST', code = 21209): 'GET' | 'POST' {
    return this.choice(name, ['GET', 'POST'], code) ?? otherwise;
  }

  url(name: string, code = 21402): string | undefined {
    const value = this.text(name, code);
    if (value === undefined || isUrl(value)) return value;
    throw new Refusal(code, `${name} must be an http or https URL`);
  }

  /** A URL with the method that is named after it. */
  asked(name: string, by: { method?: string; otherwise?: 'GET' | 'POST'; code?: number } = {}): HandlerUrl | undefined {
    const { method = `${name}Method`, otherwise = 'POST', code } = by;
    const how = this.method(method, otherwise);
    const url = this.url(name, code);
    return url === undefined ? undefined : { url, method: how };
  }

  /** Everything that is there, as text. */
  entries(): [name: string, value: string][] {
    return [...this.#values];
  }
}

const isUrl = (value: string): boolean => /^https?:\/\/[^\s/]/i.test(value) && URL.canParse(value);

const invalidArgument = 10000;

/** Names, numbers and URLs are shorter. */
const longest = 4_096;

/** What was not UTF-8 has become the replacement character, which nobody means. */
const notInALine = /[\p{Cc}\uFFFD]/u;
const notInLines = /(?![\t\r\n])[\p{Cc}\uFFFD]/u;
