/** What requests and callbacks say, as far as a transcript shows it. */
import { type Read, readBy } from '../vendors/index.ts';
import { readJson } from './exchange.ts';

interface Spoken {
  url: string;
  body: string;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** A request as an application reads it: what was found out, and the call with one level of its maps laid flat. */
export function readRequest(spoken: Spoken, dialect: string | undefined): Read {
  return readBy(dialect ?? '', spoken) ?? readOurs(spoken);
}

function readOurs({ url, body }: Spoken): Read {
  const json = readJson(body);
  const { parameters, call, state } = isObject(json) ? json : {};
  return {
    url,
    ...(state !== undefined && { state: String(state) }),
    parameters: isObject(parameters) ? Object.entries(parameters).map(([name, value]) => [name, String(value)]) : [],
    call: new Map(isObject(call) ? Object.entries(call).flatMap(flat) : []),
  };
}

const flat = ([name, value]: [string, unknown]): [string, string][] =>
  isObject(value)
    ? Object.entries(value).map(([key, one]): [string, string] => [`${name}.${key}`, String(one)])
    : [[name, String(value)]];
