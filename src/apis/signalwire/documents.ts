/** Where a call's document comes from: a URL, an application, or the request itself. */
import { laml } from '../../dialects/laml/index.ts';
import type { Program } from '../../verbs/verb.ts';
import type { Form } from './form.ts';
import { notValid, Refusal } from './refusal.ts';

/** The shortest is `<Response/>`. */
const [shortest, longest] = [11, 4_000];

/** What the request gives as a document, under either name. */
export const writtenDocument = (form: Form): string | undefined =>
  form.lines('Twiml', notValid) ?? form.lines('Laml', notValid);

/** The document that the request gives; a URL is stronger (LaML 6.3). */
export function givenDocument(form: Form): string | undefined {
  if (form.text('Url', 21205) !== undefined) return undefined;
  const document = writtenDocument(form);
  if (document === undefined) return undefined;
  const length = [...document].length;
  if (length < shortest || length > longest)
    throw new Refusal(notValid, `the document must have ${shortest} to ${longest} characters`);
  programOf(document);
  return document;
}

/** What it says; refused when it could not be carried out. */
export function programOf(document: string): Program {
  const { program, problems } = laml.parse({ body: Buffer.from(document), url: '' });
  if (program) return program;
  const { line, column, message } = problems.find(({ severity }) => severity === 'error') ?? {};
  throw new Refusal(notValid, `the document cannot be carried out: line ${line}, column ${column}: ${message}`);
}
