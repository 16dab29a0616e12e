import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { CallflowError } from '../errors.ts';
import type { ReadFile } from './answers.ts';
import type { Flow } from './flow.ts';
import { asFlow, notValid } from './flow-shape.ts';
import { readYaml } from './yaml.ts';

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

/**
 * Reads a flow and says of everything that is wrong with it in which line it is.
 *
 * @param application where it is, for a file that does not say who answers
 */
export function loadFlow(file: string, application?: string): LoadedFlow {
  const { value, where, broken } = readYaml(file, readText(file));
  if (broken !== undefined) throw new CallflowError('FLOW_NOT_VALID', broken);
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
  return { flow: asFlow(application === undefined ? value : answeredBy(application, value), where), read };
}

const answeredBy = (application: string, flow: unknown): unknown =>
  typeof flow !== 'object' || flow === null || Array.isArray(flow) || 'handler' in flow || 'live' in flow
    ? flow
    : { ...flow, handler: application };

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new CallflowError('FLOW_NOT_FOUND', `${file} cannot be read`, { cause });
  }
}
