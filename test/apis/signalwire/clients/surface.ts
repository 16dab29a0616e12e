/** Everything that the client of a vendor can do with an account, as its own objects say while it runs. */

/** A list, a context or an instance of a client. */
export type Part = object & Readonly<Record<string, unknown>>;

/** What both clients have in common. */
export interface Client {
  api: { baseUrl: string; v2010: Part };
  httpClient: object & { lastRequest?: { method: string; url: string } };
}

/** One method, by its name: `calls().recordings.create`. Each pair of brackets is a sid. */
export interface Method {
  name: string;
  /** What it is called where it is. */
  does: string;
  /** Where it is, in a client, once there is a sid for each pair of brackets. */
  in(client: Client, sids: readonly string[]): Part;
}

/** Into a property, or to what a sid names. */
type Step = string | typeof sid;
const sid = Symbol('sid');

const isPart = (value: unknown): value is Part =>
  (typeof value === 'object' || typeof value === 'function') && value !== null && '_version' in value;

/** What every object has, and what asks nobody. */
const common = ['constructor', 'get', 'toJSON', 'inspect', 'length', 'name', 'prototype', 'arguments', 'caller'];

function namesOf(part: Part): string[] {
  const names: string[] = [];
  for (let at: object = part; at !== Object.prototype && at !== Function.prototype; at = Object.getPrototypeOf(at))
    names.push(...Object.getOwnPropertyNames(at));
  return [...new Set(names)].filter((name) => !name.startsWith('_') && !common.includes(name));
}

const getFrom = (part: Part, ...sids: string[]): unknown => (part.get as (...sids: string[]) => unknown)(...sids);

function follow(client: Client, steps: readonly Step[], sids: readonly string[]): Part {
  const left = [...sids];
  let part: unknown = client.api.v2010;
  for (const step of steps) part = step === sid ? getFrom(part as Part, left.shift() ?? '') : (part as Part)[step];
  return part as Part;
}

const spelled = (steps: readonly Step[]): string =>
  steps
    .reduce<string>((name, step) => (step === sid ? `${name}()` : `${name}.${step}`), '')
    .replace(/^\.accounts\(\)\.(?=.*[.(])|^\./, '');

/** Every method below a list of accounts, which is where every resource hangs. */
export function methodsOf(client: Client): Method[] {
  const found: Method[] = [];
  const walk = (steps: readonly Step[]): void => {
    const depth = steps.filter((step) => step === sid).length;
    const part = follow(client, steps, Array<string>(depth).fill('x'));
    for (const name of namesOf(part)) {
      const value = part[name];
      if (isPart(value)) walk([...steps, name]);
      else if (typeof value === 'function')
        found.push({
          name: spelled([...steps, name]),
          does: name,
          in: (asked, sids) => follow(asked, steps, sids),
        });
    }
    if (typeof part.get === 'function') walk([...steps, sid]);
  };
  walk(['accounts']);
  return found;
}
