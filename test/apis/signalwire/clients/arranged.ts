/** What has to be there before a method of a client can do what it is for, and what the method is given. */
import { type Api, app, ours, somebody } from '../api.ts';
import { done } from '../case.ts';
import { talking } from '../cases/calls.ts';
import { recorded, writtenDown } from '../cases/products.ts';
import { waiting } from '../cases/rooms.ts';

/** Sids as SignalWire spells them, one for each pair of brackets, and the options. */
export interface Arranged {
  sids?: readonly string[];
  options?: object;
}

type Arrange = (api: Api) => Promise<Arranged>;

const hold = `${app}/hold`;

/** For names and numbers that nobody has had. */
let count = 0;
const another = () => String(++count).padStart(4, '0');

const talks = async (api: Api): Promise<Arranged> => ({ sids: [await talking(api)] });

const ended = async (api: Api): Promise<Arranged> => {
  const sid = await talking(api, { TimeLimit: '1' });
  await api.pass(30_000);
  return { sids: [sid] };
};

async function made(api: Api, path: string, form: Record<string, string>): Promise<Arranged> {
  const { sid } = await done(api, 'POST', path, { form });
  return { sids: [sid!] };
}

/** Something that goes on beside a call. */
const beside =
  (segment: string, form: Record<string, string>): Arrange =>
  async (api) => {
    const call = await talking(api);
    const { sid } = await done(api, 'POST', `/Calls/${call}/${segment}`, { form });
    return { sids: [call, sid!], options: { status: 'stopped' } };
  };

const callRecorded = async (api: Api): Promise<Arranged> => {
  const { call, sid } = await recorded(api);
  return { sids: [call, sid] };
};

/** Two calls in a conference of their own: its sid, and that of one of them. */
async function meets(api: Api, attributes = ''): Promise<Arranged> {
  const name = `Room ${another()}`;
  api.documents['/meeting'] = `<Response><Dial><Conference ${attributes}>${name}</Conference></Dial></Response>`;
  const call = await talking(api, { Url: `${app}/meeting` });
  await talking(api, { Url: `${app}/meeting`, To: '+15550100098' });
  const [{ sid }] = await api.signalwire().conferences.list({ friendlyName: name });
  return { sids: [sid, call] };
}

async function conferenceRecorded(api: Api): Promise<Arranged> {
  const conference = (await meets(api, 'record="record-from-start"')).sids?.[0];
  const [{ sid }] = await api.signalwire().conferences(conference).recordings.list();
  return { sids: [conference!, sid] };
}

const waits = async (api: Api): Promise<Arranged> => {
  const { call } = await waiting(api);
  const queue = (await api.signalwire().queues.list()).find(
    (one: { friendlyName: string }) => one.friendlyName === 'support',
  );
  return { sids: [queue.sid, call], options: { url: hold } };
};

const writes = async (api: Api): Promise<Arranged> => ({ sids: [(await writtenDown(api)).sid] });

const pays = { idempotencyKey: 'one', statusCallback: `${app}/pay`, paymentConnector: 'https://pay.example/charge' };

const text = { to: somebody, from: ours, body: 'On our way.' };

/** A message that has been sent. */
const texts = async (api: Api): Promise<Arranged> => {
  const arranged = await made(api, '/Messages', { To: somebody, From: ours, Body: text.body });
  await api.pass(10_000);
  return arranged;
};

