/** Every name under which a client sends something, as it comes out of the client itself; and what the server makes of it. */
import type { Route } from '../../../../src/apis/signalwire/route.ts';
import { routes } from '../../../../src/apis/signalwire/routes.ts';
import { type Api, accounts, app, ours, somebody } from '../api.ts';
import { arrangedFor } from './arranged.ts';
import { type Client, methodsOf } from './surface.ts';

/** What a method asks, and with which names. */
export interface Sends {
  method: string;
  /** Below the account; sids are `{}`. */
  path: string;
  names: readonly string[];
}

/** Options that have whatever the client looks for. */
const everything = new Proxy({}, { has: () => true, get: () => 'true' });

interface Request {
  method: string;
  uri: string;
  data?: object;
  params?: object;
}

const anySid = `AC${'0'.repeat(32)}`;

/** @param makeClient a client whose requests go to `httpClient` */
export async function namesSent(makeClient: (httpClient: object) => Client): Promise<Map<string, Sends>> {
  let last: Request | undefined;
  const nowhere = { statusCode: 404, body: { code: 20404, message: 'nothing is here', more_info: '' } };
  const client = makeClient({
    request: async (request: Request) => {
      last = request;
      return nowhere;
    },
  });
  const sent = new Map<string, Sends>();
  for (const method of methodsOf(client)) {
    if (!/^(create|update|page)$/.test(method.does)) continue;
    const part = method.in(client, Array<string>(9).fill(anySid));
    const call = part[method.does] as (options: object) => Promise<unknown>;
    last = undefined;
    // Nothing is there, which is of no interest here.
    await call.call(part, everything).catch(() => undefined);
    const { method: how, uri, data, params } = (last as Request | undefined) ?? fail(`${method.name} asks nothing`);
    const path = new URL(uri).pathname
      .replaceAll(anySid, '{}')
      .replace(/^\/2010-04-01|\.json$/g, '')
      .replace(/^\/Accounts\/\{\}(?=\/)/, '');
    sent.set(method.name, { method: how.toUpperCase(), path, names: Object.keys(data ?? params ?? {}) });
  }
  return sent;
}

function fail(why: string): never {
  throw new Error(why);
}

export const shapeOf = ({ method, path }: Route): string =>
  `${method} ${path.replace(/^\/Accounts\/:account(?=\/)/, '').replace(/:\w+/g, '{}')}`;

export const routeFor = ({ method, path }: Sends): Route | undefined =>
  routes.find((route) => shapeOf(route) === `${method} ${path}`);

/** What a parameter may well be; the first that fits. */
const fine: readonly (readonly [name: RegExp, value: string])[] = [
  [/^PaymentMethod$/, 'ach-debit'],
  [/Method$/, 'GET'],
  [/^ConferenceStatusCallbackEvent$/, 'start'],
  [/CallbackEvent$/, 'completed'],
  [/(Url|Callback|StatusCallbackUrl)$/, `${app}/hold`],
  [/^(DateCreated|DateUpdated|DateSent|StartTime|EndTime)[<>]?$/, '2026-01-01'],
  [/^(To|PhoneNumber)$/, somebody],
  [/^MachineDetection$/, 'Enable'],
  [/^MachineDetectionTimeout$/, '20'],
  [/SilenceTimeout$/, '3000'],
  [/^MachineWordsThreshold$/, '4'],
  [/Threshold$/, '2000'],
  [/^AreaCode$/, '212'],
  [/^Contains$/, '555'],
  [/^Status$/, 'completed'],
  [/^RequireMatchingInputs$/, 'false'],
  [/^From$/, ours],
  [/^(Timeout|TimeLimit|MaxSize|MaxParticipants|PageSize)$/, '20'],
  [/^Page$/, '0'],
  [/^SendDigits$/, '1w2'],
  [/^RecordingChannels$/, 'dual'],
  [/^RecordingTrack$/, 'inbound'],
  [/^(Conference)?Trim$/, 'do-not-trim'],
  [/^ConferenceRecord$/, 'record-from-start'],
  [/^Track$/, 'inbound_track'],
  [/^PauseBehavior$/, 'skip'],
  [/^MaxPricePerMinute$/, '1.5'],
  [/^(Laml|Twiml)$/, '<Response><Hangup/></Response>'],
  [/^LanguageCode$/, 'en-US'],
  [/^BankAccountType$/, 'consumer-savings'],
  [/^Capture$/, 'security-code'],
  [/^ChargeAmount$/, '20.45'],
  [/^Confirmation$/, 'false'],
  [/^Input$/, 'dtmf'],
  [/^MinPostalCodeLength$/, '5'],
  [/^Parameter$/, '{"order":42}'],
  [/^(PostalCode|SecurityCode)$/, 'false'],
  [/^TokenType$/, 'one-time'],
  [/^ValidCardTypes$/, 'visa'],
  [/^VoiceReceiveMode$/, 'voice'],
  [
    /^(Record|Muted|Hold|Beep|BeepOnExit|Coaching|AsyncAmd|AsyncAmdPartialResults|StartConferenceOnEnter|EndConferenceOnExit|PartialResults|EarlyMedia|ProfanityFilter|EnableAutomaticPunctuation|IncludeSoftDeleted|\w+Enabled)$/,
    'true',
  ],
];

/** No parameter may be this, but for a text. */
const nonsense = 'no such thing ☃';

/** Of these only one counts. */
const instead: Readonly<Record<string, string>> = { Twiml: 'Url', AreaCode: 'PhoneNumber', Capture: 'Status' };

/** What the server makes of one value: the status and, of a refusal, its code. */
async function made(api: Api, of: string, { method, path }: Sends, [name, value]: readonly [string, string?]) {
  const { sids = [], form } = await arrangedFor(of, api);
  const left = path.startsWith('/Accounts') ? [accounts.uuid] : [...sids];
  const base = path.startsWith('/Accounts') ? '/2010-04-01' : api.base;
  const where = base + path.replace(/\{\}/g, () => left.shift() ?? '');
  if (name in instead) delete form[instead[name]!];
  const given = { [name]: value ?? form[name] ?? fine.find(([pattern]) => pattern.test(name))?.[1] ?? 'one' };
  const answer =
    method === 'POST'
      ? await api.ask('POST', where, { form: { ...form, ...given } })
      : await api.ask('GET', `${where}?${new URLSearchParams(given)}`);
  await api.pass(500);
  return answer.status < 300 ? 'done' : `${answer.status} ${(answer.body as { code?: number } | undefined)?.code}`;
}

export interface Taken {
  name: string;
  isRead: boolean;
  /** What came of something that it may be, and of something that it may not. */
  fine: string;
  nonsense: string;
}

/** All of a row of names are alike. */
const first = (name: string) => name.replace(/^Parameter\d+\./, 'Parameter1.');

/** What the server makes of every name that it reads or that somebody sends. */
export async function taken(api: Api, method: string, sends: Sends): Promise<Taken[]> {
  const { parameters = {} } = routeFor(sends) ?? {};
  const names = new Set([...Object.keys(parameters), ...sends.names].map((name) => first(name)));
  const found: Taken[] = [];
  for (const name of [...names].sort()) {
    const ofFine = await made(api, method, sends, [name]);
    const ofNonsense = await made(api, method, sends, [name, nonsense]);
    found.push({ name, isRead: name.replace(/[<>]$/, '') in parameters, fine: ofFine, nonsense: ofNonsense });
  }
  return found;
}
