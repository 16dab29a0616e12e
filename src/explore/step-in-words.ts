import type { JournalEntry } from '../journal/journal.ts';
import type { Followed, Following } from './following.ts';
import type { Ending, Place } from './graph.ts';
import { pathOf } from './path-of.ts';
import type { Step } from './walk.ts';

/** What the caller heard in a step: what is said, files by their names; what is repeated once. */
export function heardIn({ heard }: Step): string[] {
  const sounds = (heard.get('caller') ?? []).filter(({ kind }) => kind !== 'keys');
  const texts = sounds.map(({ kind, text }) => (kind === 'audio' && URL.canParse(text) ? pathOf(text) : text));
  return texts.filter((text, index) => text !== texts[index - 1]);
}

/** What happened in a step beside that, a line each. */
export function toldIn({ entries }: Step, following: Following): string[] {
  return entries.flatMap((entry) => told(entry, following));
}

function told({ input, output, subject }: JournalEntry, following: Following): string[] {
  if (input?.type === 'handler.attempted') {
    const { method, url, status, code } = input.attempt;
    const { pathname, search } = URL.parse(url) ?? { pathname: url, search: '' };
    return [`${method} ${pathname}${search}${code === undefined ? '' : ` (${status ?? code})`}`];
  }
  if (output?.type === 'originated') return [`calls ${output.to}`];
  if (output?.type === 'bridge.entered' && output.with.length > 0) return [joined(output.with, following)];
  if (output?.type === 'recording.began') return ['records'];
  if (output?.type === 'queue.entered') return ['waits in a queue'];
  if (output?.type === 'fax.received') return ['receives a fax'];
  if (
    output?.type === 'call.changed' &&
    output.record.errorCode !== undefined &&
    following.calls.get(subject)?.name === 'caller'
  )
    return [`error ${output.record.errorCode}`];
  return [];
}

const joined = (ids: readonly string[], { calls }: Following): string =>
  `talks to ${ids.map((id) => calls.get(id)?.name ?? 'somebody').join(' and ')}`;

const verbs: Partial<Record<string, string>> = {
  record: 'is recorded',
  enqueue: 'waits in a queue',
  conference: 'is in a conference',
  connect: 'is connected to an application',
  echo: 'hears an echo',
};

/** What a call waits for. */
export function waitsFor(following: Following): Pick<Place, 'waits' | 'arrived'> {
  const { live } = following;
  const ringing = live.filter(({ name, record }) => name !== 'caller' && record.answerTime === undefined);
  const caller = live.find(({ name }) => name === 'caller');
  const others = caller ? following.joinedWith(caller) : [];
  const asked = live.filter(({ doing }) => doing.at(-1)?.verb === 'gather');
  if (asked.length > 0) return { waits: asked.map(wanted).join(', '), arrived: false };
  if (ringing.length > 0)
    return { waits: `${namesOf(ringing)} ${ringing.length > 1 ? 'ring' : 'rings'}`, arrived: false };
  if (others.length > 0) return { waits: `talks to ${namesOf(others)}`, arrived: true };
  const verb = caller?.doing.findLast((one) => verbs[one.verb])?.verb;
  if (verb) return { waits: verbs[verb]!, arrived: true };
  return { waits: caller?.doing.at(-1) ? 'waits' : 'nothing goes on', arrived: false };
}

const namesOf = (calls: readonly Followed[]) => calls.map(({ name }) => name).join(', ');

function wanted({ name, doing }: Followed): string {
  const { instruction } = doing.at(-1) ?? {};
  const who = name === 'caller' ? '' : `${name}: `;
  if (instruction?.verb !== 'gather') return `${who}asked for a key`;
  const { maxDigits, keys, speech } = instruction;
  const pressed = keys === false ? [] : [maxDigits === 1 ? 'a key' : maxDigits > 99 ? 'digits' : `${maxDigits} digits`];
  return `${who}asked for ${[...pressed, ...(speech ? ['speech'] : [])].join(' or ')}`;
}

/** How the call of the caller came to its end. */
export function endingOf(following: Following): Ending {
  const record = [...following.calls.values()].find(({ name }) => name === 'caller')?.record;
  if (!record) return { ended: 'there is no call', failed: true };
  const { errorCode, state, endedBy, cause } = record;
  if (errorCode !== undefined && errorCode !== 'USER') return { ended: `fails: ${errorCode}`, failed: true };
  if (state === 'rejected' || state === 'busy') return { ended: `is refused (${state})`, failed: false };
  if (endedBy === 'network' && cause === 'noAnswer') return { ended: 'is never answered', failed: false };
  if (endedBy === 'farSide') return { ended: 'the caller hangs up', failed: false };
  return {
    ended: endedBy === 'network' ? 'ends by the network' : 'the application hangs up',
    failed: endedBy === 'network',
  };
}
