/**
 * The words a dialect is written in: an element, its attributes, what stands in it and what it means, in one place. The
 * parser takes its rules from here, the code its types, the editor its schema.
 */
import type { ErrorCode } from '../errors.ts';
import type { Place, Purpose } from '../verbs/verb.ts';

/** Why a value is refused, when "expected …" does not say it well enough. */
export class Wrong {
  readonly message: string;
  readonly hint: string | undefined;
  /** When there is a code of its own for what is wrong. */
  readonly code: ErrorCode | undefined;

  constructor(message: string, hint?: string, code?: ErrorCode) {
    this.message = message;
    this.hint = hint;
    this.code = code;
  }
}

/** What XML Schema can say of a value. */
export interface SimpleType {
  base: 'anyURI' | 'string' | 'token' | 'integer' | 'boolean';
  values?: readonly string[];
  pattern?: string;
  min?: number;
  max?: number;
  minLength?: number;
  maxLength?: number;
}

/** What a value, of an attribute or a text, must look like and what comes of it. */
export interface Kind<Value> {
  about: string;
  /** Completes "must be …". */
  expected: string;
  xsd: SimpleType;
  /** The code of a wrong value, when it has one of its own. */
  code?: ErrorCode;
  /** It is understood, and has no effect here. */
  ignored?: true;
  /** Undefined, or Wrong, when it is not what it must be. `url` is that of the document. */
  read(text: string, url: string): Value | Wrong | undefined;
}

/** `Always`: the value is there in every case, because it is required or has a default. */
export interface Attribute<Value, Always extends boolean = boolean> extends Kind<Value> {
  required: boolean;
  default?: Value;
  /** The default as a document would write it. */
  defaultText?: string;
  /** Only the type knows it. */
  always?: Always;
}

export type Attributes = Readonly<Record<string, Attribute<unknown>>>;

type ValueOf<A> = A extends Kind<infer Value> ? Value : never;
type AlwaysThere<A extends Attributes> = {
  [Name in keyof A]: A[Name] extends Attribute<unknown, infer Always> ? (Always extends true ? Name : never) : never;
}[keyof A];

/** What `means` gets: the values of the attributes, typed by the table. */
export type Values<A extends Attributes> = { [Name in AlwaysThere<A>]: ValueOf<A[Name]> } & {
  [Name in Exclude<keyof A, AlwaysThere<A>>]?: ValueOf<A[Name]>;
};

/** Beside the attributes: what stands in the element, where it is, and how to object. */
export interface Around<Child = never, Text = undefined> {
  text: Text;
  children: readonly Child[];
  /** Text and children as they stand one behind the other; only where the grammar says that their order matters. */
  parts: readonly (string | Child)[];
  /** How many elements were found in it that must not be there. */
  strangers: number;
  at: Place;
  /** The URL that gave the document; empty when it was given without one. */
  url: string;
  /** What the document was asked for. */
  purpose: Purpose;
  /** Something is wrong that no table can say; `where` names an attribute, or is the place of a child. */
  refuse(code: ErrorCode, message: string, where?: string | Place, hint?: string): void;
  /** The document can be executed, but not as its author will have meant it. */
  warn(code: ErrorCode, message: string, where?: string | Place, hint?: string): void;
}

export interface ElementGrammar<Meaning = unknown> {
  name: string;
  about: string;
  attributes: Attributes;
  content: readonly ElementGrammar[];
  min: number;
  max: number;
  text?: Kind<unknown> & { required: boolean };
  /** Text and elements are mixed, and their order matters. */
  ordered: boolean;
  /** Any elements may stand in it: nobody looks at them. */
  anything: boolean;
  /** The code of a problem with an element that must not be in it, when it has one of its own. */
  strangerCode?: ErrorCode;
  means(attributes: Readonly<Record<string, unknown>>, around: Around<unknown, unknown>): Meaning;
  /** The tables as the parser wants them, by names in lower case. */
  attributeNamed: ReadonlyMap<string, { name: string; attribute: Attribute<unknown> }>;
  contentNamed: ReadonlyMap<string, ElementGrammar>;
  defaults: Readonly<Record<string, unknown>>;
  requiredAttributes: readonly string[];
}

type MeaningOf<C extends readonly ElementGrammar[]> = C[number] extends ElementGrammar<infer Meaning> ? Meaning : never;
/** Left out, `text` is inferred to be anything it could have been. */
type TextOf<T> = Kind<unknown> extends T ? undefined : T extends Kind<infer Text> ? Text : undefined;

interface ElementOptions<
  A extends Attributes,
  C extends readonly ElementGrammar[],
  T extends Kind<unknown> | undefined,
  Meaning,
> {
  about: string;
  attributes?: A;
  /** The elements that may stand in it, in any order; by a function when they name each other. */
  content?: C | (() => C);
  /** How many of them. */
  min?: number;
  max?: number;
  /** What its own text is; without it, it must have none. */
  text?: T;
  textRequired?: boolean;
  ordered?: boolean;
  anything?: boolean;
  strangerCode?: ErrorCode;
  means(attributes: Values<A>, around: Around<MeaningOf<C>, TextOf<T>>): Meaning;
}

/** One element of a dialect. An element's `text`, when left out of a document, is read as the empty text. */
export function element<
  const A extends Attributes,
  const C extends readonly ElementGrammar[],
  T extends Kind<unknown> | undefined,
  Meaning,
>(name: string, options: ElementOptions<A, C, T, Meaning>): ElementGrammar<Meaning> {
  const { about, min = 0, max = Number.POSITIVE_INFINITY, text, textRequired = false, strangerCode } = options;
  const attributes: Attributes = options.attributes ?? {};
  const entries = Object.entries(attributes);
  const grammar: Omit<ElementGrammar<Meaning>, keyof Content> = {
    name,
    about,
    attributes,
    min,
    max,
    ...(text && { text: { ...text, required: textRequired } }),
    ordered: options.ordered ?? false,
    anything: options.anything ?? false,
    ...(strangerCode && { strangerCode }),
    // The table has given these values their types; the parser that reads them cannot know.
    means: options.means as ElementGrammar<Meaning>['means'],
    attributeNamed: new Map(entries.map(([key, attribute]) => [key.toLowerCase(), { name: key, attribute }])),
    defaults: Object.freeze(
      Object.fromEntries(entries.flatMap(([key, { default: value }]) => (value === undefined ? [] : [[key, value]]))),
    ),
    requiredAttributes: entries.flatMap(([key, { required }]) => (required ? [key] : [])),
  };
  const { content = [] } = options;
  return typeof content === 'function' ? withContentLater(grammar, content) : { ...grammar, ...contentOf(content) };
}

type Content = Pick<ElementGrammar, 'content' | 'contentNamed'>;

function contentOf(content: readonly ElementGrammar[]): Content {
  return { content, contentNamed: new Map(content.map((child) => [child.name.toLowerCase(), child])) };
}

/** Elements that name each other do not exist yet when one of them is made. */
function withContentLater<Meaning>(
  grammar: Omit<ElementGrammar<Meaning>, keyof Content>,
  give: () => readonly ElementGrammar[],
): ElementGrammar<Meaning> {
  let made: Content | undefined;
  const later = (): Content => {
    made ??= contentOf(give());
    return made;
  };
  return Object.defineProperties(grammar as ElementGrammar<Meaning>, {
    content: { get: () => later().content, enumerable: true },
    contentNamed: { get: () => later().contentNamed, enumerable: true },
  });
}
