import { toWav } from '../telephony/simulated/wav.ts';
import type { Flow, FlowAnswer, FlowHandler, FlowReply } from './flow.ts';
import type { Path } from './shape.ts';

/** An answer as it goes over the wire. */
export interface Reply {
  status: number;
  headers: Readonly<Record<string, string>>;
  setCookies: readonly string[];
  body: Uint8Array;
  afterMs: number;
  dripMs: number;
  /** Half of the body comes, then the connection breaks. */
  cut: boolean;
  silent: boolean;
  /** Whoever tries to connect hears nothing. */
  unreachable?: boolean;
  /** No connection at all: the error that a socket would give. */
  broken?: { code: string; message: string };
}

/** What answers one request of the map: one after the other, and the last one ever after. */
export interface Answers {
  readonly replies: readonly (Reply | FlowHandler)[];
}

/** Gives the bytes of a file beside the flow. */
export type ReadFile = (name: string, path: Path) => Uint8Array;

export type Handler = NonNullable<Flow['handler']>;

/** What answers which request: asked by method and absolute URL, undefined where the flow says nothing. */
export type AnswerMap = (method: string, url: string) => Answers | undefined;

/** Reads the `handler` of a flow once, so that runs only look up. */
export function answerMap(handler: Exclude<Handler, string>, read: ReadFile): AnswerMap {
  if (typeof handler === 'function') {
    const all: Answers = { replies: [handler] };
    return () => all;
  }
  const byRequest = new Map<string, Answers>();
  for (const [key, answer] of Object.entries(handler)) {
    const path: Path = ['handler', key];
    const list = (Array.isArray(answer) ? answer : [answer]) as readonly FlowAnswer[];
    const replies = list.map((one, index) => ready(one, Array.isArray(answer) ? [...path, index] : path, read));
    byRequest.set(key, { replies });
  }
  const known = new Map<string, Answers | undefined>();
  return (method, url) => {
    const request = `${method} ${url}`;
    if (!known.has(request)) known.set(request, find(byRequest, method, url));
    return known.get(request);
  };
}

/**
 * The most exact key wins: with more of the query before with less or none, with the host before without, with the method
 * before without.
 */
function find(byRequest: Map<string, Answers>, method: string, url: string): Answers | undefined {
  const { origin, pathname, search } = new URL(url);
  for (const query of beginningsOf(search))
    for (const place of [origin + pathname + query, pathname + query]) {
      const answers = byRequest.get(`${method} ${place}`) ?? byRequest.get(place);
      if (answers) return answers;
    }
  return undefined;
}

/** A query, and what is left of it without its last parameter, and so on. */
function* beginningsOf(search: string): Iterable<string> {
  for (let query = search; query !== ''; query = query.slice(0, Math.max(0, query.lastIndexOf('&')))) yield query;
  yield '';
}

const ready = (answer: FlowAnswer, path: Path, read: ReadFile): Reply | FlowHandler =>
  typeof answer === 'function' ? answer : toReply(answer, path, read);

/** An answer in detail, its file read and its body made bytes. */
export function toReply(answer: FlowReply | string, path: Path, read: ReadFile): Reply {
  const reply = typeof answer === 'string' ? spelledOut(answer) : answer;
  const { body, type } = bodyOf(reply, path, read);
  const { redirect, cookies = [] } = reply;
  return {
    status: reply.status ?? (redirect === undefined ? 200 : 302),
    headers: {
      ...(type && { 'content-type': type }),
      ...(redirect !== undefined && { location: redirect }),
      ...lowered(reply.headers ?? {}),
    },
    setCookies: isList(cookies) ? cookies : Object.entries(cookies).map(([name, value]) => `${name}=${value}`),
    body,
    afterMs: (reply.after ?? 0) * 1000,
    dripMs: (reply.drip ?? 0) * 1000,
    cut: reply.cut ?? false,
    silent: reply.silent ?? false,
    ...(reply.unreachable && { unreachable: true }),
    ...brokenBy(reply),
  };
}

const spelledOut = (answer: string): FlowReply => (isDocument(answer) ? { xml: answer } : { file: answer });

/** Whether a text is the document itself and not the name of a file. */
const isDocument = (answer: string): boolean => /^\s*</.test(answer);

const isList = (cookies: readonly string[] | Readonly<Record<string, string>>): cookies is readonly string[] =>
  Array.isArray(cookies);

const xml = 'text/xml; charset=utf-8';
const types: Readonly<Record<string, string>> = {
  xml,
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  json: 'application/json',
  txt: 'text/plain',
};

function bodyOf(
  { file, body, xml: document, base64, audio }: FlowReply,
  path: Path,
  read: ReadFile,
): { body: Uint8Array; type?: string } {
  if (document !== undefined) return { body: encoder.encode(document), type: xml };
  if (body !== undefined) return { body: encoder.encode(body) };
  if (base64 !== undefined) return { body: Buffer.from(base64, 'base64') };
  if (audio !== undefined) return { body: toWav([], audio * 1000, 1), type: types.wav! };
  if (file === undefined) return { body: nothing };
  const type = types[file.slice(file.lastIndexOf('.') + 1)];
  return { body: read(file, path), ...(type && { type }) };
}

const encoder = new TextEncoder();
const nothing = new Uint8Array();

const lowered = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

function brokenBy({ refused, unknownHost, badCertificate }: FlowReply): Pick<Reply, 'broken'> {
  if (refused) return { broken: { code: 'ECONNREFUSED', message: 'connection refused' } };
  if (unknownHost) return { broken: { code: 'ENOTFOUND', message: 'no such host' } };
  if (badCertificate) return { broken: { code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' } };
  return {};
}
