/** A document and a grammar in; what the document means comes out, and everything wrong with it. */
import type { ErrorCode } from '../errors.ts';
import type { Problem } from '../journal.ts';
import type { Place } from '../verbs/verb.ts';
import { type Around, type ElementGrammar, type Kind, Wrong } from './grammar.ts';
import { attributeHint, elementHint, placeHint } from './hints.ts';
import { quoted } from './kinds.ts';
import type { Language } from './language.ts';
import { Problems, textOffset } from './problems.ts';
import type { SourceText } from './source-text.ts';
import { offsetOf, readXml, type XmlElement } from './xml.ts';

export interface DocumentSource {
  body: Uint8Array;
  contentType?: string;
  url: string;
}

/** Reads the whole document before any of it is used; with an error in it, it means nothing. */
export function parseDocument<Meaning>(
  language: Language<Meaning>,
  { body, contentType, url }: DocumentSource,
): { meaning?: Meaning; problems: Problem[] } {
  const read = readXml({ body, maxBytes: language.maxBytes, ...(contentType !== undefined && { contentType }) });
  const { source } = read;
  const problems = new Problems();
  if (read.warning !== undefined) problems.add('warning', 'DOCUMENT_ENCODING', source.place(0), read.warning);
  const root = read.root ?? emptyRoot(language, source, read.refused.code);
  if (!root) {
    const { code, offset, message, hint } = read.refused!;
    problems.add('error', code, source.place(offset), message, hint);
    return { problems: problems.list };
  }
  const meaning = new Reading(language, source, url, problems).root(root) as Meaning;
  return problems.failed ? { problems: problems.sorted() } : { meaning, problems: problems.sorted() };
}

function emptyRoot({ emptyIsRoot, root }: Language, { text }: SourceText, code: ErrorCode): XmlElement | undefined {
  if (code !== 'DOCUMENT_EMPTY' || !emptyIsRoot || text.trim() !== '') return undefined;
  return { name: root.name, offset: 0, attributes: {}, elements: [], text: '' };
}

const failed = Symbol('failed');

/** Where something stands; worked out only when it is told. */
type Offset = number | (() => number);

class Reading {
  #language: Language;
  #source: SourceText;
  #url: string;
  #problems: Problems;

  constructor(language: Language, source: SourceText, url: string, problems: Problems) {
    this.#language = language;
    this.#source = source;
    this.#url = url;
    this.#problems = problems;
  }

  root(node: XmlElement): unknown {
    const { root, title } = this.#language;
    if (node.name.toLowerCase() === root.name.toLowerCase()) return this.#element(root, node);
    const hint = `a ${title} document begins with <${root.name}>`;
    this.#error('DOCUMENT_ROOT', node.offset, `the root element is <${node.name}>; it must be <${root.name}>`, hint);
    return undefined;
  }

  #element(grammar: ElementGrammar, node: XmlElement): unknown {
    const values = this.#attributes(grammar, node);
    const text = this.#text(grammar, node);
    const children = grammar.content.length > 0 || node.elements.length > 0 ? this.#children(grammar, node) : [];
    return values && text !== failed ? grammar.means(values, this.#around(grammar, node, text, children)) : undefined;
  }

  #around(grammar: ElementGrammar, node: XmlElement, text: unknown, children: unknown[]): Around<unknown, unknown> {
    const { line, column } = this.#source.place(node.offset);
    const at = { element: grammar.name, line, column };
    const object =
      (severity: Problem['severity']) =>
      (code: ErrorCode, message: string, where: string | Place = at, hint?: string) => {
        if (this.#muted) return;
        const place = typeof where === 'string' ? this.#attributePlace(node, where) : where;
        this.#problems.add(severity, code, place, message, hint);
      };
    return {
      text,
      children,
      at,
      url: this.#url,
      refuse: object('error'),
      warn: object('warning'),
    };
  }

  /** The values, defaults included; undefined when one of them is wrong or missing. */
  #attributes(grammar: ElementGrammar, node: XmlElement): Record<string, unknown> | undefined {
    const values: Record<string, unknown> = { ...grammar.defaults };
    let complete = true;
    let given: string[] | undefined;
    for (const written in node.attributes) {
      const known = grammar.attributeNamed.get(written.toLowerCase());
      if (!known) {
        this.#unknownAttribute(grammar, node, written);
        continue;
      }
      given ??= [];
      if (given.includes(known.name)) {
        const hint = 'names are compared without regard to case';
        this.#error(
          'ATTRIBUTE_CONFLICT',
          () => offsetOf(this.#source, node, written),
          `${known.name} is given twice`,
          hint,
        );
        complete = false;
      } else given.push(known.name);
      const text = node.attributes[written]!.trim();
      const value = known.attribute.read(text, this.#url);
      if (value === undefined || value instanceof Wrong) {
        this.#wrong(
          'ATTRIBUTE_NOT_VALID',
          () => offsetOf(this.#source, node, written),
          known.name,
          text,
          known.attribute,
          value,
        );
        complete = false;
      } else values[known.name] = value;
    }
    for (const name of grammar.requiredAttributes) {
      if (given?.includes(name)) continue;
      this.#error('ATTRIBUTE_MISSING', node.offset, `<${grammar.name}> needs the attribute ${name}`);
      complete = false;
    }
    return complete ? values : undefined;
  }

