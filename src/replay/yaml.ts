import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseDocument,
  type ScalarTag,
  type Tags,
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
  const [broken] = document.errors;
  return {
    value: broken ? undefined : document.toJS(),
    where: (path) => place(offsetOf(document.contents, path)),
    broken: broken && `${place(broken.pos[0])}${broken.message}`,
  };
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
