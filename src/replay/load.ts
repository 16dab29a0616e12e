import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
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
import { CallflowError } from '../errors.ts';
import type { ReadFile } from './answers.ts';
import type { Flow } from './flow.ts';
import { asFlow, notValid } from './flow-shape.ts';
import type { Path } from './shape.ts';

/** A flow on disk. */
export interface FlowFile {
  /** As it is called in a list of results. */
  name: string;
  file: string;
  /** Where its transcript is, or will be. */
  transcriptFile: string;
}

/** A flow that was read, and how the files beside it are. */
export interface LoadedFlow {
  flow: Flow;
  read: ReadFile;
}

const flowNames = ['flow.yaml', 'flow.yml', 'flow.json'];

/** The flows at these places: files, folders that are flows, and flows anywhere below a folder. */
export function flowsIn(paths: readonly string[]): FlowFile[] {
  return paths.flatMap((path) => {
    if (!existsSync(path)) throw new CallflowError('FLOW_NOT_FOUND', `there is no ${path}`);
    if (!statSync(path).isDirectory()) return [flowFile(path)];
    const found = below(path);
    if (found.length === 0)
      throw new CallflowError(
        'FLOW_NOT_FOUND',
        `no flow in ${path} or below it: a flow is a folder with a ${flowNames.join(' or ')}`,
      );
    return found;
  });
}

function below(folder: string): FlowFile[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  const own = flowNames.map((name) => join(folder, name)).find((file) => existsSync(file));
  const deeper = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && entry.name !== 'node_modules')
    .flatMap((entry) => below(join(folder, entry.name)));
  return own === undefined ? deeper : [flowFile(own), ...deeper];
}

function flowFile(file: string): FlowFile {
  const isFolder = flowNames.includes(basename(file));
  const folder = dirname(file);
  const stem = basename(file, extname(file));
  return {
    name: isFolder ? folder : file,
    file,
    transcriptFile: join(folder, isFolder ? 'transcript.txt' : `${stem}.transcript.txt`),
  };
}

/** Reads a flow and says of everything that is wrong with it in which line it is. */
export function loadFlow(file: string): LoadedFlow {
  const lines = new LineCounter();
  const document = parseDocument(readText(file), {
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
  if (broken) throw new CallflowError('FLOW_NOT_VALID', `${place(broken.pos[0])}${broken.message}`);
  const where = (path: Path) => place(offsetOf(document.contents, path));
  const read: ReadFile = (name, path) => {
    try {
      return readFileSync(join(dirname(file), name));
    } catch {
      throw notValid(
        [{ path, found: `${name}, which is not there`, expected: `a file beside ${basename(file)}` }],
        where,
      );
    }
  };
  return { flow: asFlow(document.toJS(), where), read };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CallflowError('FLOW_NOT_FOUND', `${file} cannot be read`, { cause });
  }
}

/** Where in the file the deepest part of a path is that exists. */
function offsetOf(node: ParsedNode | null, path: Path): number {
  let at: Node | null = node;
  let offset = node?.range[0] ?? 0;
  for (const key of path) {
    const next: unknown = isMap(at)
      ? at.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(key))
      : isSeq(at)
        ? at.items[Number(key)]
        : undefined;
    if (next === undefined) return offset;
    const pair = next as { key?: Node; value?: Node };
    at = pair.value ?? (next as Node);
    offset = (pair.key ?? at)?.range?.[0] ?? offset;
  }
  return offset;
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
