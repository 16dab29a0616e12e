/** Whether what a client gives can be used: read as it should be, the one that was asked for, and there behind its link. */
import type { Api } from '../api.ts';
import type { Method, Part } from './surface.ts';

/** What came of a method, asked of what, and by which account. */
export interface Given {
  method: Method;
  /** The last sid of its place. */
  asked: string | undefined;
  instances: readonly Part[];
  account: string;
}

export async function faultsOf(api: Api, { method, asked, instances, account }: Given): Promise<string[]> {
  const faults = instances.flatMap((one) => faultsOfOne(one, account));
  const [one] = instances;
  if (!one) return faults;
  if (/^(fetch|update)/.test(method.does) && idOf(one) !== asked) faults.push(`${asked} gave ${idOf(one)}`);
  if (isNowhere.test(method.name)) return faults;
  return [...faults, ...(await faultsOfLink(one, api, account)), ...(await faultsOfAnother(one))];
}

/** What cannot be asked for: forks are only begun and ended; who is called is not in the conference yet; who has left the queue waits no more. */
const isNowhere = /^calls\(\)\.(streams|siprec|transcriptions|payments)|participants\.create|members\(\)\.update/;

/** Its sid or, of whoever is somewhere with a call, that of the call. */
const idOf = ({ sid, callSid, isoCountry, countryCode }: Part) => sid ?? callSid ?? isoCountry ?? countryCode;

function faultsOfOne(instance: Part, account: string): string[] {
  const has = (name: string) => instance[name] !== undefined && instance[name] !== null;
  const faults = Object.entries(instance).flatMap(([name, value]) => faultsOfValue(name, value));
  if (has('accountSid') && instance.accountSid !== account) faults.push(`accountSid is ${instance.accountSid}`);
  if (has('uri') && has('sid') && !String(instance.uri).endsWith(`${instance.sid}.json`))
    faults.push(`uri ${instance.uri} is not of ${instance.sid}`);
  return faults;
}

const times = /^(date[A-Z]\w*|startTime|endTime)$/;
const numbers = /^(channels|currentSize|maxSize|averageWaitTime|position|waitTime)$/;

function faultsOfValue(name: string, value: unknown): string[] {
  if (name.startsWith('_') || value === undefined || value === null) return [];
  const fault = [`${name} is ${String(value)}`];
  if (Number.isNaN(value) || (value instanceof Date && Number.isNaN(value.getTime()))) return fault;
  if (times.test(name)) return value instanceof Date ? [] : fault;
  return numbers.test(name) && !Number.isInteger(value) ? fault : [];
}

async function faultsOfLink({ uri }: Part, api: Api, account: string): Promise<string[]> {
  if (typeof uri !== 'string') return [];
  const { status, body } = await api.ask('GET', uri, { as: [account, 'demo-token'] });
  return status === 200 && (body as { uri: string }).uri === uri ? [] : [`${uri} is ${status}`];
}

/** An instance can fetch itself, but for those of lists that Twilio's client has not told who they are. */
async function faultsOfAnother(instance: Part): Promise<string[]> {
  const { fetch, _solution } = instance as Part & { fetch?(): PromiseLike<Part>; _solution: object };
  if (!fetch || Object.values(_solution).includes(undefined)) return [];
  const again = await fetch.call(instance);
  return idOf(again) === idOf(instance) ? [] : [`${idOf(instance)} has become ${idOf(again)}`];
}
