/** Calls: made, shown, listed, deleted (LaML 6.3). */
import type { CallRecord } from '../../records/call.ts';
import type { CallFilter } from '../../store/store.ts';
import { toCallJson } from '../../vendors/signalwire/call-json.ts';
import { type RestStatus, restStatus, statesOf } from '../../vendors/signalwire/call-status.ts';
import { shownFrom, shownTo } from '../../vendors/signalwire/parameters.ts';
import { idOf } from '../../vendors/signalwire/sids.ts';
import { ready } from '../setup.ts';
import { updateCall, updateParameters } from './call-update.ts';
import { between } from './date-filter.ts';
import type { Form } from './form.ts';
import { given, pageOf } from './gives.ts';
import { callOf } from './lookup.ts';
import { newCallOf, newCallParameters } from './new-call.ts';
import { numberIdIn } from './number-records.ts';
import { listed, pageParameters, sieved } from './paging.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

/** With the number of ours that it came in by, or shows. */
function showCall({ context, project, sids }: Asked, call: CallRecord): object {
  const address = call.direction === 'incoming' ? call.to : call.from;
  return toCallJson(call, sids, numberIdIn(context.store, project, address));
}

/** Makes a call, and shows it as it was made: it may have begun meanwhile. */
export async function makeCall(
  asked: Asked,
  call: Parameters<Asked['context']['engine']['create']>[0],
): Promise<CallRecord> {
  const { engine, store } = asked.context;
  ready(store);
  const id = engine.create(call);
  const made = engine.now(id);
  await engine.committed();
  const record = made ?? store.call(id);
  if (!record) throw notFound('the call');
  return record;
}

const hasEnded = ({ endTime }: CallRecord) => endTime !== undefined;

const statuses = Object.keys(statesOf) as RestStatus[];

type TimeFilter = Extract<CallFilter, { value: number }>;

/** A call that is shown as queued has no time at which it began. */
const notQueued: CallFilter = {
  any: [
    { field: 'state', op: '!=', value: 'starting' },
    { field: 'direction', op: '=', value: 'incoming' },
  ],
};

/** Whoever is shown so is called so, or is a client of this name; callers who are not shown are nobody that can be asked for. */
function partyOf(form: Form, name: 'To' | 'From'): CallFilter[] {
  const shown = form.text(name);
  if (shown === undefined || shown === 'anonymous') return [];
  const field = name === 'To' ? 'to' : 'from';
  return [{ any: [shown, shown.replace(/^client:/, '')].map((value) => ({ field, op: '=', value }) as const) }];
}

/** What the store can tell apart; the rest is sieved. */
function filterOf(form: Form): CallFilter {
  const parent = form.text('ParentCallSid');
  const status = form.choice('Status', statuses, 10000);
  const times = (['StartTime', 'EndTime'] as const).flatMap((name): TimeFilter[] => {
    const field = name === 'StartTime' ? 'startTime' : 'endTime';
    const { from, before } = between(form, name) ?? {};
    return [
      ...(from === undefined ? [] : [{ field, op: '>=', value: from } as const]),
      ...(before === undefined ? [] : [{ field, op: '<', value: before } as const]),
    ];
  });
  return {
    all: [
      ...(parent === undefined ? [] : [{ field: 'originatingCall', op: '=', value: idOf(parent) ?? '-' } as const]),
      ...(status === undefined
        ? []
        : [{ any: statesOf[status].map((value) => ({ field: 'state', op: '=', value }) as const) }]),
      ...partyOf(form, 'To'),
      ...partyOf(form, 'From'),
      ...(times.some(({ field }) => field === 'startTime') ? [notQueued] : []),
      ...times,
    ],
  };
}

/** By what is shown of a call. */
function isWanted(form: Form): (call: CallRecord) => boolean {
  const [to, from, status] = [form.text('To'), form.text('From'), form.choice('Status', statuses, 10000)];
  return (call) =>
    (to === undefined || shownTo(call) === to) &&
    (from === undefined || shownFrom(call) === from) &&
    (status === undefined || restStatus(call) === status);
}

const create: Route = {
  id: 'calls.create',
  method: 'POST',
  path: '/Accounts/:account/Calls',
  permission: 'voice.calls.create',
  summary: 'Makes a call',
  parameters: newCallParameters,
  answers: 'The call, queued.',
  gives: given('Call'),
  answer: async (asked) => showCall(asked, await makeCall(asked, newCallOf(asked))),
};

const list: Route = {
  id: 'calls.list',
  method: 'GET',
  path: '/Accounts/:account/Calls',
  permission: 'voice.calls.list',
  summary: 'Lists calls, the newest first',
  parameters: {
    To: 'Who was called.',
    From: 'Who called.',
    ParentCallSid: 'The call that made them.',
    Status: statuses.join(', '),
    StartTime: 'The day or moment on which they began; `StartTime<` and `StartTime>` are until and since.',
    EndTime: 'The same of their ends.',
    ...pageParameters,
  },
  answers: 'A page of `calls`.',
  gives: pageOf('calls', 'Call'),
  answer: (asked) => {
    const { context, project, form } = asked;
    const filter = filterOf(form);
    const find = (piece: { after: { createTime: number; id: string } | undefined; limit: number }) =>
      context.store.findCalls({ project, filter, ...piece });
    const needsMore = ['To', 'From', 'Status'].some((name) => form.text(name) !== undefined);
    return listed<CallRecord>(asked, {
      key: 'calls',
      find: needsMore ? sieved(find, isWanted(form)) : find,
      show: (call) => showCall(asked, call),
    });
  },
};

const path = '/Accounts/:account/Calls/:call';

const get: Route = {
  id: 'calls.get',
  method: 'GET',
  path,
  permission: 'voice.calls.get',
  summary: 'Shows a call',
  answers: 'The call.',
  gives: given('Call'),
  answer: async (asked) => {
    const { engine, store } = asked.context;
    const call = callOf(asked);
    // Nothing is told that could still be lost.
    await engine.committed();
    const isOver = engine.now(call.id) === undefined;
    return showCall(asked, (isOver ? store.call(call.id) : undefined) ?? call);
  },
};

const update: Route = {
  id: 'calls.update',
  method: 'POST',
  path,
  permission: 'voice.calls.update',
  summary: 'Ends a call, or gives it another document',
  parameters: updateParameters,
  answers: 'The call.',
  gives: given('Call'),
  answer: async (asked) => showCall(asked, await updateCall(asked)),
};

const remove: Route = {
  id: 'calls.delete',
  method: 'DELETE',
  path,
  permission: 'voice.calls.delete',
  summary: 'Deletes a call that has ended',
  status: 204,
  answers: 'Nothing.',
  answer: async (asked) => {
    const live = callOf(asked);
    await asked.context.engine.committed();
    await asked.context.setup.change(() => {
      const record = asked.context.store.call(live.id);
      if (!record) throw notFound('the call');
      if (!hasEnded(record)) throw new Refusal(20009, 'the call has not ended: it cannot be deleted', 422);
      return { changes: [{ type: 'call', record, deleted: true }], answer: undefined };
    });
  },
};

export const calls = [create, list, get, update, remove];
