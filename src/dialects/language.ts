import type { ElementGrammar } from './grammar.ts';

/** What people write who come from elsewhere. Keys in lower case. */
export interface Foreign {
  /** What to say of an element of another dialect. */
  elements: Readonly<Record<string, string>>;
  /** The attributes that may have been meant, whichever the element has. */
  attributes: Readonly<Record<string, readonly string[]>>;
  /** What to say of an attribute that nothing here stands for. */
  notes: Readonly<Record<string, string>>;
}

/** A dialect's grammar as a whole. */
export interface Language<Meaning = unknown> {
  name: string;
  /** As people write it. */
  title: string;
  maxBytes: number;
  root: ElementGrammar<Meaning>;
  /** Every element below the root, by its name in lower case. */
  elements: ReadonlyMap<string, ElementGrammar>;
  /** Their names as they are written. */
  names: readonly string[];
  /** Which elements have an attribute, by its name in lower case. */
  owners: ReadonlyMap<string, readonly ElementGrammar[]>;
  /** A document without a single character means the same as an empty root element. */
  emptyIsRoot: boolean;
  /**
   * Names are compared letter by letter, and whatever is wrong below the root is told as a warning: the part is
   * ignored, or the default used. Otherwise names are compared without regard to case, and any error refuses the
   * document.
   */
  lenient: boolean;
  foreign: Foreign;
  /** What whoever reads the schema should know. */
  note?: string;
}

export function language<Meaning>(
  options: Omit<Language<Meaning>, 'elements' | 'names' | 'owners' | 'lenient'> & { lenient?: true },
): Language<Meaning> {
  const elements = new Map<string, ElementGrammar>();
  const walk = ({ content }: ElementGrammar): void => {
    for (const child of content) {
      if (elements.has(child.name.toLowerCase())) continue;
      elements.set(child.name.toLowerCase(), child);
      walk(child);
    }
  };
  walk(options.root);
  const all = [...elements.values()];
  const owners = new Map<string, ElementGrammar[]>();
  for (const each of all)
    for (const attribute of each.attributeNamed.keys()) owners.set(attribute, [...(owners.get(attribute) ?? []), each]);
  return { ...options, elements, names: all.map((each) => each.name), owners, lenient: options.lenient ?? false };
}
