/** What an answer of the application is, by its content type (LaML 3.4). */
import type { ErrorCode } from '../../errors.ts';
import type { Problem } from '../../journal/journal.ts';
import type { Instruction } from '../../verbs/index.ts';
import type { Program } from '../../verbs/verb.ts';
import { decode } from '../decode.ts';
import type { Parsed, Source } from '../dialect.ts';
import type { Language } from '../language.ts';
import { parseDocument } from '../parse.ts';

type Laml = Language<readonly Instruction[]>;

const documentTypes = ['text/xml', 'application/xml', 'text/html'];
/** Those that <Play> understands. */
const audioTypes = ['mpeg', 'mp3', 'wav', 'wave', 'x-wav', 'aiff', 'x-aifc', 'x-aiff', 'x-gsm', 'gsm', 'ulaw'];

const typeOf = (contentType: string): string => contentType.replace(/;.*/s, '').trim().toLowerCase();

/** Audio is played from where it is. */
export const isAudio = (contentType: string): boolean =>
  audioTypes.some((audio) => typeOf(contentType) === `audio/${audio}`);

export function readDocument(language: Laml, source: Source): Parsed {
  const { contentType, url } = source;
  const type = contentType === undefined ? undefined : typeOf(contentType);
  // A document that was given, not fetched, has no content type.
  if (type === undefined ? url === '' : documentTypes.includes(type)) return read(language, source);
  if (type === 'text/plain') return readText(language, source);
  if (type !== undefined && isAudio(type))
    return { program: toProgram(language, source, playing(source)), problems: [] };
  const found = type ? `is ${type.slice(0, 80)}` : 'is missing';
  return refused('CONTENT_TYPE', `the content type ${found}; a document is text/xml`);
}

function read(language: Laml, source: Source): Parsed {
  const { meaning, problems } = parseDocument(language, source);
  return meaning ? { program: toProgram(language, source, meaning), problems } : { problems };
}

/** A document under a wrong name, or words to be said. */
function readText(language: Laml, source: Source): Parsed {
  const document = read(language, source);
  if (document.program || source.body.byteLength > language.maxBytes) return document;
  const { text, refused: unreadable } = decode(source.body, source.contentType);
  const said = text.replace(/\s+/g, ' ').trim();
  if (unreadable || said === '') return document;
  const speech = { type: 'speech', text: said, voice: 'woman' } as const;
  return {
    program: toProgram(language, source, thenHangUp(source, { verb: 'play', answers: true, sounds: [speech] })),
    problems: [],
  };
}

const playing = (source: Source): Instruction[] =>
  thenHangUp(source, { verb: 'play', answers: true, sounds: [{ type: 'audio', url: source.url }] });

/** What plays beside something else ends there. */
const thenHangUp = ({ purpose = 'main' }: Source, instruction: Instruction): Instruction[] =>
  purpose === 'main' ? [instruction, { verb: 'hangUp', answers: false }] : [instruction];

const toProgram = (
  { name }: Laml,
  { url, purpose = 'main' }: Source,
  instructions: readonly Instruction[],
): Program => ({ dialect: name, url, purpose, instructions });

function refused(code: ErrorCode, message: string): Parsed {
  const problem: Problem = { line: 1, column: 1, code, severity: 'error', message };
  return { problems: [problem] };
}