/** By the name of a method, or of what it belongs to. */
const arranged: Readonly<Record<string, Arrange>> = {
  'accounts().update': async () => ({ options: { status: 'active' } }),
  calls: talks,
  'calls.create': async () => ({ options: { to: somebody, from: ours, url: hold } }),
  'calls()': talks,
  'calls().update': async (api) => ({ ...(await talks(api)), options: { status: 'completed' } }),
  'calls().remove': ended,
  'calls().recordings': callRecorded,
  'calls().recordings.create': async (api) => ({ ...(await talks(api)), options: { trim: 'do-not-trim' } }),
  'calls().recordings()': callRecorded,
  'calls().recordings().update': async (api) => {
    const call = await talking(api);
    return { sids: [call, (await done(api, 'POST', `/Calls/${call}/Recordings`)).sid!], options: { status: 'paused' } };
  },
  'calls().streams': async (api) => ({ ...(await talks(api)), options: { url: 'wss://app.example/', name: 'one' } }),
  'calls().streams()': beside('Streams', { Url: 'wss://app.example/' }),
  'calls().siprec': async (api) => ({ ...(await talks(api)), options: { connectorName: 'main' } }),
  'calls().siprec()': beside('Siprec', { ConnectorName: 'main' }),
  'calls().transcriptions': talks,
  'calls().transcriptions()': beside('Transcriptions', {}),
  'calls().payments': async (api) => ({ ...(await talks(api)), options: pays }),
  'calls().payments()': async (api) => {
    const call = await talking(api);
    const { sid } = await api.signalwire().calls(call).payments.create(pays);
    return { sids: [call, sid], options: { idempotencyKey: 'two', statusCallback: `${app}/pay`, status: 'cancel' } };
  },
  'calls().events': talks,
  'calls().notifications': talks,
  'calls().notifications()': talks,
  conferences: (api) => meets(api),
  'conferences()': (api) => meets(api),
  'conferences().update': async (api) => ({ ...(await meets(api)), options: { status: 'completed' } }),
  'conferences().participants': (api) => meets(api),
  'conferences().participants.create': async (api) => ({
    ...(await meets(api)),
    options: { to: '+15550100095', from: ours },
  }),
  'conferences().participants()': (api) => meets(api),
  'conferences().participants().update': async (api) => ({ ...(await meets(api)), options: { muted: true } }),
  'conferences().recordings': conferenceRecorded,
  'conferences().recordings()': conferenceRecorded,
  'conferences().recordings().update': async (api) => ({
    ...(await conferenceRecorded(api)),
    options: { status: 'stopped' },
  }),
  'conferences().recordings().remove': async (api) => {
    const arranged = await conferenceRecorded(api);
    await done(api, 'POST', `/Conferences/${arranged.sids?.[0]}`, { form: { Status: 'completed' } });
    await api.pass(5_000);
    return arranged;
  },
  queues: waits,
  'queues.create': async () => ({ options: { friendlyName: `queue_${another()}`, maxSize: 3 } }),
  'queues()': (api) => made(api, '/Queues', { FriendlyName: `queue_${another()}` }),
  'queues().update': async (api) => ({
    ...(await made(api, '/Queues', { FriendlyName: `queue_${another()}` })),
    options: { maxSize: 9 },
  }),
  'queues().members': waits,
  'queues().members()': waits,
  recordings: callRecorded,
  'recordings()': async (api) => ({ sids: [(await recorded(api)).sid] }),
  'recordings().transcriptions': async (api) => ({ sids: [(await writtenDown(api)).recordingSid] }),
  'recordings().transcriptions()': async (api) => {
    const { sid, recordingSid } = await writtenDown(api);
    return { sids: [recordingSid, sid] };
  },
  transcriptions: writes,
  'transcriptions()': writes,
  messages: texts,
  'messages.create': async () => ({ options: text }),
  'messages()': texts,
  applications: (api) => made(api, '/Applications', { FriendlyName: 'Menu' }),
  'applications.create': async () => ({ options: { friendlyName: 'Menu', voiceUrl: hold } }),
  'applications()': (api) => made(api, '/Applications', { FriendlyName: 'Menu' }),
  'incomingPhoneNumbers.create': async () => ({ options: { phoneNumber: `+1555020${another()}` } }),
  'incomingPhoneNumbers()': (api) => made(api, '/IncomingPhoneNumbers', { PhoneNumber: `+1555020${another()}` }),
  'availablePhoneNumbers()': async () => ({ sids: ['US'] }),
  'availablePhoneNumbers().local': async () => ({ sids: ['US'] }),
  'availablePhoneNumbers().tollFree': async () => ({ sids: ['US'] }),
};

/** The letters before a sid of Twilio, by what has it. */
const letters: Readonly<Record<string, string>> = {
  calls: 'CA',
  participants: 'CA',
  members: 'CA',
  conferences: 'CF',
  recordings: 'RE',
  queues: 'QU',
  streams: 'MZ',
  siprec: 'SR',
  transcriptions: 'TR',
  applications: 'AP',
  incomingPhoneNumbers: 'PN',
  messages: 'SM',
  payments: 'PK',
};

/** What has the sids of a name, in their order: `calls().recordings()` has those of calls and of recordings. */
export const lettersOf = (name: string): string[] =>
  [...name.replace('accounts()', '').matchAll(/(\w+)\(\)/g)].map(([, what = '']) =>
    name.includes('calls().transcriptions()') && what === 'transcriptions' ? 'GT' : (letters[what] ?? 'XX'),
  );

/** With the options as the clients send them. */
export async function arrangedFor(name: string, api: Api): Promise<Arranged & { form: Record<string, string> }> {
  const found = (await (arranged[name] ?? arranged[name.replace(/\.?\w+$/, '')])?.(api)) ?? {};
  const form = Object.entries(found.options ?? {}).map(([key, value]) => [key[0]?.toUpperCase() + key.slice(1), value]);
  return { ...found, form: Object.fromEntries(form) };
}
