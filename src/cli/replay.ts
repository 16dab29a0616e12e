import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { CallflowError } from '../errors.ts';
import type { ReadFile } from '../replay/answers.ts';
import { difference } from '../replay/difference.ts';
import type { Flow } from '../replay/flow.ts';
import { type FlowFile, flowsIn, loadFlow } from '../replay/load.ts';
import { isLive } from '../replay/plan.ts';
import { prepare, type Replay } from '../replay/replay.ts';
import { playedToday } from '../replay/today.ts';
import type { FlowResult } from '../report/flow-result.ts';
import { writeReports } from './reports.ts';

const examples = `
Examples:
  callflow replay flows/                  every flow below a folder
  callflow replay flows/menu --update     record what happens now
  callflow replay flows/ --json | jq .    one object a flow
  callflow replay flows/ --html report.html --junit report.xml
                                          for people, and for a build server (docs/reports.md)
  callflow replay calls/ --live http://127.0.0.1:3000
                                          the same calls, to the application that runs there: what is different?

A flow is a folder with a flow.yaml (docs/flows.md); its transcript.txt is what is expected.
Exit status: 0 as recorded, 1 something differs, 2 a flow cannot be run.`;

interface Options {
  update?: true;
  json?: true;
  live?: string;
  junit?: string;
  html?: string;
}

/** How one flow went. */
interface Result extends FlowResult {
  replay?: Replay;
  error?: CallflowError;
  tookMs: number;
}

/** `callflow replay`: runs flows in virtual time and compares what happens with what was recorded. */
export function replayCommand(): Command {
  return new Command('replay')
    .description('Run flows in virtual time and show what differs from their transcripts.')
    .argument('<flow...>', 'folders or files')
    .option('--update', 'write the transcripts as they are now')
    .option('--json', 'one JSON object a flow')
    .option('--live <url>', 'ask the application that runs here instead of what answers in the flow; times may differ')
    .option('--junit <file>', 'write the results as JUnit XML, for Jenkins, GitLab and others')
    .option('--html <file>', 'write a page that shows what happened in each flow, and what differs')
    .addHelpText('after', examples)
    .action(async (paths: string[], options: Options) => {
      if (options.live !== undefined) checkLive(options);
      const results: Result[] = [];
      for (const file of flowsIn(paths)) {
        const result = await resultOf(file, options);
        results.push(result);
        if (options.json) console.log(JSON.stringify(toJson(result)));
        else console.log(toText(result));
      }
      if (!options.json) console.log(summary(results));
      await writeReports(results, options);
      process.exitCode = exitCode(results);
    });
}

function checkLive({ live = '', update }: Options): void {
  if (!/^https?:$/.test(URL.parse(live)?.protocol ?? ''))
    throw new CallflowError('URL_NOT_VALID', `--live ${live} is not an http or https URL`);
  if (update) throw new CallflowError('USAGE', '--update records what the flow says, and --live asks somebody else');
}

async function resultOf(file: FlowFile, { update, live }: Options): Promise<Result> {
  const began = process.hrtime.bigint();
  const took = () => Number(process.hrtime.bigint() - began) / 1e6;
  try {
    const { flow, read } = loadFlow(file.file);
    if (live !== undefined) return { flow: file.name, ...(await today(file, flow, live, read)), tookMs: took() };
    const replay = await prepare(flow, { read }).run();
    if (isLive(flow)) checkRunning(replay);
    return { flow: file.name, replay, ...judgeReplay(file, replay, update === true), tookMs: took() };
  } catch (error) {
    if (error instanceof CallflowError) return { flow: file.name, verdict: 'broken', error, tookMs: took() };
    throw error;
  }
}

/** An application that does not run must not be taken for one that answers differently, least of all by `--update`. */
function checkRunning({ journal }: Replay): void {
  const attempts = journal.flatMap(({ input }) => (input?.type === 'handler.attempted' ? [input.attempt] : []));
  const [first] = attempts;
  if (!first || attempts.some(({ code }) => code !== 'HANDLER_REFUSED')) return;
  throw new CallflowError('HANDLER_REFUSED', `${first.reason}: start the application first, the flow calls it there`);
}

