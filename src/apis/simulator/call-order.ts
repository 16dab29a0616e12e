import { phoneShape, scriptShape } from '../../replay/script-shape.ts';
import { type Complaint, type Kind, mapOf, oneOf, shape, such, text, truth, yes } from '../../replay/shape.ts';
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
  script: Script;
  phones: Readonly<Record<string, Phone>>;
}

export interface CallOrder {
  incoming: Incoming;
  script: Script | undefined;
  phones: Readonly<Record<string, Phone>> | undefined;
}

const address = text('a telephone number with +, or a SIP address', /^\S+$/);

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
  const { private: isPrivate, script, phones, ...told } = more;
  return {
    incoming: {
      to,
      from,
      transport: transport ?? (/^sips?:/i.test(from) ? 'SIP' : 'PSTN'),
      ...(isPrivate !== undefined && { isPrivate }),
      ...told,
    },
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

const act = such(
  shape<CallerAct>('an act such as { "press": "1" }', {
    press: text('keys', /^[0-9*#A-Dw]+$/),
    say: text('what is said'),
    hangUp: yes,
    hold: yes,
    resume: yes,
  }),
  (value) => {
    const named = Object.keys(value);
    if (named.length === 1) return undefined;
    return { found: named.join(' and ') || 'nothing to do', expected: 'one of press, say, hangUp, hold, resume' };
  },
);

export const actSchema = act.schema;
export const asCallerAct = (body: unknown): CallerAct => readAs<CallerAct>(act, body);

function readAs<Read>(kind: Kind, body: unknown): Read {
  const complaints: Complaint[] = [];
  const read = kind.read(body, [], (complaint) => complaints.push(complaint));
  if (complaints.length > 0) throw requestNotValid(complaints);
  return read as Read;
}
