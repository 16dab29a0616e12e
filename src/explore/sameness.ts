import { createHash } from 'node:crypto';
import type { Doing, Followed, Following } from './following.ts';

/** Recognises what differs from call to call although it means the same. */
export class Sameness {
  readonly #volatile = new Set<string>();

  /** Two calls that were made in the same way: parameters that differ between their documents differ per call. */
  learn(one: string, other: string): void {
    const others = parametersIn(other);
    for (const [name, values] of parametersIn(one)) {
      const compared = others.get(name);
      if (compared && compared.join(' ') !== values.join(' ')) this.#volatile.add(name);
    }
  }

  /** A text without ids, tokens, times and the like. */
  plain(text: string): string {
    const known =
      this.#volatile.size === 0 ? text : text.replace(parameter, (whole, name) => this.#masked(whole, name));
    return known.replace(tokens, '…');
  }

  #masked(whole: string, name: string): string {
    return this.#volatile.has(name) ? `${whole.slice(0, whole.indexOf('=') + 1)}…` : whole;
  }

  /** Where a document stands among those that mean the same. */
  documentKey(url: string, source: string): string {
    return createHash('sha1')
      .update(`${this.plain(url)}\n${this.plain(source)}`)
      .digest('base64url')
      .slice(0, 12);
  }

  /** Calls that are in the same place have the same key. */
  keyOf(following: Following): string {
    return following.live.map((call) => this.#callKey(call, following)).join(' | ');
  }

  #callKey(call: Followed, following: Following): string {
    const others = following.joinedWith(call).map(({ name }) => name);
    const doing = call.doing.map((one) => this.#doingKey(one));
    const tried = others.length > 0 ? [] : [...new Set(call.tried)].sort();
    return [call.name, call.record.state, ...doing, ...tried, ...others].join(' ');
  }

  #doingKey({ verb, at, document }: Doing): string {
    const place = at ? `${at.line}:${at.column}` : '';
    return `${verb}@${place}${document ? `/${this.documentKey(document.url, document.source)}` : ''}`;
  }
}

/** UUIDs, long hexadecimal numbers, times, and what looks like a token; a telephone number is none of these. */
const tokens = new RegExp(
  [
    '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}',
    '\\b(?:[A-Z]{2})?[0-9a-f]{20,}\\b',
    '\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?Z?',
    '(?<![+\\d])1[6-9]\\d{8}(?:\\d{3})?(?:\\.\\d+)?(?!\\d)',
    '(?<=[=/])(?=[\\w-]*\\d)(?=[\\w-]*[A-Za-z])[\\w-]{24,}',
  ].join('|'),
  'gi',
);

const parameter = /(?<=[?&;])([\w.-]+)=[^&"'\s<>]*/g;

function parametersIn(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const [whole, name] of text.matchAll(parameter)) found.set(name!, [...(found.get(name!) ?? []), whole]);
  return found;
}
