import type { Problem } from '../journal/journal.ts';
import type { Program } from '../verbs/verb.ts';
import { dialectNamed } from './index.ts';

export interface Checked {
  /** No error; there may be warnings. */
  ok: boolean;
  problems: Problem[];
}

/** Says everything that is wrong with a document, without a call. */
export function checkDocument(document: {
  dialect: string;
  body: Uint8Array | string;
  contentType?: string;
  /** What its relative URLs are relative to. */
  url?: string;
}): Checked {
  const { dialect, body, contentType = 'text/xml', url = 'https://app.example/' } = document;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const { program, problems } = dialectNamed(dialect).parse({ body: bytes, url, contentType });
  const all = [...problems, ...(program ? notCarriedOut(program) : [])];
  return { ok: program !== undefined, problems: all.sort((a, b) => a.line - b.line || a.column - b.column) };
}

/** What a call would say of an instruction once it comes to it. */
function notCarriedOut({ instructions }: Program): Problem[] {
  return instructions.flatMap((instruction) => {
    if (instruction.verb !== 'unsupported') return [];
    const { line, column } = instruction.at ?? { line: 1, column: 1 };
    const message = `<${instruction.what}> is known, and not carried out here: it is skipped`;
    return [{ line, column, code: 'VERB_NOT_SUPPORTED', severity: 'warning', message }];
  });
}
