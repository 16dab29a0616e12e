/** Where a call's document comes from: a URL, an application, or the request itself. */
import { laml } from '../../dialects/laml/index.ts';
import type { Program } from '../../verbs/verb.ts';
import type { Form } from './form.ts';
import { Refusal } from './refusal.ts';

const longest = 4_000;

/** The document that the request gives; a URL is stronger (LaML 6.3). */
export function givenDocument(form: Form): string | undefined {
  const document = form.text('Twiml') ?? form.text('Laml');
  if (document === undefined || form.text('Url') !== undefined) return undefined;
  if (document.length > longest) throw new Refusal(21205, `the document has more than ${longest} characters`);
  programOf(document);
  return document;
}

/** What it says; refused when it could not be carried out. */
export function programOf(document: string): Program {
  const { program, problems } = laml.parse({ body: Buffer.from(document), url: '' });
  if (program) return program;
  const { line, column, message } = problems.find(({ severity }) => severity === 'error') ?? {};
  throw new Refusal(12100, `the document cannot be carried out: line ${line}, column ${column}: ${message}`);
}
