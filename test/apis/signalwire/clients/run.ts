/** Calls every method that a client has, each where what it needs is there, and writes down what comes of it. */
import { prefixed } from '../../../../src/vendors/signalwire/sids.ts';
import { type Api, accounts, startApi } from '../api.ts';
import { arrangedFor, lettersOf } from './arranged.ts';
import { faultsOf } from './faults.ts';
import { given, refused } from './outcome.ts';
import { type Client, type Method, methodsOf, type Part } from './surface.ts';

export interface Outcome {
  name: string;
  /** Method and path, without base and account; sids are `{}`. */
  asks: string;
  /** What the client gave or why it refused. */
  gives: string;
  /** What of it cannot be used. */
  faults: string[];
}

type Call = (...given: unknown[]) => PromiseLike<unknown>;

/** A value for an option that a method cannot do without. */
const needed = { phoneNumber: '+15550100777', to: '+15550100099', from: '+15550100001', url: 'https://app.example/x' };

const lacking = /Required parameter "\w+\[['"](\w+)['"]\]" missing/;

/** Gives a method what it says that it lacks, until it asks the server. */
async function ask(method: Call, options: Readonly<Record<string, unknown>>): Promise<unknown> {
  try {
    return await (Object.keys(options).length > 0 ? method({ ...options }) : method());
  } catch (error) {
    const [, name] = lacking.exec((error as Error).message) ?? [];
    const isAll = /Required parameter "\w+" missing/.test((error as Error).message);
    if (name === undefined && !(isAll && Object.keys(options).length === 0)) throw error;
    return ask(method, { ...options, [name ?? 'friendlyName']: needed[name as keyof typeof needed] ?? 'x' });
  }
}

/** How the sorts of methods are called that are no simple question. */
async function call(part: Part, does: string, api: Api, options: object): Promise<unknown> {
  const method = (part[does] as Call).bind(part);
  const bodyOf = (answer: unknown) => (/WithHttpInfo$/.test(does) ? (answer as { body: unknown }).body : answer);
  const plain = does.replace('WithHttpInfo', '');
  if (plain === 'each') {
    const found: unknown[] = [];
    const ended = new Promise<void>((resolve, reject) => {
      // Twilio's client ends the process when nobody throws the error on.
      const done = (error?: unknown) => {
        if (error === undefined) return resolve();
        reject(error);
        throw error;
      };
      method({ callback: (one: unknown) => void found.push(one), done })?.then(undefined, () => undefined);
    });
    await ended;
    return found;
  }
  if (plain === 'getPage') return (bodyOf(await method(`${api.url}/2010-04-01${part._uri}`)) as Part).instances;
  const answer = bodyOf(await ask(method, options as Readonly<Record<string, unknown>>));
  return plain === 'page' ? (answer as Part).instances : answer;
}

async function outcomeOf(method: Method, api: Api, client: Client, account: string): Promise<Outcome> {
  const plain = method.name.replace('WithHttpInfo', '');
  const { sids = [], options = {} } = await arrangedFor(plain, api);
  const ofTwilio = account === accounts.ac;
  const written = lettersOf(method.name).map((letters, index) => {
    const sid = sids[index] ?? '019b78c9-0a80-7000-8102-ff150fdc7f00';
    return ofTwilio && sid.includes('-') ? prefixed(letters, sid) : sid;
  });
  const where = [...(isOfAccount(method) ? [] : [account]), ...written];
  const part = method.in(client, where);
  const { name } = method;
  const asks = () => askedOf(client, [account, ...written]);
  const result = await call(part, method.does, api, options).then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
  if ('error' in result) return { name, asks: asks(), gives: refused(result.error), faults: [] };
  const { value } = result;
  const outcome = { name, asks: asks(), gives: given(value) };
  const instances = (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'object') as Part[];
  return { ...outcome, faults: await faultsOf(api, { method, asked: where.at(-1), instances, account }) };
}

/** The list of accounts is below none. */
const isOfAccount = ({ name }: Method) => /^accounts\.\w+$/.test(name);

function askedOf({ httpClient }: Client, sids: readonly string[]): string {
  const { method, url } = httpClient.lastRequest ?? { method: '', url: '' };
  const path = sids.reduce((text, sid) => text.replace(`/${sid}`, '/{}'), new URL(url).pathname);
  return `${method.toUpperCase()} ${path.replace(/^.*?\/2010-04-01(\/Accounts\/\{\}(?=\/))?/, '')}`;
}

export async function outcomes(clientOf: (api: Api) => unknown, account: string): Promise<Outcome[]> {
  const api = await startApi();
  const client = clientOf(api) as Client;
  const found: Outcome[] = [];
  for (const method of methodsOf(client)) {
    // Twilio's client ends the process where this one is refused, whatever the answer.
    const isDeadly = method.does === 'listWithHttpInfo' && !/^a list/.test(found.at(-1)?.gives ?? '');
    if (!isDeadly) found.push(await outcomeOf(method, api, client, account));
  }
  const differences = api.differences();
  await api.close();
  if (differences.length > 0) throw new Error(differences.join('\n'));
  return found;
}