/** The call as it was, and as it is with the application of today. */
async function today(
  { transcriptFile, name }: FlowFile,
  flow: Flow,
  live: string,
  read: ReadFile,
): Promise<Pick<Result, 'verdict' | 'difference' | 'replay' | 'compared'>> {
  if (!existsSync(transcriptFile))
    throw new CallflowError(
      'FLOW_NOT_FOUND',
      `${name} has no transcript to compare with: --update without --live records one`,
    );
  const recorded = readFileSync(transcriptFile, 'utf8');
  const { replay, difference: shown, compared } = await playedToday(flow, recorded, live, { read, paint });
  checkRunning(replay);
  return shown === '' ? { verdict: 'ok', replay } : { verdict: 'differs', difference: shown, replay, compared };
}

/** Of a call that was recorded, everything that the engine did counts, not only what a transcript tells. */
function judgeReplay(
  file: FlowFile,
  replay: Replay,
  update: boolean,
): Pick<Result, 'verdict' | 'difference' | 'compared'> {
  const judged = judge(file, replay.transcript, update);
  if (judged.verdict !== 'ok' || !replay.difference) return judged;
  const { index, recorded, now } = replay.difference;
  const shown = [`entry ${index + 1} of the journal`, `- ${JSON.stringify(recorded)}`, `+ ${JSON.stringify(now)}`];
  return { verdict: 'differs', difference: shown.join('\n') };
}

function judge(
  { transcriptFile }: FlowFile,
  transcript: string,
  update: boolean,
): Pick<Result, 'verdict' | 'difference' | 'compared'> {
  const recorded = existsSync(transcriptFile) ? readFileSync(transcriptFile, 'utf8') : undefined;
  if (recorded === transcript) return { verdict: 'ok' };
  if (update) {
    writeFileSync(transcriptFile, transcript);
    return { verdict: 'recorded' };
  }
  if (recorded === undefined) return { verdict: 'new' };
  const compared = { expected: recorded, now: transcript };
  return { verdict: 'differs', difference: difference(recorded, transcript, paint), compared };
}

const colors = { ' ': 'reset', '-': 'red', '+': 'green' } as const;

const paint = (step: keyof typeof colors, line: string) => colored(colors[step], `${step} ${line}`);

const colored = (color: 'reset' | 'red' | 'green', line: string) =>
  process.stdout.isTTY ? styleText(color, line) : line;

function toText({ flow, verdict, replay, difference: shown, error, tookMs }: Result): string {
  const lengths = replay ? `${(replay.ms / 1000).toFixed(1)} s in ${tookMs.toFixed(1)} ms` : '';
  const line = `${verdict.padEnd(9)} ${flow}  ${lengths}`.trimEnd();
  const head = colored(verdict === 'ok' || verdict === 'recorded' ? 'green' : 'red', line);
  const more = error
    ? `${error.code} ${error.message}`
    : verdict === 'new'
      ? 'there is no transcript yet: --update records one'
      : shown;
  return more ? `${head}\n${more.replace(/^/gm, '    ')}` : head;
}

function toJson({ flow, verdict, replay, difference: shown, error, tookMs }: Result) {
  return {
    flow,
    ok: verdict === 'ok' || verdict === 'recorded',
    verdict,
    ...(replay && {
      seconds: replay.ms / 1000,
      transcript: replay.transcript,
      calls: replay.calls,
      requests: replay.requests,
      callbacks: replay.callbacks,
    }),
    ...(shown !== undefined && { difference: shown }),
    ...(error && { error: { code: error.code, message: error.message } }),
    tookMs,
  };
}

function summary(results: readonly Result[]): string {
  const said: Readonly<Record<Result['verdict'], string>> = {
    ok: 'as recorded',
    differs: 'differ',
    new: 'without a transcript',
    recorded: 'recorded',
    broken: 'broken',
  };
  const counts = Object.entries(said).flatMap(([verdict, words]) => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return count > 0 ? [`${count} ${count === 1 && verdict === 'differs' ? 'differs' : words}`] : [];
  });
  return `${results.length} ${results.length === 1 ? 'flow' : 'flows'}, ${counts.join(', ')}`;
}

function exitCode(results: readonly Result[]): number {
  if (results.some(({ verdict }) => verdict === 'broken')) return 2;
  return results.some(({ verdict }) => verdict === 'differs' || verdict === 'new') ? 1 : 0;
}
