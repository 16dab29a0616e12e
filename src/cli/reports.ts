import { writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { CallflowError } from '../errors.ts';
import { makeFolders } from '../files/folder.ts';
import type { FlowResult, ReportOptions } from '../report/flow-result.ts';

/** The files in which a command is to report, as its options name them. */
export interface ReportFiles {
  junit?: string;
  html?: string;
}

/** Writes how flows went to the files that were asked for. */
export async function writeReports(
  results: readonly FlowResult[],
  { junit, html }: ReportFiles,
  options: ReportOptions = {},
): Promise<void> {
  if (junit !== undefined) write(junit, (await import('../report/junit.ts')).toJUnit(results, options));
  if (html !== undefined) write(html, (await import('../report/page.ts')).toHtml(results, options));
}

function write(file: string, text: string): void {
  try {
    makeFolders(dirname(file));
    writeFileSync(file, text);
  } catch (cause) {
    throw new CallflowError('FILE_NOT_WRITABLE', `${file}: ${(cause as Error).message}`, { cause });
  }
}
