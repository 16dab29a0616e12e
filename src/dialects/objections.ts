import type { ErrorCode } from '../errors.ts';
import type { Problem } from '../journal/journal.ts';
import type { Place } from '../verbs/verb.ts';
import type { Attribute, ElementGrammar, Kind, Wrong } from './grammar.ts';
import { attributeHint, caseHint, elementHint, placeHint } from './hints.ts';
import { quoted } from './kinds.ts';
import type { Language } from './language.ts';
import type { Problems } from './problems.ts';
import type { SourceText } from './source-text.ts';
import { offsetOf, type XmlElement } from './xml.ts';

/** Where something stands; worked out only when it is told. */
type Offset = number | (() => number);

/** What is told about one document: an error, or where the language is lenient a warning that says what is done instead. */
export class Objections {
  readonly #language: Language;
  readonly #source: SourceText;
  readonly #problems: Problems;
  readonly #lenient: boolean;

  constructor(language: Language, source: SourceText, problems: Problems) {
    this.#language = language;
    this.#source = source;
    this.#problems = problems;
    this.#lenient = language.lenient;
  }

  isNamed(name: string, written: string): boolean {
    return name === written || (!this.#lenient && name.toLowerCase() === written.toLowerCase());
  }

  wrongRoot({ name, offset }: XmlElement): void {
    const { root, title } = this.#language;
    const message = `the root element is <${name.slice(0, 60)}>; it must be <${root.name}>`;
    const hint = `a ${title} document begins with <${root.name}>`;
    this.#problems.add('error', 'DOCUMENT_ROOT', this.#source.place(offset), message, hint);
  }

  ignored({ name }: ElementGrammar, node: XmlElement, written: string): void {
    if (this.#problems.full) return;
    const place = this.#source.place(offsetOf(this.#source, node, written));
    const message = `${written} of <${name}> is known, and has no effect here`;
    this.#problems.add('warning', 'ATTRIBUTE_IGNORED', place, message);
  }

  unknownAttribute(grammar: ElementGrammar, node: XmlElement, written: string, inOtherCase?: string): void {
    if (/^xmlns$|^(?:xmlns|xml|xsi):/.test(written) || this.#problems.full) return;
    const message = `<${grammar.name}> has no attribute ${written.slice(0, 60)}: it is ignored`;
    const hint = inOtherCase === undefined ? attributeHint(this.#language, grammar, written) : caseHint(inOtherCase);
    const place = this.#source.place(offsetOf(this.#source, node, written));
    this.#problems.add('warning', 'ATTRIBUTE_UNKNOWN', place, message, hint);
  }

  twice(name: string, node: XmlElement, written: string): void {
    const hint = 'names are compared without regard to case';
    this.#error('ATTRIBUTE_CONFLICT', () => offsetOf(this.#source, node, written), `${name} is given twice`, hint);
  }

  wrongAttribute(
    { name, attribute }: { name: string; attribute: Attribute<unknown> },
    { node, written, text }: { node: XmlElement; written: string; text: string },
    wrong: Wrong | undefined,
  ): void {
    const offset = () => offsetOf(this.#source, node, written);
    const instead = this.#lenient ? insteadOf(attribute) : '';
    this.#wrong('ATTRIBUTE_NOT_VALID', offset, { what: name, text, kind: attribute, instead }, wrong);
  }

  missingAttribute({ name }: ElementGrammar, { offset }: XmlElement, attribute: string): void {
    const instead = this.#lenient ? ': it is ignored' : '';
    this.#error('ATTRIBUTE_MISSING', offset, `<${name}> needs the attribute ${attribute}${instead}`);
  }

  textNotAllowed(name: string, offset: Offset, text: string): void {
    const instead = this.#lenient ? ', which is ignored' : '';
    const message = `<${name}> must have no text of its own; ${quoted(text)} was found${instead}`;
    this.#error('TEXT_NOT_ALLOWED', offset, message);
  }

  missingText(name: string, offset: Offset, { expected }: Kind<unknown>): void {
    const instead = this.#lenient ? ': the element is ignored' : '';
    this.#error('TEXT_MISSING', offset, `<${name}> needs a text: it must be ${expected}${instead}`);
  }

  wrongText(
    name: string,
    offset: Offset,
    { text, kind }: { text: string; kind: Kind<unknown> & { required: boolean } },
    wrong: Wrong | undefined,
  ): void {
    const instead = this.#lenient ? insteadOf(kind) : '';
    this.#wrong('TEXT_NOT_VALID', offset, { what: `the text of <${name}>`, text, kind, instead }, wrong);
  }

  tooMany({ name, max }: ElementGrammar, { offset }: XmlElement): void {
    const more = this.#lenient ? 'this and all behind it are ignored' : 'this is one more';
    this.#error('ELEMENT_TOO_MANY', offset, `<${name}> may have ${max} elements in it; ${more}`);
  }

  tooFew({ name, min, content }: ElementGrammar, { offset }: XmlElement): void {
    const expected = content.map((each) => `<${each.name}>`).join(' or ');
    this.#error('ELEMENT_MISSING', offset, `<${name}> needs at least ${min} ${expected}`);
  }

  strangeElement(grammar: ElementGrammar, child: XmlElement): void {
    if (this.#muted) return;
    const { elements, root, title } = this.#language;
    const lower = child.name.toLowerCase();
    const known = grammar.contentNamed.get(lower) ?? (lower === root.name.toLowerCase() ? root : elements.get(lower));
    const ignored = this.#lenient ? ': it is ignored' : '';
    const code = grammar.strangerCode;
    if (known && this.isNamed(known.name, child.name)) {
      const message = `<${known.name}> must not stand in <${grammar.name}>${ignored}`;
      this.#error(code ?? 'ELEMENT_NOT_ALLOWED', child.offset, message, placeHint(this.#language, known));
      return;
    }
    const hint = known ? caseHint(`<${known.name}>`) : elementHint(this.#language, child.name);
    const message = `there is no element <${child.name.slice(0, 60)}> in ${title}${ignored}`;
    this.#error(code ?? 'ELEMENT_UNKNOWN', child.offset, message, hint);
  }

  /** What an element says itself: `where` names an attribute, or is the place of a child. */
  own(
    severity: Problem['severity'],
    { node, at }: { node: XmlElement; at: Place },
  ): (code: ErrorCode, message: string, where?: string | Place, hint?: string) => void {
    return (code, message, where = at, hint) => {
      if (this.#muted && severity === 'warning') return;
      const place = typeof where === 'string' ? this.#attributePlace(node, where) : where;
      this.#problems.add(severity, code, place, message, hint);
    };
  }

  #wrong(
    code: ErrorCode,
    offset: Offset,
    { what, text, kind, instead }: { what: string; text: string; kind: Kind<unknown>; instead: string },
    wrong: Wrong | undefined,
  ): void {
    const message = wrong ? `${what}: ${wrong.message}` : `${what} is ${quoted(text)}; it must be ${kind.expected}`;
    this.#error(wrong?.code ?? kind.code ?? code, offset, message + instead, wrong?.hint);
  }

  #attributePlace(node: XmlElement, name: string): { line: number; column: number } {
    const written = Object.keys(node.attributes).find((each) => each.toLowerCase() === name.toLowerCase());
    return this.#source.place(written === undefined ? node.offset : offsetOf(this.#source, node, written));
  }

  #error(code: ErrorCode, offset: Offset, message: string, hint?: string): void {
    if (this.#muted) return;
    const place = this.#source.place(typeof offset === 'number' ? offset : offset());
    this.#problems.add(this.#lenient ? 'warning' : 'error', code, place, message, hint);
  }

  /** Nobody would read it: no work for it. */
  get #muted(): boolean {
    return this.#problems.full && (this.#problems.failed || this.#lenient);
  }
}

/** What a lenient language does with a value that is wrong. */
function insteadOf({ required, defaultText }: { required: boolean; defaultText?: string }): string {
  if (required) return ': the element is ignored';
  return defaultText === undefined ? ': it is ignored' : `: the default, ${defaultText}, is used`;
}
