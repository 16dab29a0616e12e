import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { dialectNamed } from '../dialects/index.ts';
import { CallflowError } from '../errors.ts';
import type { Exploration } from '../explore/explore.ts';
import type { ExploredPath, ExploreOptions, Progress } from '../explore/options.ts';
import type { Paint } from '../explore/tree.ts';
import { makeFolders } from '../files/folder.ts';
import type { ReportedFinding } from '../report/flow-result.ts';
import { checkUrl } from './dial.ts';
import { hintAtDialect } from './dialect-hint.ts';
import { numbersIn, writeFlow } from './export.ts';
import { hintAtKey } from './key-hint.ts';
import { writeReports } from './reports.ts';

interface Options {
  dialect: string;
  maxCalls: number;
  maxDepth: number;
  keys?: string;
  chaos?: true;
  fallback?: string;
  expectUrl?: readonly string[];
  operatorWithin?: number;
  against?: string;
  save?: string;
  json?: true;
  mermaid?: string;
  svg?: string;
  html?: string;
  junit?: string;
}

export const exploreCommand = (): Command =>
  new Command('explore')
    .description('try everything that can happen in a call to an application, and say what is wrong with it')
    .argument('<url...>', 'where the application is asked; further URLs are asked when those before fail')
    .option('-d, --dialect <name>', 'the language of its documents', 'voiceml')
    .option('--max-calls <number>', 'make so many calls at most', count, 1_000)
    .option('--max-depth <number>', 'do so many things in one call at most', count, 20)
    .option('--keys <keys>', 'press these too at every menu, not only those that it offers, such as 0-9*#', keysOf)
    .option('--chaos', 'let each request fail too: no answer in time, status 500, no connection')
    .option('--fallback <url>', 'asked when a document cannot be had, as a number of LaML says')
    .option('--expect-url <url>', 'this path or URL must be asked in some call; may be repeated', gather)
    .option('--operator-within <number>', 'from everywhere somebody must be called after so many acts', count)
    .option('--against <url>', 'another version of the application: show what it does differently')
    .option('--save <folder>', 'write each call as a flow that can be replayed')
    .option('--json', 'one JSON object with everything')
    .option('--mermaid <file>', 'write a Mermaid flowchart')
    .option('--svg <file>', 'write a picture')
    .option('--html <file>', 'write a page: the picture, and each finding with the call that shows it')
    .option('--junit <file>', 'write the findings as JUnit XML, for a build server')
    .addHelpText('after', help)
    .action(run);

const help = `
Calls are made one after the other, in virtual time, each from its beginning: the application may keep something about
its calls. At each place where a call waits, every key that the prompt offers and some that it does not, silence, speech,
and hanging up are tried; a telephone that rings is answered, busy, declined, not answered, not reachable, a machine.

Examples:
  callflow explore http://127.0.0.1:3000/
  callflow explore http://127.0.0.1:3000/ --chaos --expect-url /voicemail --svg calls.svg
  callflow explore http://127.0.0.1:3000/ --save flows/all && callflow replay flows/all
  callflow explore http://127.0.0.1:3000/ --against http://127.0.0.1:3001/

Exit status: 0 nothing is wrong, 1 something is, or differs, 2 wrong usage.`;

const gather = (one: string, before: readonly string[] = []) => [...before, one];

function count(written: string): number {
  if (/^[1-9]\d{0,8}$/.test(written)) return Number(written);
  throw new CallflowError('USAGE', `${written} is not a number of one or more`);
}

