import { CallflowError } from '../errors.ts';
import { checkoutShape } from './checkout-acts.ts';
import type { Flow, FlowAct, FlowCall, FlowNumber, FlowReply, FlowStream, FlowStreamStep, TimedCall } from './flow.ts';
import { changeShape, optionsShape as options, seconds, url } from './options-shape.ts';
import { roomActs } from './room-acts.ts';
import { phoneShape, scriptShape } from './script-shape.ts';
import {
  type Complaint,
  either,
  func,
  type Kind,
  listOf,
  mapOf,
  oneOf,
  type Path,
  pathText,
  shape,
  such,
  text,
  truth,
  whole,
  yes,
} from './shape.ts';

/** As one is written in a flow: handler URLs may also lead to a number or a SIP address. */
const handlerUrl = text('a URL, or a path that begins with /', /^([a-z][a-z0-9+.-]*:|\/)/i);
const address = text('a telephone number with + (in quotes) or a SIP address', /^(\+[0-9]|sips?:|[^+\s])\S*$/);
const texts = mapOf(text(), 'names with texts');

const callFields: { readonly [K in keyof Required<FlowCall>]: Kind } = {
  from: address,
  to: address,
  transport: oneOf('PSTN', 'SIP', 'CLIENT'),
  direction: oneOf('incoming', 'outgoing'),
  private: truth,
  callerName: text(),
  forwardedFrom: address,
  sipCallId: text(),
  sipHeaders: texts,
  labels: texts,
  options,
};

const reply = shape<FlowReply>('an answer', {
  file: text('the name of a file beside the flow'),
  body: text(),
  xml: text(),
  base64: text('bytes in base64', /^[A-Za-z0-9+/\s]*={0,2}$/),
  audio: seconds,
  status: whole('an HTTP status', 200, 599),
  headers: texts,
  cookies: either(listOf(text()), texts),
  redirect: text('a URL'),
  after: seconds,
  drip: seconds,
  cut: truth,
  refused: truth,
  silent: truth,
  unreachable: truth,
  unknownHost: truth,
  badCertificate: truth,
});

const answer = either(text('a document or the name of a file'), func, reply);

const doings = [
  'hangUp',
  'answer',
  'document',
  'redirect',
  'bridge',
  'unbridge',
  'role',
  'record',
  'checkout',
  'change',
  ...Object.keys(roomActs),
];

const act = such(
  shape<FlowAct>(
    'an act such as { after: 5, hangUp: true }',
    {
      after: seconds,
      call: whole('which call, counted from 1', 1),
      hangUp: yes,
      answer: yes,
      document: text('a document or the name of a file'),
      redirect: url,
      bridge: whole('which call, counted from 1', 1),
      unbridge: yes,
      role: oneOf('talking', 'muted', 'held'),
      record: oneOf('start', 'pause', 'silence', 'resume', 'stop'),
      checkout: checkoutShape,
      change: changeShape,
      ...roomActs,
    },
    ['after'],
  ),
  (value) => {
    const named = doings.filter((doing) => doing in value);
    return named.length === 1
      ? undefined
      : { found: named.join(' and ') || 'nothing to do', expected: `one of ${doings.join(', ')}` };
  },
);

const streamStep = shape<FlowStreamStep>('a step such as { after: 1, play: 2 }', {
  after: seconds,
  marked: text('the name of a mark'),
  pressed: text('a key', /^[0-9*#A-D]$/),
  play: seconds,
  mark: text('the name of a mark'),
  clear: yes,
  press: text('keys', /^[0-9*#A-DwW]+$/),
  closes: yes,
  breaks: yes,
});

const stream = shape<FlowStream>('a server of streams', {
  after: seconds,
  refuses: yes,
  silent: yes,
  script: listOf(streamStep),
});

/** What a request of the map looks like: `POST /voice`, `/voice`, `GET https://app.example/hello.mp3`. */
const requestKey = {
  pattern: /^((GET|POST|PUT) )?(\/|https?:\/\/)\S*$/,
  expected: 'a request such as "POST /voice" or "GET https://app.example/hello.mp3"',
};

const flow = shape<Flow>('a flow', {
  because: text('the clause, as a text'),
  pins: listOf(text('the id of a clause')),
  dialect: text('the name of a dialect'),
  seed: whole('a whole number'),
  limit: seconds,
  call: shape<FlowCall>('a call', callFields),
  calls: listOf(
    shape<TimedCall>('a call', {
      ...callFields,
      at: seconds,
      caller: scriptShape,
      url: handlerUrl,
      urls: listOf(handlerUrl),
    }),
  ),
  url: handlerUrl,
  urls: listOf(handlerUrl),
  handler: either(
    text('the address of an application that runs (http://127.0.0.1:3000)', /^https?:\/\//),
    func,
    mapOf(either(answer, listOf(answer)), 'requests with their answers', requestKey),
  ),
  live: truth,
  caller: scriptShape,
  phones: mapOf(phoneShape, 'numbers with their phones'),
  numbers: mapOf(
    either(handlerUrl, shape<FlowNumber>('what a number runs', { url: handlerUrl, urls: listOf(handlerUrl), options })),
    'numbers with what they run',
  ),
  streams: mapOf(either(stream, listOf(stream)), 'wss: URLs with their servers', {
    pattern: /^wss?:\/\/\S+$/,
    expected: 'a URL such as wss://ears.example/live',
  }),
  acts: listOf(act),
  journal: text('the name of a file beside the flow'),
});

/** JSON Schema of a flow file. */
export const flowSchema: object = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'A callflow flow',
  ...flow.schema,
};

/** Takes a value for a flow, or says everything that is wrong with it; `where` names the place of a path in a file. */
export function asFlow(value: unknown, where: (path: Path) => string = () => ''): Flow {
  const complaints: Complaint[] = [];
  const read = flow.read(value, [], (complaint) => complaints.push(complaint)) as Flow;
  if (complaints.length === 0) complaints.push(...contradictions(read));
  if (complaints.length > 0) throw notValid(complaints, where);
  return read;
}

/** The error that lists what is wrong with a flow; its cause is the list. */
export function notValid(complaints: readonly Complaint[], where: (path: Path) => string = () => ''): CallflowError {
  const lines = complaints.map(
    ({ path, found, expected, hint }) =>
      `${where(path)}${pathText(path)}: found ${found}, expected ${expected}${hint ? `; ${hint}` : ''}`,
  );
  return new CallflowError('FLOW_NOT_VALID', lines.join('\n'), { cause: complaints });
}

/** What no single field shows. */
function contradictions({ handler, live, url: one, urls, call, calls, caller }: Flow): Complaint[] {
  const found: Complaint[] = [];
  const clash = (key: string, other: string) =>
    found.push({ path: [key], found: `${key} beside ${other}`, expected: 'one of the two' });
  if (one !== undefined && urls) clash('url', 'urls');
  if (call && calls) clash('call', 'calls');
  if (caller && calls) clash('caller', 'calls (each of them has its own caller)');
  if (live && handler !== undefined) clash('live', 'handler');
  if (live && one === undefined && !urls)
    found.push({ path: ['url'], found: 'nothing', expected: 'the address of the application that runs' });
  if (handler === undefined && !live)
    found.push({
      path: ['handler'],
      found: 'nothing',
      expected: 'requests with their answers, or the address of an application',
      ...([one, ...(urls ?? [])].some((address) => address?.startsWith('http')) && {
        hint: 'with "live: true" the application is asked that runs at the URL',
      }),
    });
  return found;
}
