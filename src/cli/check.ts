import { Command, Option } from 'commander';
import { type Checked, checkDocument } from '../dialects/check.ts';
import { dialectNamed } from '../dialects/index.ts';
import { dialectHint, otherDialect } from '../dialects/spoken.ts';
import type { Problem } from '../journal/journal.ts';
import { type CheckedSource, sourcesOf } from './documents.ts';

interface CheckOptions {
  dialect: string;
  format: 'text' | 'json';
  json?: true;
}

export const checkCommand = (): Command =>
  new Command('check')
    .description('look for mistakes in documents')
    .argument('<document...>', 'a file, a folder (every *.xml in it), a URL (by GET), or - for the standard input')
    .option('-d, --dialect <name>', 'the language of the documents', 'voiceml')
    .addOption(new Option('--format <format>', 'how problems are printed').choices(['text', 'json']).default('text'))
    .option('--json', 'the same as --format json: one object a document')
    .addHelpText('after', help)
    .action(check);

const help = `
Prints file:line:column CODE message (hint) for every problem. A warning is about a document that can be
executed, but not as it was meant; it does not change the exit status.

Examples:
  callflow check menu.xml
  callflow check documents/ --format json
  callflow check http://127.0.0.1:3000/menu
  ./menu.sh | callflow check -

Exit status: 0 no error, 1 an error in a document, 2 wrong usage.`;

async function check(names: readonly string[], { dialect, format, json }: CheckOptions): Promise<void> {
  const { maxBytes } = dialectNamed(dialect);
  const print = json || format === 'json' ? asJson : asText;
  const totals = { documents: 0, error: 0, warning: 0 };
  // Of the first document that is rather one of another dialect.
  let foreign: string | undefined;
  for await (const source of sourcesOf(names, maxBytes)) {
    const checked = checkDocument({ dialect, ...source });
    process.stdout.write(print(source, dialect, checked));
    totals.documents += 1;
    for (const { severity } of checked.problems) totals[severity] += 1;
    foreign ??= otherDialect({ dialect, ...source });
  }
  if (totals.error > 0) process.exitCode = 1;
  if (print === asJson) return;
  process.stderr.write(
    `${count(totals.documents, 'document')}: ${count(totals.error, 'error')}, ${count(totals.warning, 'warning')}\n`,
  );
  if (foreign !== undefined) process.stderr.write(`${dialectHint(foreign)}\n`);
}

function asJson({ file }: CheckedSource, dialect: string, { ok, problems }: Checked): string {
  return `${JSON.stringify({ file, dialect, ok, problems })}\n`;
}

function asText({ file }: CheckedSource, _: string, { problems }: Checked): string {
  return problems.map((problem) => `${file}:${line(problem)}\n`).join('');
}

function line({ line: row, column, code, severity, message, hint }: Problem): string {
  const weight = severity === 'warning' ? 'warning: ' : '';
  return `${row}:${column} ${code} ${weight}${message}${hint === undefined ? '' : ` (${hint})`}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}
