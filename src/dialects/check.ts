import type { Problem } from '../journal.ts';
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
  const { dialect, body, contentType, url = 'https://app.example/' } = document;
  const bytes = typeof body === 'string' ? Buffer.from(body) : body;
  const { program, problems } = dialectNamed(dialect).parse({
    body: bytes,
    url,
    ...(contentType !== undefined && { contentType }),
  });
  return { ok: program !== undefined, problems };
}
