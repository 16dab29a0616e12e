import { DocumentRefused } from './source-text.ts';

/** Deeper and larger than any document needs. */
export const maxDepth = 64;
export const maxElements = 10_000;

const lessThan = 60;
const moreThan = 62;
const doubleQuote = 34;
const singleQuote = 39;
const slash = 47;

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const notInXml = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;
const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])[\w.-]+\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/;
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-fA-F]+));/y;

/**
 * One walk over the text that refuses what fast-xml-parser would let pass, choke on or take long over: document types,
 * entities, depth, number of elements, roots, tags that do not match, `<` in values, stray text, control characters.
 * What comes back has the same offsets, with processing instructions blanked out.
 */
export function guardMarkup(text: string): string {
  const control = notInXml.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw notXml(control.index, `the character U+${code} must not be in XML`);
  }
  return new Walk(text).whole();
}

class Walk {
  #text: string;
  #at = 0;
  /** Offsets of the start tags that are open. */
  #open: number[] = [];
  #names: string[] = [];
  #elements = 0;
  #rootSeen = false;
  /** The next ones that have not been looked at, so that nothing is searched for twice. */
  #ampersand: number;
  #sectionEnd: number;
  #instructions: { start: number; end: number }[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#ampersand = text.indexOf('&');
    this.#sectionEnd = text.indexOf(']]>');
  }

  whole(): string {
    for (;;) {
      const next = this.#text.indexOf('<', this.#at);
      this.#characters(this.#at, next === -1 ? this.#text.length : next);
      if (next === -1) break;
      this.#at = this.#markup(next);
    }
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw notXml(unclosed, `<${this.#names.at(-1)}> is not closed`);
    if (!this.#rootSeen) throw new DocumentRefused('DOCUMENT_EMPTY', 0, 'there is no element in the document');
    return this.#instructions.length === 0 ? this.#text : this.#blanked();
  }

  /** fast-xml-parser looks for quotes in processing instructions, and nobody needs them: they become blanks. */
  #blanked(): string {
    let blanked = '';
    let from = 0;
    for (const { start, end } of this.#instructions) {
      blanked += this.#text.slice(from, start) + this.#text.slice(start, end).replace(/[^\n]/g, ' ');
      from = end;
    }
    return blanked + this.#text.slice(from);
  }

  #markup(start: number): number {
    const kind = this.#text.charCodeAt(start + 1);
    if (kind === 33) return this.#declarationOrComment(start);
    if (kind === 63) return this.#instruction(start);
    const end = this.#tagEnd(start);
    if (this.#ampersand !== -1) this.#references(start, end);
    if (kind === slash) this.#endTag(start, end);
    else this.#startTag(start, end);
    return end + 1;
  }

  #startTag(start: number, end: number): void {
    const name = this.#name(start + 1, end);
    if (name === '') throw notXml(start, 'a name is expected after <', 'write < in text as &lt;');
    if (this.#open.length === 0) {
      if (this.#rootSeen)
        throw new DocumentRefused('DOCUMENT_ROOT', start, `<${name}> is a second root: there must be one`);
      this.#rootSeen = true;
    }
    this.#elements += 1;
    if (this.#elements > maxElements)
      throw new DocumentRefused('DOCUMENT_TOO_MANY_ELEMENTS', start, `there are more than ${maxElements} elements`);
    if (this.#open.length >= maxDepth)
      throw new DocumentRefused('DOCUMENT_TOO_DEEP', start, `<${name}> is nested more than ${maxDepth} levels deep`);
    if (this.#text.charCodeAt(end - 1) === slash) return;
    this.#open.push(start);
    this.#names.push(name);
  }

  #endTag(start: number, end: number): void {
    const name = this.#text.slice(start + 2, end).trimEnd();
    const opened = this.#names.pop();
    const from = this.#open.pop();
    if (opened === name) return;
    if (opened === undefined) throw notXml(start, `</${name}> closes nothing`);
    const line = this.#text.slice(0, from).split('\n').length;
    throw notXml(start, `</${name}> is found where </${opened}> is expected`, `<${opened}> was opened in line ${line}`);
  }

  #name(from: number, end: number): string {
    let to = from;
    for (; to < end; to += 1) {
      const code = this.#text.charCodeAt(to);
      if (code <= 32 || code === slash) break;
    }
    return this.#text.slice(from, to);
  }

  #tagEnd(start: number): number {
    let quote = 0;
    let quoted = start;
    for (let at = start + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === lessThan) throw this.#strayLessThan(start, quote ? quoted : -1, at);
      if (quote) {
        if (code === quote) quote = 0;
      } else if (code === moreThan) return at;
      else if (code === doubleQuote || code === singleQuote) {
        quote = code;
        quoted = at;
      }
    }
    if (quote) throw notXml(quoted, 'the quotation mark is not closed');
    throw notXml(start, 'the tag is not closed', 'write < in text as &lt;');
  }

  #strayLessThan(start: number, quoted: number, at: number): DocumentRefused {
    if (quoted === -1) return notXml(start, 'the tag is not closed before the next <', 'write < in text as &lt;');
    return notXml(
      at,
      '< is found in the value of an attribute',
      'write it as &lt;, or close the quotation mark before it',
    );
  }

  #declarationOrComment(start: number): number {
    if (this.#text.startsWith('<!--', start)) {
      const end = this.#text.indexOf('--', start + 4);
      if (end === -1) throw notXml(start, 'the comment is not closed');
      if (this.#text.charCodeAt(end + 2) !== moreThan) throw notXml(end, '-- must not be in a comment');
      return end + 3;
    }
    if (this.#text.startsWith('<![CDATA[', start)) {
      if (this.#open.length === 0) throw notXml(start, 'text stands outside the root element');
      const end = this.#text.indexOf(']]>', start + 9);
      if (end === -1) throw notXml(start, 'the CDATA section is not closed');
      return end + 3;
    }
    if (/^<!doctype/i.test(this.#text.slice(start, start + 9)))
      throw new DocumentRefused(
        'DOCUMENT_DOCTYPE',
        start,
        'a document type declaration is not accepted',
        'remove the <!DOCTYPE …>',
      );
    throw notXml(start, '<! begins neither a comment nor a CDATA section', 'write < in text as &lt;');
  }

  #instruction(start: number): number {
    const end = this.#text.indexOf('?>', start + 2);
    if (end === -1) throw notXml(start, 'the processing instruction is not closed');
    const whole = this.#text.slice(start, end + 2);
    if (start === 0 && /^<\?xml\s/.test(whole)) {
      if (!declaration.test(whole))
        throw notXml(0, 'the XML declaration is not valid', 'write <?xml version="1.0" encoding="UTF-8"?>');
    } else if (/^<\?xml[\s?]/i.test(whole)) {
      throw notXml(start, 'the XML declaration must be the very first thing in the document');
    } else if (!/^<\?[\p{L}_:]/u.test(whole)) throw notXml(start, 'a processing instruction begins with a name');
    this.#instructions.push({ start, end: end + 2 });
    return end + 2;
  }

  #characters(from: number, to: number): void {
    if (this.#open.length === 0) {
      for (let at = from; at < to; at += 1)
        if (this.#text.charCodeAt(at) > 32) throw notXml(at, 'text stands outside the root element');
      return;
    }
    if (this.#ampersand !== -1) this.#references(from, to);
    while (this.#sectionEnd !== -1 && this.#sectionEnd < to) {
      if (this.#sectionEnd >= from) throw notXml(this.#sectionEnd, ']]> must not be in text', 'write ]]&gt;');
      this.#sectionEnd = this.#text.indexOf(']]>', this.#sectionEnd + 1);
    }
  }

  #references(from: number, to: number): void {
    while (this.#ampersand !== -1 && this.#ampersand < to) {
      if (this.#ampersand >= from) this.#reference(this.#ampersand);
      this.#ampersand = this.#text.indexOf('&', this.#ampersand + 1);
    }
  }

  #reference(at: number): void {
    reference.lastIndex = at;
    const found = reference.exec(this.#text);
    if (!found) throw this.#wrongReference(at);
    if (found[1] !== undefined) return;
    const code = found[2] === undefined ? Number.parseInt(found[3]!, 16) : Number(found[2]);
    if (!isXmlCharacter(code)) throw notXml(at, `${found[0].slice(0, 20)} is not a character that XML knows`);
  }

  #wrongReference(at: number): DocumentRefused {
    const entity = /^&([\p{L}_:][\p{L}\p{N}_:.-]{0,60});/u.exec(this.#text.slice(at, at + 64));
    if (!entity) return notXml(at, '& stands alone', 'write & as &amp;, in URLs too');
    const hint = 'only &amp; &lt; &gt; &quot; &apos; and numbers like &#233; are understood';
    return new DocumentRefused('DOCUMENT_ENTITY', at, `the entity ${entity[0]} is not accepted`, hint);
  }
}

function isXmlCharacter(code: number): boolean {
  if (code < 32) return code === 9 || code === 10 || code === 13;
  return code <= 0xd7ff || (code >= 0xe000 && code <= 0xfffd) || (code >= 0x10000 && code <= 0x10ffff);
}

function notXml(offset: number, message: string, hint?: string): DocumentRefused {
  return new DocumentRefused('DOCUMENT_NOT_XML', offset, message, hint);
}
