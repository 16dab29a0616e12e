/** What a test can expect of a call: each says whether it holds, and if not, shows why. */
import type { CallRecord, CallState } from '../records/call.ts';
import type { FlowExchange } from '../replay/exchange.ts';
import type { Gather } from '../verbs/gather.ts';
import { Caller } from './caller.ts';
import { executedIn } from './executed.ts';
import { parametersOf, partOf } from './parameters.ts';
import type { Rehearsal } from './rehearsal.ts';
import { Speaker } from './speaker.ts';

/** In the form that vitest and jest know. */
export interface Verdict {
  pass: boolean;
  message(): string;
}

export type Text = string | RegExp;

/** What the call is to be collecting. */
export interface Asked {
  /** How many digits at most. */
  digits?: number;
  /** Keys that end the collection. */
  stopKey?: string;
  speech?: boolean;
}

export interface Ended {
  state?: CallState;
  by?: 'engine' | 'farSide' | 'network' | 'api';
}

const verdict = (pass: boolean, subject: Speaker | Rehearsal, expected: string, found: string): Verdict => ({
  pass,
  message: () => {
    const rehearsal = subject instanceof Speaker ? subject.rehearsal : subject;
    const call = subject instanceof Caller ? subject.id : undefined;
    const said = pass ? `did not expect ${expected}` : `expected ${expected}`;
    return rehearsal.surprise(`${said}: ${found}`, { since: 'lastAct', ...(call && { call }) }).message;
  },
});

const quoted = (text: Text) => (typeof text === 'string' ? `"${text}"` : String(text));

const list = (what: readonly string[]) => (what.length === 0 ? 'nothing' : what.join(', '));

const contains = (found: string, text: Text) =>
  typeof text === 'string' ? found.toLowerCase().includes(text.toLowerCase()) : text.test(found);

const rehearsalOf = (subject: Speaker | Rehearsal) => (subject instanceof Speaker ? subject.rehearsal : subject);

/** Somebody has heard this since something was done last; letter case does not matter. */
export function toHear(speaker: Speaker, text: Text): Verdict {
  const { heard, rehearsal, who } = speaker;
  const pass = contains(heard.join(' '), text) || heard.some((one) => contains(one, text));
  const found = `since ${rehearsal.lastAct}, ${who} has heard ${list(heard.map(quoted))}`;
  return verdict(pass, speaker, `${who} to hear ${quoted(text)}`, found);
}

/** The call is collecting keys or speech now. */
export function toBeAskedFor(caller: Caller, asked: 'digits' | 'speech' | Asked): Verdict {
  const what = typeof asked === 'string' ? asked : JSON.stringify(asked);
  const expected = `${caller.who} to be asked for ${what}`;
  const { instruction } = executedIn(caller.rehearsal.journal, caller.id) ?? {};
  if (instruction?.verb === 'gather')
    return verdict(collects(instruction, asked), caller, expected, `it is asked for ${collected(instruction)}`);
  const doing = instruction
    ? `<${instruction.at?.element ?? instruction.verb}> is at work`
    : 'nothing is being executed';
  return verdict(false, caller, expected, doing);
}

function collects({ maxDigits, stopKey, speech, keys }: Gather, asked: 'digits' | 'speech' | Asked): boolean {
  if (asked === 'digits') return keys !== false;
  if (asked === 'speech') return speech !== undefined;
  return partOf(asked, { digits: maxDigits, stopKey, speech: speech !== undefined });
}

function collected({ maxDigits, stopKey, speech, keys }: Gather): string {
  const most = maxDigits === 1 ? 'one digit' : `${maxDigits} digits at most`;
  const ended = stopKey === '' ? 'ended by no key' : `ended by ${[...stopKey].join(' or ')}`;
  return [keys === false ? '' : `${most}, ${ended}`, speech ? 'speech' : ''].filter(Boolean).join(' or ');
}

/** The application has called this number since something was done last. */
export function toDial(subject: Speaker | Rehearsal, number: Text): Verdict {
  const { recent, lastAct } = rehearsalOf(subject);
  const dialed = recent.flatMap(({ output }) => (output?.type === 'originated' ? [output.to] : []));
  const pass = dialed.some((to) => (typeof number === 'string' ? to === number : number.test(to)));
  return verdict(
    pass,
    subject,
    `a call to ${quoted(number)}`,
    `since ${lastAct}, ${dialed.length === 0 ? 'nobody' : list(dialed)} was called`,
  );
}

