/** A document and a grammar in; what the document means comes out, and everything wrong with it. */
import type { ErrorCode } from '../errors.ts';
import type { Problem } from '../journal/journal.ts';
import type { Place, Purpose } from '../verbs/verb.ts';
import type { Source } from './dialect.ts';
import { type Around, type Attribute, type ElementGrammar, Wrong } from './grammar.ts';
import type { Language } from './language.ts';
import { Objections } from './objections.ts';
import { Problems, textOffset } from './problems.ts';
import type { SourceText } from './source-text.ts';
import { partsOf, readXml, type XmlElement } from './xml.ts';

/** Reads the whole document before any of it is used; with an error in it, it means nothing. */
export function parseDocument<Meaning>(
  language: Language<Meaning>,
  { body, contentType, url, purpose = 'main' }: Source,
): { meaning?: Meaning; problems: Problem[] } {
  const read = readXml({ body, contentType, maxBytes: language.maxBytes });
  const { source } = read;
  const problems = new Problems();
  if (read.warning !== undefined) problems.add('warning', 'DOCUMENT_ENCODING', source.place(0), read.warning);
  const root = read.root ?? emptyRoot(language, source, read.refused.code);
  if (!root) {
    const { code, offset, message, hint } = read.refused!;
    problems.add('error', code, source.place(offset), message, hint);
    return { problems: problems.list };
  }
  const meaning = new Reading(language, source, { url, purpose }, problems).root(root) as Meaning;
  return problems.failed ? { problems: problems.sorted() } : { meaning, problems: problems.sorted() };
}

function emptyRoot({ emptyIsRoot, root }: Language, { text }: SourceText, code: ErrorCode): XmlElement | undefined {
  if (code !== 'DOCUMENT_EMPTY' || !emptyIsRoot || text.trim() !== '') return undefined;
  return { name: root.name, offset: 0, attributes: {}, elements: [], text: '', nodes: [] };
}

const failed = Symbol('failed');

/** What the elements in an element mean, and how many of them must not be there. */
interface Inside {
  children: readonly unknown[];
  /** Of each element, also of those that mean nothing. */
  meanings: readonly unknown[];
  strangers: number;
}

const none: readonly unknown[] = Object.freeze([]);
const nothingInside: Inside = Object.freeze({ children: none, meanings: none, strangers: 0 });

class Reading {
  #language: Language;
  #source: SourceText;
  #asked: { url: string; purpose: Purpose };
  #objections: Objections;

  constructor(language: Language, source: SourceText, asked: { url: string; purpose: Purpose }, problems: Problems) {
    this.#language = language;
    this.#source = source;
    this.#asked = asked;
    this.#objections = new Objections(language, source, problems);
  }

