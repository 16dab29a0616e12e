import type { Callee, Caller } from '../testkit/caller.ts';
import type { Rehearsal } from '../testkit/rehearsal.ts';

/** How a request to the application is made to fail. */
export type Failing = 'timeout' | 'status 500' | 'refused';

/** One thing that happens in a call that is explored, as data: somebody's deed, nobody's, or a request that fails. */
export type ExploreAct =
  /** Keys; then nothing, until they have been taken. */
  | { does: 'press'; who: string; keys: string }
  /** Words; then nothing, until they have been taken, or these keys. */
  | { does: 'say'; who: string; text: string; then?: string }
  /** Nobody says or presses anything until the application goes on by itself. */
  | { does: 'wait' }
  | { does: Deed; who: string }
  /** The n-th request for a document fails, counted from the beginning of the call. */
  | { does: 'fail'; request: number; how: Failing };

/** What needs no details. */
type Deed = 'hangUp' | 'answer' | 'machine' | 'busy' | 'decline' | 'ringOut' | 'unreachable' | 'invalid';

/** What happens in one call, from its beginning on. */
export type ExploreScript = readonly ExploreAct[];

export const message = 'Hello, please call me back. Thank you.';
const greeting = 'You have reached the mailbox of somebody who is not here. Please leave a message after the tone.';

const deeds: Readonly<Record<Deed, string>> = {
  hangUp: 'hangs up',
  answer: 'answers',
  machine: 'is a machine that answers',
  busy: 'is busy',
  decline: 'declines',
  ringOut: 'rings out',
  unreachable: 'cannot be reached',
  invalid: 'is not a valid number',
};

const failings: Readonly<Record<Failing, string>> = {
  timeout: 'is not answered in time',
  'status 500': 'is answered with status 500',
  refused: 'is refused',
};

/** An act as a person would say it; the caller is not named. */
export function wordsOf(act: ExploreAct): string {
  if (act.does === 'wait') return 'wait';
  if (act.does === 'fail') return `request ${act.request} ${failings[act.how]}`;
  const who = act.who === 'caller' ? '' : `${act.who} `;
  if (act.does === 'press') return who === '' ? `press ${act.keys}` : `${who}presses ${act.keys}`;
  if (act.does === 'say') {
    const then = act.then === undefined ? '' : `, then press ${act.then}`;
    return `${who === '' ? 'say' : `${who}says`} "${act.text}"${then}`;
  }
  return who === '' ? deeds[act.does].replace('hangs', 'hang') : who + deeds[act.does];
}

/** A whole script in one line. */
export const scriptInWords = (script: ExploreScript): string =>
  script.length === 0 ? 'just call' : script.map(wordsOf).join(', ');

/** Nobody does anything at the very moment at which they can: so scripts keep their order when they are replayed. */
const aMomentSeconds = 0.2;

/** Does what an act says. */
export async function perform(act: ExploreAct, rehearsal: Rehearsal, caller: Caller): Promise<void> {
  if (act.does === 'fail') return;
  if (act.does === 'wait') return rehearsal.untilSomethingHappens();
  await rehearsal.wait(aMomentSeconds);
  const speaker = act.who === 'caller' ? caller : rehearsal.callee(act.who);
  if (act.does === 'press') await speaker.presses(act.keys);
  else if (act.does === 'say') {
    await speaker.says(act.text);
    if (act.then !== undefined && !speaker.hasHungUp) await speaker.presses(act.then);
  } else if (act.does === 'hangUp') await speaker.hangsUp();
  else await decide(act.does, rehearsal.callee(act.who));
}

async function decide(deed: Exclude<Deed, 'hangUp'>, callee: Callee): Promise<void> {
  switch (deed) {
    case 'answer':
      await callee.answers();
      break;
    case 'machine':
      await callee.answers();
      if (!callee.hasHungUp) await callee.says(greeting);
      break;
    case 'busy':
      await callee.isBusy();
      break;
    case 'decline':
      await callee.declines();
      break;
    case 'ringOut':
      await callee.letsItRing();
      break;
    case 'unreachable':
      await callee.fails('unreachable');
      break;
    case 'invalid':
      await callee.fails('invalidNumber');
  }
}