/** A recording goes on, or was begun since something was done last. */
export function toRecord(subject: Speaker | Rehearsal): Verdict {
  const { journal, recent, lastAct } = rehearsalOf(subject);
  const open = new Set<string>();
  for (const { output } of journal) {
    if (output?.type === 'recording.began') open.add(output.record.id);
    if (output?.type === 'recording.ended') open.delete(output.record.id);
  }
  const begun = recent.some(({ output }) => output?.type === 'recording.began');
  return verdict(
    open.size > 0 || begun,
    subject,
    'a recording',
    `since ${lastAct}, ${begun ? 'one' : 'none'} was begun`,
  );
}

/** The call is over, in this state, and because of this side. */
export function toHaveEnded(caller: Speaker & { call: CallRecord | undefined }, how: CallState | Ended = {}): Verdict {
  const wanted: Ended = typeof how === 'string' ? { state: how } : how;
  const { call, who } = caller;
  const by = call?.endedBy === 'us' ? 'engine' : call?.endedBy;
  const ended = call?.endTime !== undefined;
  const pass = ended && (wanted.state ?? call.state) === call.state && (wanted.by === undefined || wanted.by === by);
  const details = [wanted.state && `as ${wanted.state}`, wanted.by && `by ${wanted.by}`].filter(Boolean).join(' ');
  const found = ended ? `it ended as ${call.state}, by ${by}` : `it goes on (${call?.state ?? 'no call'})`;
  return verdict(pass, caller, `the call of ${who} to have ended${details && ` ${details}`}`, found);
}

/** A callback of this event, or to this URL, has gone out, with at least these fields in it. */
export function toHaveSent(subject: Speaker | Rehearsal, what: Text, fields: object = {}): Verdict {
  const { journal } = rehearsalOf(subject);
  const sent = journal.flatMap(({ output }) => (output?.type === 'callback.owed' ? [output] : []));
  const meant = sent.filter(
    ({ event, url }) => event === what || means(url, what) || (what instanceof RegExp && what.test(event)),
  );
  const pass = meant.some(({ body }) => partOf(fields, parametersOf(body)));
  const found = (meant.length > 0 ? meant : sent).map(
    ({ event, url, body }) => `${event} to ${url}${shown(fields, parametersOf(body))}`,
  );
  const were = found.length > 0 ? `there was ${list(found)}` : 'nothing was sent';
  return verdict(pass, subject, `a callback ${quoted(what)}${withFields(fields)}`, were);
}

/** The application was asked for this URL, with at least these parameters. */
export function toHaveRequested(subject: Speaker | Rehearsal, url: Text, parameters: object = {}): Verdict {
  const { requests } = rehearsalOf(subject);
  const meant = requests.filter((request) => means(request.url, url));
  const pass = meant.some((request) => partOf(parameters, fieldsOf(request)));
  const found = (meant.length > 0 ? meant : requests).map(
    (request) => `${request.method} ${request.url}${shown(parameters, fieldsOf(request))}`,
  );
  const were = found.length > 0 ? `there was ${list(found)}` : 'nothing was requested';
  return verdict(pass, subject, `a request to ${quoted(url)}${withFields(parameters)}`, were);
}

/** Of what there was, that which was asked about. */
function shown(wanted: object, found: object): string {
  const asked = Object.entries(found).filter(([name]) => name in wanted);
  return Object.keys(wanted).length > 0 ? ` with ${JSON.stringify(Object.fromEntries(asked))}` : '';
}

const withFields = (fields: object) => (Object.keys(fields).length > 0 ? ` with ${JSON.stringify(fields)}` : '');

/** A path means a URL with any host, and any query unless it has one. */
function means(url: string, wanted: Text): boolean {
  if (wanted instanceof RegExp) return wanted.test(url);
  if (url === wanted) return true;
  const parsed = URL.parse(url);
  return parsed !== null && (parsed.pathname === wanted || parsed.pathname + parsed.search === wanted);
}

/** The parameters of a request: those of its body, and those of its query. */
function fieldsOf({ url, body }: FlowExchange): object {
  return { ...Object.fromEntries(new URL(url).searchParams), ...parametersOf(body) };
}
