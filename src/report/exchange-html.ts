import type { Attempt, Problem } from '../journal/journal.ts';
import { seconds } from '../replay/scene.ts';
import { excerpt, type SourceLine, type SourcePiece } from './excerpt.ts';
import type { Exchange, Mark } from './exchanges.ts';
import { type Html, html, nothing } from './html.ts';

/** The id of the row that tells of an entry of the journal. */
type RowOf = (index: number) => string;

export const exchangeId = (flow: string, exchange: number) => `${flow}d${exchange + 1}`;
export const markId = (flow: string, exchange: number, mark: number) => `${exchangeId(flow, exchange)}m${mark + 1}`;

/** The requests, documents and callbacks of a flow, beside its timeline. */
export function exchangesHtml(exchanges: readonly Exchange[], flow: string, rowOf: RowOf): Html {
  const list = exchanges.map((exchange, position) => exchangeHtml(exchange, exchangeId(flow, position), rowOf));
  return html`<div class="beside" tabindex="0" role="region" aria-label="Requests and documents">${list}</div>`;
}

function exchangeHtml(exchange: Exchange, id: string, rowOf: RowOf): Html {
  const { attempt, source, event } = exchange;
  const when = html`<a class="when" href="#${rowOf(exchange.asked)}">${seconds(exchange.at)}</a>`;
  return html`<article class="exchange ${exchange.for}${attempt?.code !== undefined && ' failed'}" id="${id}">
<h3>${when} ${attempt ? heading(attempt, event) : 'the document given with the call'}</h3>
${attempt?.code !== undefined && html`<p class="reason">${attempt.code} ${attempt.reason ?? ''}</p>`}
${attempt && requestHtml(attempt)}
${source !== undefined ? sourceHtml(source, exchange, id, rowOf) : attempt && bodyHtml('answer', attempt.responseBody)}
</article>
`;
}

const heading = ({ method, url, status, ms }: Attempt, event: string | undefined) =>
  html`${event !== undefined && html`<b>${event}</b> `}${method} <span class="url">${shortened(placeOf(url), 300)}</span> <b class="status">${status ?? 'no answer'}</b>${ms > 0 && html` <small>after ${seconds(ms)}</small>`}`;

const requestHtml = ({ url, requestBody, requestHeaders, responseHeaders, redirectedTo }: Attempt) => html`
${redirectedTo !== undefined && html`<p>leads to <span class="url">${shortened(redirectedTo, 300)}</span></p>`}
${bodyHtml('query', readable(url.slice(placeOf(url).length + 1)))}
${bodyHtml('request', readable(requestBody))}
${headersHtml('headers', [...Object.entries(requestHeaders), ...Object.entries(responseHeaders).map(([name, value]): [string, string] => [`← ${name}`, value])])}`;

const bodyHtml = (name: string, text: string) =>
  text === ''
    ? nothing
    : html`<details><summary>${name}</summary><pre tabindex="0">${shortened(text, 8_000)}</pre></details>`;

function headersHtml(name: string, headers: readonly (readonly [string, string])[]): Html {
  return bodyHtml(name, headers.map(([header, value]) => `${header}: ${value}`).join('\n'));
}

/** A URL without its query, which stands below. */
const placeOf = (url: string) => url.split('?', 1)[0]!;

/** A body on lines of its own: JSON indented, a form one parameter a line. */
function readable(body: string): string {
  if (/^[\w.%+~-]+=[^\s<>{}]*$/.test(body))
    return [...new URLSearchParams(body)].map(([name, value]) => `${name} = ${value}`).join('\n');
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** The document with its lines counted, and every element marked that was carried out. */
function sourceHtml(source: string, { marks, problems, attempt }: Exchange, id: string, rowOf: RowOf): Html {
  if (source === '') return html`<p class="empty">an empty document</p>`;
  const lines = excerpt(source, marks);
  const left = attempt ? attempt.bytes - Buffer.byteLength(source) : 0;
  const shown = new Set(lines.flatMap((line) => ('pieces' in line ? line.pieces.flatMap(marksOf) : [])));
  const elsewhere = marks.flatMap((_, mark) => (shown.has(mark) ? [] : [targetHtml(id, mark)]));
  return html`<div class="source" tabindex="0" role="region" aria-label="Document">${lines.map((line) =>
    'skipped' in line
      ? html`<div class="skipped">⋯ ${line.skipped} more lines</div>`
      : lineHtml(line, marks, problems, id, rowOf),
  )}${left > 0 && html`<div class="skipped">⋯ ${left} more bytes, which the journal does not keep</div>`}${elsewhere}</div>`;
}

const marksOf = (piece: SourcePiece) => ('skipped' in piece ? [] : (piece.marks ?? []));

const targetHtml = (id: string, mark: number) => html`<a id="${id}m${mark + 1}"></a>`;

function lineHtml(
  { number, pieces }: SourceLine,
  marks: readonly Mark[],
  problems: readonly Problem[],
  id: string,
  rowOf: RowOf,
): Html {
  const done = marks.filter(({ line }) => line === number);
  const times = done.slice(0, 5).map(({ index, at }) => html` <a href="#${rowOf(index)}">▸ ${seconds(at)}</a>`);
  const wrong = problems
    .filter(({ line }) => line === number)
    .map(
      ({ column, code, severity, message, hint }) =>
        html`<div class="problem ${severity}">${severity} ${number}:${column} ${code} ${shortened(message, 1_000)}${hint !== undefined && `; ${hint}`}</div>`,
    );
  const most = done.length > 5 && html` and ${done.length - 5} times more`;
  return html`<div class="line"><span class="number">${number}</span><code>${pieces.map((piece) => pieceHtml(piece, id))}</code>${times.length > 0 && html`<span class="times">${times}${most}</span>`}</div>${wrong}`;
}

function pieceHtml(piece: SourcePiece, id: string): Html {
  if ('skipped' in piece) return html`<i class="skipped">⋯ ${piece.skipped} characters ⋯</i>`;
  if (!piece.marks) return html`${piece.text}`;
  return html`<mark>${piece.marks.map((mark) => targetHtml(id, mark))}${piece.text}</mark>`;
}

export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most)} ⋯ ${text.length - most} more characters`;
}
