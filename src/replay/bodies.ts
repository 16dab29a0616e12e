/** What bodies of requests and callbacks say, as far as a transcript shows it. */
import { readJson } from './exchange.ts';

/** A request as an application reads it: what was found out, and the call with one level of its maps laid flat. */
export interface SpokenRequest {
  parameters: readonly [name: string, value: string][];
  call: ReadonlyMap<string, string>;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

export function readRequest(body: string): SpokenRequest {
  const json = readJson(body);
  const { parameters, call } = isObject(json) ? json : {};
  return {
    parameters: isObject(parameters) ? Object.entries(parameters).map(([name, value]) => [name, String(value)]) : [],
    call: new Map(isObject(call) ? Object.entries(call).flatMap(flat) : []),
  };
}

const flat = ([name, value]: [string, unknown]): [string, string][] =>
  isObject(value)
    ? Object.entries(value).map(([key, one]): [string, string] => [`${name}.${key}`, String(one)])
    : [[name, String(value)]];

/** The state that a callback tells. */
export function stateIn(body: string): string {
  const json = readJson(body);
  return isObject(json) && 'state' in json ? ` ${String(json.state)}` : '';
}
