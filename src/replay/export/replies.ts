/** What the application answered, request by request. */
import type { Attempt, JournalEntry } from '../../journal/journal.ts';
import type { Sound } from '../../telephony/sound.ts';
import type { FlowReply } from '../flow.ts';

/** The `handler` of a flow; documents become files beside it. */
export function repliesIn(entries: readonly JournalEntry[], files: Map<string, string>): Record<string, FlowReply[]> {
  const handler: Record<string, FlowReply[]> = {};
  const add = (method: string, url: string, reply: FlowReply) => {
    const { origin, pathname } = new URL(url);
    // By GET the query is the request's own.
    const key = `${method} ${origin}${pathname}`;
    handler[key] ??= [];
    handler[key].push(reply);
  };
  // What the application has given in these calls; what it gave in others it gives again.
  const given = new Set<string>();
  for (const { input } of entries) {
    if (input?.type !== 'handler.attempted' && input?.type !== 'callback.attempted') continue;
    const { attempt } = input;
    if (!/^https?:/i.test(attempt.url)) continue;
    add(
      attempt.method,
      attempt.url,
      attempt.status === 304 && given.has(attempt.url) ? notModified(attempt) : replyOf(attempt, files),
    );
    if (attempt.status === 200) given.add(attempt.url);
  }
  for (const [url, reply] of audioIn(entries)) if (/^https?:/i.test(url)) add('GET', url, reply);
  return handler;
}

function replyOf(attempt: Attempt, files: Map<string, string>): FlowReply {
  const { status, code, ms, responseBody, responseHeaders, redirectedTo } = attempt;
  const after = ms > 0 ? { after: ms / 1000 } : {};
  if (status === undefined) return { ...after, ...failureOf(code) };
  if (code === 'HANDLER_TIMEOUT') return { silent: true };
  if (code === 'HANDLER_TOO_LARGE') return { ...after, body: 'x'.repeat(attempt.bytes + 1024 * 1024) };
  if (code === 'HANDLER_BROKEN') return { ...after, ...failureOf(code), body: 'x'.repeat(2 * attempt.bytes) };
  const location = redirectedTo ?? responseHeaders.location;
  const head = {
    ...after,
    ...(status !== 200 && status !== 304 && { status }),
    ...headersOf(responseHeaders),
    ...(location !== undefined && { redirect: location }),
    ...cookiesOf(responseHeaders['set-cookie']),
  };
  return responseBody === '' ? head : { ...head, file: fileFor(attempt, files) };
}

/** The document is still the one that was given before. */
const notModified = ({ ms, responseHeaders }: Attempt): FlowReply => ({
  ...(ms > 0 && { after: ms / 1000 }),
  status: 304,
  ...headersOf(responseHeaders),
});

/** Those on which it depends how the answer is read, and whether it may be kept. */
function headersOf(headers: Attempt['responseHeaders']): Pick<FlowReply, 'headers'> {
  const type = headers['content-type'];
  const isXml = type === undefined || /^(?:text|application)\/xml\b/.test(type);
  const told = Object.entries(headers).filter(([name]) => keeping.has(name) || (name === 'content-type' && !isXml));
  return told.length > 0 ? { headers: Object.fromEntries(told) } : {};
}

const keeping: ReadonlySet<string> = new Set(['etag', 'last-modified', 'cache-control', 'vary']);

const cookiesOf = (header: string | undefined) =>
  header === undefined ? {} : { cookies: header.split(/, (?=[^=;,\s]+=)/) };

function failureOf(code: Attempt['code']): FlowReply {
  switch (code) {
    case 'HANDLER_NAME_NOT_FOUND':
      return { unknownHost: true };
    case 'HANDLER_TLS':
    case 'HANDLER_NOT_TLS':
      return { badCertificate: true };
    case 'HANDLER_BROKEN':
    case 'HANDLER_NOT_HTTP':
    case 'HANDLER_HTTP_VERSION':
      return { cut: true };
    case 'HANDLER_TIMEOUT':
    case 'HANDLER_ABANDONED':
      return { silent: true };
    default:
      return { refused: true };
  }
}

/** `documents/choice.xml`, and `choice-2.xml` when the same URL gives another document. */
function fileFor({ url, responseBody }: Attempt, files: Map<string, string>): string {
  const stem =
    new URL(url).pathname
      .split('/')
      .filter(Boolean)
      .join('-')
      .replace(/[^\w-]+/g, '-') || 'index';
  for (let count = 1; ; count++) {
    const name = `documents/${stem}${count > 1 ? `-${count}` : ''}.xml`;
    if (files.has(name) && files.get(name) !== responseBody) continue;
    files.set(name, responseBody);
    return name;
  }
}

/** How long each audio file was, as far as one was played alone and to its end; those that were not there. */
function audioIn(entries: readonly JournalEntry[]): Map<string, FlowReply> {
  const found = new Map<string, FlowReply>();
  const playing = new Map<string, Playing>();
  for (const { at, input, output } of entries) {
    if (output?.type === 'commanded' && output.command.type === 'play')
      begin({ at, sounds: output.command.sounds }, output.command.id, playing, found);
    if (input?.type === 'leg.skipped') found.set(input.url, { status: 404 });
    if (input?.type === 'leg.done') measure(playing.get(input.id), at, found);
  }
  return found;
}

interface Playing {
  at: number;
  sounds: readonly Sound[];
}

function begin(one: Playing, id: string, playing: Map<string, Playing>, found: Map<string, FlowReply>): void {
  playing.set(id, one);
  for (const url of audioOf(one.sounds)) if (!found.has(url)) found.set(url, unknownLength);
}

function measure(played: Playing | undefined, at: number, found: Map<string, FlowReply>): void {
  const url = played && theOnly(played.sounds);
  if (!played || url === undefined || found.get(url)?.status !== undefined) return;
  found.set(url, lasting(at - played.at, played.sounds[0]?.loops));
}

const unknownLength: FlowReply = { audio: 2 };

const lasting = (ms: number, loops = 1): FlowReply => ({ audio: ms / loops / 1000 });

const theOnly = (sounds: readonly Sound[]) => (sounds.length === 1 ? audioOf(sounds)[0] : undefined);

const audioOf = (sounds: readonly Sound[]) => sounds.flatMap((sound) => (sound.type === 'audio' ? [sound.url] : []));
