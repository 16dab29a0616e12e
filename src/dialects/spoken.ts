import { checkDocument } from './check.ts';
import { dialects } from './index.ts';

/** The other dialect in which there is nothing wrong with a document that is not right in the one named, if there is one. */
export function otherDialect(document: Parameters<typeof checkDocument>[0]): string | undefined {
  if (checkDocument(document).problems.length === 0) return undefined;
  return Object.keys(dialects).find(
    (dialect) => dialect !== document.dialect && checkDocument({ ...document, dialect }).problems.length === 0,
  );
}

/** What to try when a document turns out to be written in another dialect. */
export const dialectHint = (dialect: string): string =>
  `nothing is wrong with it as ${dialect}: try --dialect ${dialect}`;