  #unknownAttribute(grammar: ElementGrammar, node: XmlElement, written: string): void {
    if (/^xmlns$|^(?:xmlns|xml|xsi):/.test(written) || this.#problems.full) return;
    const message = `<${grammar.name}> has no attribute ${written.slice(0, 60)}: it is ignored`;
    const hint = attributeHint(this.#language, grammar, written);
    const place = this.#source.place(offsetOf(this.#source, node, written));
    this.#problems.add('warning', 'ATTRIBUTE_UNKNOWN', place, message, hint);
  }

  #text({ name, text: kind }: ElementGrammar, node: XmlElement): unknown {
    if (!kind && !/\S/.test(node.text)) return undefined;
    const text = node.text.trim();
    const offset = () => textOffset(this.#source, node.offset, text);
    if (!kind) {
      this.#error('TEXT_NOT_ALLOWED', offset, `<${name}> must have no text of its own; ${quoted(text)} was found`);
      return failed;
    }
    if (text === '') {
      if (!kind.required) return undefined;
      this.#error('TEXT_MISSING', node.offset, `<${name}> needs a text: it must be ${kind.expected}`);
      return failed;
    }
    const value = kind.read(text, this.#url);
    if (value !== undefined && !(value instanceof Wrong)) return value;
    this.#wrong('TEXT_NOT_VALID', offset, `the text of <${name}>`, text, kind, value);
    return failed;
  }

  #children(grammar: ElementGrammar, node: XmlElement): unknown[] {
    const meanings: unknown[] = [];
    let count = 0;
    for (const child of node.elements) {
      const known = grammar.contentNamed.get(child.name.toLowerCase());
      if (!known) {
        this.#strangeElement(grammar, child);
        continue;
      }
      count += 1;
      if (count === grammar.max + 1)
        this.#error(
          'ELEMENT_TOO_MANY',
          child.offset,
          `<${grammar.name}> may have ${grammar.max} elements in it; this is one more`,
        );
      const meaning = this.#element(known, child);
      if (meaning !== undefined) meanings.push(meaning);
    }
    if (node.elements.length < grammar.min) {
      const expected = grammar.content.map((each) => `<${each.name}>`).join(' or ');
      this.#error('ELEMENT_MISSING', node.offset, `<${grammar.name}> needs at least ${grammar.min} ${expected}`);
    }
    return meanings;
  }

  #strangeElement(grammar: ElementGrammar, child: XmlElement): void {
    if (this.#muted) return;
    const { elements, root } = this.#language;
    const lower = child.name.toLowerCase();
    const known = lower === root.name.toLowerCase() ? root : elements.get(lower);
    if (known) {
      const message = `<${known.name}> must not stand in <${grammar.name}>`;
      this.#error('ELEMENT_NOT_ALLOWED', child.offset, message, placeHint(this.#language, known));
    } else {
      const message = `there is no element <${child.name.slice(0, 60)}> in ${this.#language.title}`;
      this.#error('ELEMENT_UNKNOWN', child.offset, message, elementHint(this.#language, child.name));
    }
  }

  #wrong(
    code: ErrorCode,
    offset: Offset,
    what: string,
    text: string,
    { expected }: Kind<unknown>,
    wrong: Wrong | undefined,
  ): void {
    if (wrong) this.#error(code, offset, `${what}: ${wrong.message}`, wrong.hint);
    else this.#error(code, offset, `${what} is ${quoted(text)}; it must be ${expected}`);
  }

  #attributePlace(node: XmlElement, name: string): { line: number; column: number } {
    const written = Object.keys(node.attributes).find((each) => each.toLowerCase() === name.toLowerCase());
    return this.#source.place(written === undefined ? node.offset : offsetOf(this.#source, node, written));
  }

  #error(code: ErrorCode, offset: Offset, message: string, hint?: string): void {
    if (this.#muted) return;
    this.#problems.add(
      'error',
      code,
      this.#source.place(typeof offset === 'number' ? offset : offset()),
      message,
      hint,
    );
  }

  /** Nobody would read it: no work for it. */
  get #muted(): boolean {
    return this.#problems.full && this.#problems.failed;
  }
}
