/** What an API does to a call that exists, by the state it is in at that moment (LaML 6.3). */
import type { CallChange } from '../../journal.ts';
import type { CallRecord } from '../../records.ts';
import { givenDocument, programOf } from './documents.ts';
import { callOf } from './lookup.ts';
import { invalid, notInProgress } from './refusal.ts';
import type { Asked } from './route.ts';

export const updateParameters = {
  Status: 'canceled: before it is answered; completed: at any time.',
  Url: 'Asked for a document, which interrupts what the call is doing.',
  Method: 'GET or POST (unless given).',
  Twiml: 'The document itself; Laml is the same.',
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
  const call = callOf(asked);
  const { id } = call;
  const status = form.choice('Status', ['canceled', 'completed'], 10000);
  const change = changeOf(asked);
  const document = givenDocument(form);
  const program = document === undefined ? undefined : programOf(document);
  const url = form.asked('Url', { method: 'Method', code: 21402 });

  if (status !== undefined) endable(call, status);
  else if ((url || program) && call.state !== 'inProgress') throw notInProgress();
  else if (call.endTime !== undefined) throw invalid('the call has ended: nothing can be changed in it');

  if (Object.keys(change).length > 0) engine.act(id, { type: 'act.change', change });
  if (status !== undefined) engine.act(id, { type: 'act.hangUp' });
  else if (url) engine.act(id, { type: 'act.redirect', urls: [url] });
  else if (program) engine.act(id, { type: 'act.replace', program });
  const now = engine.now(id);
  await engine.committed();
  const shown = now ?? store.call(id) ?? call;
  return status === undefined ? shown : ending(shown);
}

/** Its leg goes in a moment; who has ended it is told so at once. */
const ending = (call: CallRecord): CallRecord =>
  call.endTime === undefined
    ? { ...call, state: call.state === 'inProgress' ? 'completed' : 'canceled', endedBy: 'api' }
    : call;

function endable({ state, endTime }: CallRecord, status: 'canceled' | 'completed'): void {
  if (endTime !== undefined) throw invalid('the call has ended');
  if (status === 'canceled' && state === 'inProgress') throw invalid('the call has been answered: it can be completed');
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