  root(node: XmlElement): unknown {
    const { root } = this.#language;
    if (this.#objections.isNamed(root.name, node.name)) return this.#element(root, node);
    this.#objections.wrongRoot(node);
    return undefined;
  }

  #element(grammar: ElementGrammar, node: XmlElement): unknown {
    const values = this.#attributes(grammar, node);
    const text = this.#text(grammar, node);
    const inside = node.elements.length > 0 || grammar.min > 0 ? this.#children(grammar, node) : nothingInside;
    if (!values || text === failed) return undefined;
    return grammar.means(values, this.#around(grammar, node, text, inside));
  }

  #around(grammar: ElementGrammar, node: XmlElement, text: unknown, inside: Inside): Around<unknown, unknown> {
    const { line, column } = this.#source.place(node.offset);
    const parts = grammar.ordered ? inOrder(node, inside.meanings) : none;
    const at = { element: grammar.name, line, column };
    return new Surrounding(node, at, { text, inside, parts }, this.#asked, this.#objections);
  }

  /** The values, defaults included; undefined when the element cannot mean anything without what is wrong or missing. */
  #attributes(grammar: ElementGrammar, node: XmlElement): Readonly<Record<string, unknown>> | undefined {
    let values: Record<string, unknown> | undefined;
    let complete = true;
    let given: string[] | undefined;
    for (const written in node.attributes) {
      const known = grammar.attributeNamed.get(written.toLowerCase());
      if (!known || !this.#objections.isNamed(known.name, written)) {
        this.#objections.unknownAttribute(grammar, node, written, known?.name);
        continue;
      }
      given ??= [];
      if (given.includes(known.name)) {
        this.#objections.twice(known.name, node, written);
        complete = false;
      } else given.push(known.name);
      const value = this.#value(known, grammar, node, written);
      if (value !== undefined) {
        values ??= Object.assign({}, grammar.defaults); // spreading tables of so many shapes takes three times as long
        values[known.name] = value;
      } else if (!this.#language.lenient || known.attribute.required) complete = false;
    }
    for (const name of grammar.requiredAttributes) {
      if (given?.includes(name)) continue;
      this.#objections.missingAttribute(grammar, node, name);
      complete = false;
    }
    return complete ? (values ?? grammar.defaults) : undefined;
  }

  #value(
    known: { name: string; attribute: Attribute<unknown> },
    grammar: ElementGrammar,
    node: XmlElement,
    written: string,
  ): unknown {
    const text = node.attributes[written]!.trim();
    const value = known.attribute.read(text, this.#asked.url);
    if (value === undefined || value instanceof Wrong) {
      this.#objections.wrongAttribute(known, { node, written, text }, value);
      return undefined;
    }
    if (known.attribute.ignored) this.#objections.ignored(grammar, node, written);
    return value;
  }

  #text({ name, text: kind, ordered }: ElementGrammar, node: XmlElement): unknown {
    if (ordered) return undefined;
    const text = node.text.trim();
    if (!kind && text === '') return undefined;
    const fails = this.#language.lenient ? undefined : failed;
    if (!kind) {
      this.#objections.textNotAllowed(name, () => textOffset(this.#source, node.offset, text), text);
      return fails;
    }
    if (text === '') {
      if (!kind.required) return undefined;
      this.#objections.missingText(name, node.offset, kind);
      return failed;
    }
    const value = kind.read(text, this.#asked.url);
    if (value !== undefined && !(value instanceof Wrong)) return value;
    this.#objections.wrongText(name, () => textOffset(this.#source, node.offset, text), { text, kind }, value);
    return kind.required ? failed : fails;
  }

  #children(grammar: ElementGrammar, node: XmlElement): Inside {
    if (grammar.anything) return nothingInside;
    const meanings: unknown[] = [];
    let count = 0;
    let strangers = 0;
    for (const child of node.elements) {
      const known = grammar.contentNamed.get(child.name.toLowerCase());
      if (!known || !this.#objections.isNamed(known.name, child.name)) {
        this.#objections.strangeElement(grammar, child);
        meanings.push(undefined);
        strangers += 1;
        continue;
      }
      count += 1;
      if (count === grammar.max + 1) this.#objections.tooMany(grammar, child);
      const isSurplus = count > grammar.max && this.#language.lenient;
      meanings.push(isSurplus ? undefined : this.#element(known, child));
    }
    if (node.elements.length < grammar.min) this.#objections.tooFew(grammar, node);
    const children = meanings.includes(undefined) ? meanings.filter((meaning) => meaning !== undefined) : meanings;
    return { meanings, children, strangers };
  }
}

/** A class, so that how to object is made only for whoever wants to. */
class Surrounding implements Around<unknown, unknown> {
  readonly text: unknown;
  readonly children: readonly unknown[];
  readonly parts: readonly unknown[];
  readonly strangers: number;
  readonly at: Place;
  readonly url: string;
  readonly purpose: Purpose;
  readonly #node: XmlElement;
  readonly #objections: Objections;

  constructor(
    node: XmlElement,
    at: Place,
    of: { text: unknown; inside: Inside; parts: readonly unknown[] },
    asked: { url: string; purpose: Purpose },
    objections: Objections,
  ) {
    this.text = of.text;
    this.children = of.inside.children;
    this.parts = of.parts;
    this.strangers = of.inside.strangers;
    this.at = at;
    this.url = asked.url;
    this.purpose = asked.purpose;
    this.#node = node;
    this.#objections = objections;
  }

  get refuse(): Around['refuse'] {
    return this.#objections.own('error', { node: this.#node, at: this.at });
  }

  get warn(): Around['warn'] {
    return this.#objections.own('warning', { node: this.#node, at: this.at });
  }
}

function inOrder(node: XmlElement, meanings: readonly unknown[]): unknown[] {
  let next = 0;
  return partsOf(node)
    .map((part) => (typeof part === 'string' ? part : meanings[next++]))
    .filter((part) => part !== undefined);
}
