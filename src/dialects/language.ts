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
  /** A document without a single character means the same as an empty root element. */
  emptyIsRoot: boolean;
  foreign: Foreign;
}

export function language<Meaning>(options: Omit<Language<Meaning>, 'elements'>): Language<Meaning> {
  const elements = new Map<string, ElementGrammar>();
  const walk = ({ content }: ElementGrammar): void => {
    for (const child of content) {
      if (elements.has(child.name.toLowerCase())) continue;
      elements.set(child.name.toLowerCase(), child);
      walk(child);
    }
  };
  walk(options.root);
  return { ...options, elements };
}
