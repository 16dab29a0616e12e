import { dialects } from '../../dialects/index.ts';
import { phoneShape, scriptShape } from '../../replay/script-shape.ts';
import { type Complaint, type Kind, listOf, mapOf, oneOf, shape, such, text, truth, yes } from '../../replay/shape.ts';
import type { Incoming } from '../../telephony/network.ts';
import type { Phone, Script } from '../../telephony/simulated/script.ts';
import { requestNotValid } from './problem.ts';

/** A call to be made, in the words of flows. */
interface CallFields {
  to: string;
  from: string;
  transport: Incoming['transport'];
  private: boolean;
  callerName: string;
  forwardedFrom: string;
  sipCallId: string;
  sipHeaders: Readonly<Record<string, string>>;
  sourceAddress: string;
  sipUser: string;
  url: string;
  urls: readonly string[];
  dialect: string;
  script: Script;
  phones: Readonly<Record<string, Phone>>;
}

export interface CallOrder {
  incoming: Incoming;
  /** Who is asked instead of whoever the number leads to. */
  urls: readonly string[] | undefined;
  /** Of their documents. */
  dialect: string | undefined;
  script: Script | undefined;
  phones: Readonly<Record<string, Phone>> | undefined;
}

const address = text('a telephone number with +, or a SIP address', /^\S+$/);

const url = text('an http or https URL', /^https?:\/\//i);

const call = shape<CallFields>(
  'a call such as { "to": "+61255501234" }',
  {
    to: address,
    from: address,
    transport: oneOf('PSTN', 'SIP', 'CLIENT'),
    private: truth,
    callerName: text(),
    forwardedFrom: address,
    sipCallId: text(),
    sipHeaders: mapOf(text(), 'names with texts'),
    sourceAddress: text('an IPv4 address', /^\d{1,3}(\.\d{1,3}){3}$/),
    sipUser: text('the id of a user', /^\S+$/),
    url,
    urls: listOf(url),
    dialect: oneOf(...Object.keys(dialects)),
    script: scriptShape,
    phones: mapOf(phoneShape, 'numbers with their phones'),
  },
  ['to'],
);

/** Nobody has this number. */
const somebody = '+61491570006';

export const callOrderSchema = call.schema;

export function asCallOrder(body: unknown): CallOrder {
  const { to, from = somebody, transport, ...more } = readAs<{ to: string } & Partial<CallFields>>(call, body);
  const {
    private: isPrivate,
    url: one,
    urls = one === undefined ? undefined : [one],
    dialect,
    script,
    phones,
    ...told
  } = more;
  return {
    incoming: {
      to,
      from,
      transport: transport ?? (/^sips?:/i.test(from) ? 'SIP' : 'PSTN'),
      ...(isPrivate !== undefined && { isPrivate }),
      ...told,
    },
    urls,
    dialect,
    script,
    phones,
  };
}

/** What a caller can be told to do, one thing at a time. */
export interface CallerAct {
  press?: string;
  say?: string;
  hangUp?: true;
  hold?: true;
  resume?: true;
}

export const actFields: { readonly [A in keyof Required<CallerAct>]: Kind } = {
  press: text('keys', /^[0-9*#A-Dw]+$/),
  say: text('what is said'),
  hangUp: yes,
  hold: yes,
  resume: yes,
};

const act = such(shape<CallerAct>('an act such as { "press": "1" }', actFields), (value) => {
  const named = Object.keys(value);
  if (named.length === 1) return undefined;
  return { found: named.join(' and ') || 'nothing to do', expected: 'one of press, say, hangUp, hold, resume' };
});

export const actSchema = act.schema;
export const asCallerAct = (body: unknown): CallerAct => readAs<CallerAct>(act, body);

/** Reads a body as what it must be, or says everything that is wrong with it. */
export function readAs<Read>(kind: Kind, body: unknown): Read {
  const complaints: Complaint[] = [];
  const read = kind.read(body, [], (complaint) => complaints.push(complaint));
  if (complaints.length > 0) throw requestNotValid(complaints);
  return read as Read;
}
