import {
  type Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type ScalarTag,
  type Tags,
  visit,
  type YAMLParseError,
} from 'yaml';
import type { Path } from './shape.ts';

/** YAML (or JSON) of a file, and where in it things stand. */
export interface Written {
  value: unknown;
  /** `file:line:column ` of the deepest part of a path that exists. */
  where(path: Path): string;
  /** Why it is no YAML, with its place. */
  broken: string | undefined;
}

export function readYaml(file: string, text: string): Written {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    stringKeys: true,
    lineCounter: lines,
    customTags: plainNumbers,
    prettyErrors: false,
  });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${line}:${col} `;
  };
  const [error] = document.errors;
  const broken = error ? `${place(error.pos[0])}${describe(error, text)}` : brokenAlias(document, place);
  return {
    value: broken === undefined ? document.toJS({ maxAliasCount }) : undefined,
    where: (path) => place(offsetOf(document.contents, path)),
    broken,
  };
}

/** Nobody writes more of them by hand; what they expand to stays small enough to read. */
const maxAliasCount = 1000;

/** What is wrong with the form of a file, as it is said of its contents. */
function describe({ code, message, pos: [from] }: YAMLParseError, text: string): string {
  if (code === 'TAB_AS_INDENT') return 'found a tab, expected spaces: nothing else indents YAML';
  if (code === 'MULTIPLE_DOCS') return 'found a second document, expected one';
  if (code === 'DUPLICATE_KEY') {
    const [key = ''] = /^("[^"\n]*"|'[^'\n]*'|[^:\n]*)/.exec(text.slice(from)) ?? [];
    return `found the key ${key.trim()} again, expected each key once`;
  }
  const [found] = /^\S{1,40}/.exec(text.slice(from)) ?? [];
  return `found ${found ? JSON.stringify(found) : 'the end of the line'}, expected YAML: ${message}`;
}

/** YAML takes an alias for fine until somebody follows it. */
function brokenAlias(document: Document.Parsed, place: (offset: number) => string): string | undefined {
  let broken: string | undefined;
  visit(document, {
    Alias: (_, alias) => {
      if (alias.resolve(document)) return undefined;
      broken = `${place(alias.range?.[0] ?? 0)}found *${alias.source}, expected an alias of something that &${alias.source} stands before`;
      return visit.BREAK;
    },
  });
  return broken;
}

/** Where in the file the deepest part of a path is that exists. */
function offsetOf(node: ParsedNode | null, path: Path): number {
  let at: Node | null = node;
  let offset = node?.range[0] ?? 0;
  for (const key of path) {
    const next = stepInto(at, key);
    if (!next) return offset;
    at = next.value;
    offset = (next.key ?? at)?.range?.[0] ?? offset;
  }
  return offset;
}

/** What a map has under a key, or a list at an index. */
function stepInto(node: Node | null, key: string | number): { key?: Node; value: Node | null } | undefined {
  if (isMap<Node, Node | null>(node))
    return node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key));
  const item = isSeq<Node>(node) ? node.items[Number(key)] : undefined;
  return item && { value: item };
}

/** Only what is written as a number is one: `+61491570156` and `0412` are texts, as whoever writes them means them. */
const plainNumber: ScalarTag = {
  identify: (value) => typeof value === 'number',
  default: true,
  tag: 'tag:yaml.org,2002:int',
  test: /^-?(0|[1-9][0-9]{0,14})$/,
  resolve: (source) => Number(source),
};

const plainNumbers = (tags: Tags): Tags => [
  plainNumber,
  ...tags.filter((tag) => typeof tag === 'string' || tag.tag !== plainNumber.tag),
];
