import { DocumentRefused } from './source-text.ts';
import { explainTag, instructionTarget, notXml, readStartTag } from './tags.ts';

/** Deeper and larger than any document needs. */
const maxDepth = 64;
const maxElements = 10_000;

const moreThan = 62;
const slash = 47;

// biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is looked for
const notInXml = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/;
const declaration =
  /^<\?xml\s+version\s*=\s*(["'])1\.\d\1(?:\s+encoding\s*=\s*(["'])[\w.-]+\2)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\3)?\s*\?>/;
const reference = /&(?:(amp|lt|gt|quot|apos)|#(\d+)|#x([\da-fA-F]+));/y;

/**
 * One walk over the text that refuses everything that is not well-formed, and what we do not want although it is:
 * document types, entities, depth, too many elements. fast-xml-parser lets much of that pass, chokes on some and takes
 * long over the rest; its validator is no help with half of it and costs as much as everything here. What comes back
 * has the same offsets, with processing instructions blanked out, and says where the start tags stand, in their order.
 */
export function guardMarkup(text: string): Guarded {
  const control = notInXml.exec(text);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    throw notXml(control.index, `the character U+${code} must not be in XML`);
  }
  return new Walk(text).whole();
}

export interface Guarded {
  markup: string;
  starts: readonly number[];
}

class Walk {
  #text: string;
  #at = 0;
  /** Offsets of the start tags that are open. */
  #open: number[] = [];
  #names: string[] = [];
  /** Of all elements. */
  #starts: number[] = [];
  /** The next ones that have not been looked at, so that nothing is searched for twice. */
  #ampersand: number;
  #sectionEnd: number;
  #instructions: { start: number; end: number }[] = [];

  constructor(text: string) {
    this.#text = text;
    this.#ampersand = text.indexOf('&');
    this.#sectionEnd = text.indexOf(']]>');
  }

  whole(): Guarded {
    for (;;) {
      const next = this.#text.indexOf('<', this.#at);
      this.#characters(this.#at, next === -1 ? this.#text.length : next);
      if (next === -1) break;
      this.#at = this.#markup(next);
    }
    const unclosed = this.#open.at(-1);
    if (unclosed !== undefined) throw notXml(unclosed, `<${this.#names.at(-1)}> is not closed`);
    if (this.#starts.length === 0)
      throw new DocumentRefused('DOCUMENT_EMPTY', 0, 'there is no element in the document');
    return { markup: this.#instructions.length === 0 ? this.#text : this.#blanked(), starts: this.#starts };
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
    return kind === slash ? this.#endTag(start) : this.#startTag(start);
  }

  #startTag(start: number): number {
    const tag = readStartTag(this.#text, start);
    if (!tag) throw explainTag(this.#text, start);
    const { name, end, isEmpty } = tag;
    if (this.#ampersand !== -1) this.#references(start, end);
    if (this.#open.length === 0 && this.#starts.length > 0)
      throw new DocumentRefused('DOCUMENT_ROOT', start, `<${name}> is a second root: there must be one`);
    if (this.#starts.length >= maxElements)
      throw new DocumentRefused('DOCUMENT_TOO_MANY_ELEMENTS', start, `there are more than ${maxElements} elements`);
    if (this.#open.length >= maxDepth)
      throw new DocumentRefused('DOCUMENT_TOO_DEEP', start, `<${name}> is nested more than ${maxDepth} levels deep`);
    this.#starts.push(start);
    if (isEmpty) return end;
    this.#open.push(start);
    this.#names.push(name);
    return end;
  }

  #endTag(start: number): number {
    const end = this.#text.indexOf('>', start);
    if (end === -1) throw notXml(start, 'the tag is not closed');
    const name = this.#text.slice(start + 2, end);
    const opened = this.#names.pop();
    const from = this.#open.pop();
    if (opened === name || (opened !== undefined && opened === name.replace(/[ \t\n]+$/, ''))) return end + 1;
    const found = `</${name.slice(0, 60)}>`;
    if (opened === undefined) throw notXml(start, `${found} closes nothing`);
    const line = this.#text.slice(0, from).split('\n').length;
    throw notXml(start, `${found} is found where </${opened}> is expected`, `<${opened}> was opened in line ${line}`);
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
    } else if (!instructionTarget.test(whole)) throw notXml(start, 'a processing instruction begins with a name');
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