/** `0-9*#`: ranges are written out. */
function keysOf(written: string): string {
  const keys = written.replace(/(\d)-(\d)/g, (_, from, to) => '0123456789'.slice(Number(from), Number(to) + 1));
  if (/^[0-9*#]+$/.test(keys)) return [...new Set(keys)].join('');
  throw new CallflowError('USAGE', `--keys ${written} has something else than 0 to 9, * and #`);
}

async function run(urls: readonly string[], options: Options): Promise<void> {
  const { dialect, against, save, json, mermaid, svg } = options;
  for (const url of [...urls, ...(against === undefined ? [] : [against])]) checkUrl(url);
  dialectNamed(dialect);
  if (save !== undefined) checkEmpty(save);
  const { explore } = await import('../explore/explore.ts');
  let made = 0;
  let first: ExploredPath['journal'] | undefined;
  const onPath = (path: ExploredPath) => {
    first ??= path.journal;
    made += 1;
    return save === undefined ? undefined : savePath(save, made, path);
  };
  const exploration = await explore({
    ...explored(urls, options),
    ...(process.stderr.isTTY && { onProgress: showProgress }),
    onPath,
  });
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  const { graph, findings, differences } = exploration;
  if (mermaid !== undefined) write(mermaid, (await import('../explore/mermaid.ts')).toMermaid(graph));
  if (svg !== undefined) write(svg, (await import('../explore/svg.ts')).toSvg(graph));
  await report(urls, options, exploration);
  if (json) console.log(JSON.stringify((await import('../explore/report.ts')).toReport(exploration)));
  else process.stdout.write((await import('../explore/tree.ts')).toTree(exploration, paint));
  if (first) {
    hintAtDialect(dialect, first);
    hintAtKey(first);
  }
  if (findings.length + differences.length > 0) process.exitCode = 1;
}

/** The call that shows a finding is made once more, to stand beside it. */
async function report(urls: readonly string[], options: Options, { graph, findings }: Exploration): Promise<void> {
  const { html, junit } = options;
  if (html === undefined && junit === undefined) return;
  const [{ retrace }, { toSvg }] = await Promise.all([import('../explore/explore.ts'), import('../explore/svg.ts')]);
  const shown: ReportedFinding[] = [];
  for (const finding of findings)
    shown.push({ ...finding, replay: await retrace(explored(urls, options), finding.script) });
  const files = { ...(html !== undefined && { html }), ...(junit !== undefined && { junit }) };
  await writeReports([], files, { title: urls[0]!, exploration: { map: toSvg(graph), findings: shown } });
}

function explored(urls: readonly string[], options: Options): ExploreOptions {
  const { dialect, maxCalls, maxDepth, keys, chaos, fallback, expectUrl, operatorWithin, against } = options;
  const called = (first: string, all: readonly string[]) => ({
    application: first,
    dialect,
    urls: all,
    ...(fallback !== undefined && { call: { options: { fallbackUrl: fallback } } }),
  });
  return {
    ...called(urls[0]!, urls),
    maxCalls,
    maxDepth,
    ...(keys !== undefined && { keys }),
    ...(chaos && { chaos }),
    ...(expectUrl && { expectUrls: expectUrl }),
    ...(operatorWithin !== undefined && { operatorWithin }),
    ...(against !== undefined && { against: called(against, [against]) }),
  };
}

function checkEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CallflowError('USAGE', `${folder} has something in it: name a folder that is new or empty`);
}

/** `012-press-1-wait`: a flow for each call. */
async function savePath(folder: string, number: number, { script, journal }: ExploredPath): Promise<void> {
  const { scriptInWords } = await import('../explore/acts.ts');
  const words = scriptInWords(script);
  const slug = words
    .replaceAll('*', 'star')
    .replaceAll('#', 'hash')
    .replace(/[^\w+]+/g, '-')
    .slice(0, 60)
    .replace(/-+$/, '');
  const flow = join(folder, `${String(number).padStart(4, '0')}-${slug}`);
  makeFolders(flow);
  await writeFlow(flow, journal, numbersIn(journal));
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new CallflowError('USAGE', `${file} cannot be written: ${(cause as Error).message}`, { cause });
  }
}

const showProgress = ({ calls, states, findings, left }: Progress): void => {
  process.stderr.write(`\r\u001b[K${calls} calls, ${states} places, ${findings} findings, ${left} to go`);
};

const styles = { plain: 'reset', dim: 'dim', good: 'green', bad: 'red', strong: 'bold' } as const;

const paint: Paint = (what, text) => styleText(styles[what], text, { stream: process.stdout });
