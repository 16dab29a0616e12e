/** What LaML or one of its builders knows and callflow does not do. */
import type { Unsupported } from '../../verbs/unsupported.ts';
import { type Attributes, type ElementGrammar, element } from '../grammar.ts';
import { text } from '../kinds.ts';

const anyText = {
  about: 'Any text.',
  expected: 'a text',
  xsd: { base: 'string' },
  read: (written: string) => written,
} as const;

interface Known {
  attributes?: readonly string[];
  content?: readonly ElementGrammar[];
  text?: true;
  anything?: boolean;
}

/** An element that is carried out as "not supported": said, and skipped. */
export function notSupported(name: string, about: string, known: Known = {}): ElementGrammar<Unsupported> {
  return element(name, {
    ...toOptions(about, known),
    means: (_, { at }) => ({ verb: 'unsupported', at, answers: false, what: name }),
  });
}

/** An element inside such a one. */
export function partOf(name: string, about: string, known: Known = {}): ElementGrammar<undefined> {
  return element(name, { ...toOptions(about, known), means: () => undefined });
}

function toOptions(about: string, { attributes = [], content = [], text, anything = false }: Known) {
  return {
    about: `${about} Known, and not carried out.`,
    attributes: quietly(attributes),
    content,
    anything,
    text: text ? anyText : undefined,
  };
}

/** That the element has no effect is said once, of the element. */
function quietly(names: readonly string[]): Attributes {
  return Object.fromEntries(names.map((name) => [name, text({ about: 'Known, and without effect.' })]));
}
