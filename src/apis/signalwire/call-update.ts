/** What an API does to a call that exists, by the state it is in at that moment (LaML 6.3). */
import type { Act, CallChange } from '../../journal/act.ts';
import type { CallRecord } from '../../records/call.ts';
import { ready } from '../setup.ts';
import { programOf, writtenDocument } from './documents.ts';
import { hasEnded } from './ended.ts';
import { callOf } from './lookup.ts';
import { invalid, notInProgress } from './refusal.ts';
import type { Asked } from './route.ts';

export const updateParameters = {
  Status: 'canceled: before it is answered; completed: at any time.',
  Url: 'Asked for a document, which interrupts what the call is doing.',
  Method: 'GET or POST (unless given).',
  Twiml: 'The document itself, instead of Url; Laml is the same.',
  FallbackUrl: 'Asked when no document can be had.',
  FallbackMethod: 'GET or POST (unless given).',
  StatusCallback: 'Hears of its states from now on.',
  StatusCallbackMethod: 'GET or POST (unless given).',
  TimeLimit: 'For how many seconds it may last, from its answer on.',
};

/** Everything is checked before anything is done. */
export async function updateCall(asked: Asked): Promise<CallRecord> {
  const { context, form } = asked;
  const { engine, store } = context;
  ready(store);
  const call = callOf(asked);
  const { id } = call;
  const status = form.choice('Status', ['canceled', 'completed'], 10000);
  const program = programAct(asked);
  const change = changeOf(asked);

  if (status !== undefined) endable(call, status);
  else if (program && (call.state !== 'inProgress' || engine.isEnding(id))) throw notInProgress();
  else if (call.endTime !== undefined || engine.isEnding(id))
    throw invalid('the call has ended: nothing can be changed in it');

  if (Object.keys(change).length > 0) engine.act(id, { type: 'act.change', change });
  if (status !== undefined) {
    engine.act(id, { type: 'act.hangUp' });
    return ending(asked, id);
  }
  if (program && !engine.act(id, program)) throw notInProgress();
  const now = engine.now(id);
  await engine.committed();
  return now ?? store.call(id) ?? call;
}

/** Its leg goes in a moment, and the answer waits for that; of a network that takes its time, it says what will be. */
async function ending({ context }: Asked, id: string): Promise<CallRecord> {
  const call = await hasEnded(context, id);
  return call.endTime === undefined
    ? { ...call, state: call.state === 'inProgress' ? 'completed' : 'canceled', endedBy: 'api' }
    : call;
}

function endable({ state, endTime }: CallRecord, status: 'canceled' | 'completed'): void {
  if (endTime !== undefined) throw invalid('the call has ended');
  if (status === 'canceled' && state === 'inProgress') throw invalid('the call has been answered: it can be completed');
}

function programAct({ form }: Asked): Act | undefined {
  const url = form.asked('Url', { method: 'Method', code: 21402 });
  const document = writtenDocument(form);
  if (document === undefined) return url && { type: 'act.redirect', urls: [url] };
  if (url) throw invalid('Url and a document exclude each other');
  return { type: 'act.replace', program: programOf(document) };
}

function changeOf({ form }: Asked): CallChange {
  const fallback = form.asked('FallbackUrl', { method: 'FallbackMethod' });
  const stateCallback = form.asked('StatusCallback', { code: 21456 });
  const seconds = form.integer('TimeLimit', [1, 86_400], 10000);
  return {
    ...(fallback && { fallback }),
    ...(stateCallback && { stateCallback }),
    ...(seconds !== undefined && { maxMs: seconds * 1000 }),
  };
}
