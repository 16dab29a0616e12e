import { XMLValidator } from 'fast-xml-parser';
import { DocumentRefused } from './source-text.ts';

const nameStart =
  ':A-Za-z_\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D\\u037F-\\u1FFF\\u200C\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\uD800-\\uDB7F\\uDC00-\\uDFFF';
const name = `[${nameStart}][${nameStart}\\-.0-9\\u00B7\\u0300-\\u036F\\u203F\\u2040]*`;

/** XML 1.0, clauses 2.3, 2.6 and 3.1. Text is whole pairs of surrogates, so that either half may stand in a name. */
const beginning = new RegExp(`<(${name})`, 'y');
const attribute = new RegExp(`[ \\t\\n]+(${name})[ \\t\\n]*=[ \\t\\n]*(?:"[^"<]*"|'[^'<]*')`, 'y');
export const instructionTarget = new RegExp(`^<\\?${name}(?:[ \\t\\n]|\\?>)`);
const ending = /[ \t\n]*(\/?)>/y;

export interface StartTag {
  name: string;
  /** Behind its `>`. */
  end: number;
  isEmpty: boolean;
}

/** The start tag that stands here; undefined when it is not as XML wants it, for `explainTag` to say why. */
export function readStartTag(text: string, start: number): StartTag | undefined {
  beginning.lastIndex = start;
  const begun = beginning.exec(text);
  if (!begun) return undefined;
  let end = beginning.lastIndex;
  let seen: Set<string> | undefined;
  for (;;) {
    attribute.lastIndex = end;
    const found = attribute.exec(text);
    if (!found) break;
    seen ??= new Set();
    if (seen.has(found[1]!)) return undefined;
    seen.add(found[1]!);
    end = attribute.lastIndex;
  }
  ending.lastIndex = end;
  const ended = ending.exec(text);
  return ended ? { name: begun[1]!, end: ending.lastIndex, isEmpty: ended[1] !== '' } : undefined;
}

/** Why this is no tag. */
export function explainTag(text: string, start: number): DocumentRefused {
  if (!/[^\s>/]/.test(text[start + 1] ?? ' '))
    return notXml(start, 'a name is expected after <', 'write < in text as &lt;');
  const end = tagEnd(text, start);
  if (end instanceof DocumentRefused) return end;
  const tag = text.slice(start, text[end - 1] === '/' ? end - 1 : end);
  const verdict = XMLValidator.validate(`${tag}/>`);
  if (verdict === true) return notXml(start, 'the tag is not as XML wants it');
  const { msg, line, col } = verdict.err;
  const before = tag.split('\n').slice(0, line - 1);
  const offset = before.reduce((sum, each) => sum + each.length + 1, 0) + (col || 1) - 1;
  const message = msg.replace(/^boolean attribute '(.+)' is not allowed/, "Attribute '$1' is without value");
  const hint = message.endsWith('without value.') ? 'write name="value"' : undefined;
  return notXml(start + Math.min(offset, tag.length), message.replace(/\.$/, ''), hint);
}

/** Where its `>` stands, which is not in a value. */
function tagEnd(text: string, start: number): number | DocumentRefused {
  let quote = '';
  let quoted = start;
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at]!;
    if (character === '<') return strayLessThan(start, quote !== '', at);
    if (quote !== '') {
      if (character === quote) quote = '';
    } else if (character === '>') return at;
    else if (character === '"' || character === "'") {
      quote = character;
      quoted = at;
    }
  }
  if (quote !== '') return notXml(quoted, 'the quotation mark is not closed');
  return notXml(start, 'the tag is not closed', 'write < in text as &lt;');
}

function strayLessThan(start: number, isQuoted: boolean, at: number): DocumentRefused {
  if (!isQuoted) return notXml(start, 'the tag is not closed before the next <', 'write < in text as &lt;');
  const hint = 'write it as &lt;, or close the quotation mark before it';
  return notXml(at, '< is found in the value of an attribute', hint);
}

export function notXml(offset: number, message: string, hint?: string): DocumentRefused {
  return new DocumentRefused('DOCUMENT_NOT_XML', offset, message, hint);
}
