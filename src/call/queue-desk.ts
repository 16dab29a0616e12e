import { CallflowError } from '../errors.ts';
import type { Act, QueueAct } from '../journal/act.ts';
import type { QueueRecord } from '../records/queue.ts';
import type { Page } from '../store/store.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Ledger } from './ledger.ts';
import type { Member, Queues } from './queues.ts';

/** A queue, and how it stands with it at this moment. */
export interface QueueView extends QueueRecord {
  size: number;
  averageMs: number;
}

/** A call that waits, from position 1. */
export interface QueueMember {
  queue: string;
  call: string;
  position: number;
  since: number;
  waitedMs: number;
}

/** What somebody outside can know of the queues of a project, and do to them. What is not there is undefined. */
export interface QueueDesk {
  get(project: string, queue: string): QueueView | undefined;
  named(project: string, name: string): QueueView | undefined;
  /** The newest first. */
  list(project: string, page: Page): readonly QueueView[];
  /** Throws QUEUE_NAME_TAKEN. */
  create(project: string, name: string, max?: number): QueueView;
  /** `max: null`: any number. Throws QUEUE_NAME_TAKEN. */
  update(
    project: string,
    queue: string,
    change: Omit<Extract<QueueAct, { type: 'update' }>, 'type'>,
  ): QueueView | undefined;
  /** Throws QUEUE_NOT_EMPTY. */
  delete(project: string, queue: string): boolean;
  /** The first to be taken first. */
  members(project: string, queue: string): readonly QueueMember[] | undefined;
  /** The member of this call, or the one at the front. */
  member(project: string, queue: string, call: string | 'front'): QueueMember | undefined;
  /** Sends the call, or the one at the front, out of the queue and to another document. */
  redirect(
    project: string,
    queue: string,
    call: string | 'front',
    urls: readonly HandlerUrl[],
  ): QueueMember | undefined;
}

interface Parts {
  queues: Queues;
  ledger: Ledger;
  act(call: string, act: Act): boolean;
}

/** The desk of an engine. */
export function queueDesk({ queues, ledger, act }: Parts): QueueDesk {
  const { records } = queues;
  const view = (queue: QueueRecord): QueueView => ({
    ...queue,
    size: queues.membersOf(queue.id).length,
    averageMs: queues.averageMs(queue.id),
  });
  const shown = (member: Member, index: number): QueueMember => ({
    queue: member.queue.id,
    call: member.call.id,
    position: index + 1,
    since: member.since,
    waitedMs: ledger.now() - member.since,
  });
  const free = (project: string, name: string, except?: string) => {
    const other = records.named(project, name);
    if (other && other.id !== except)
      throw new CallflowError('QUEUE_NAME_TAKEN', `there is a queue ${JSON.stringify(name)} already`);
  };
  const note = ({ id, project }: QueueRecord, what: QueueAct) =>
    ledger.input(id, id, { type: 'queue.act', project, act: what });
  const members = (project: string, id: string) => records.get(project, id) && queues.membersOf(id).map(shown);
  const member = (project: string, id: string, call: string) =>
    members(project, id)?.find((one) => call === 'front' || one.call === call);

  return {
    get: (project, id) => {
      const queue = records.get(project, id);
      return queue && view(queue);
    },
    named: (project, name) => {
      const queue = records.named(project, name);
      return queue && view(queue);
    },
    list: (project, page) => records.list(project, page).map(view),
    create: (project, name, max) => {
      free(project, name);
      let made: QueueRecord | undefined;
      ledger.turn(() => {
        made = queues.make(project, name, max);
        note(made, { type: 'create', name, ...(max !== undefined && { max }) });
      });
      return view(made!);
    },
    update: (project, id, change) => {
      const { name, max } = change;
      const before = records.get(project, id);
      if (!before) return undefined;
      if (name !== undefined) free(project, name, id);
      const { max: limit, ...rest } = before;
      const to = max === undefined ? limit : (max ?? undefined);
      const now = {
        ...rest,
        name: name ?? before.name,
        updateTime: ledger.now(),
        ...(to !== undefined && { max: to }),
      };
      ledger.turn(() => {
        note(now, { type: 'update', ...change });
        records.keep(now, before);
      });
      return view(now);
    },
    delete: (project, id) => {
      const queue = records.get(project, id);
      if (!queue) return false;
      if (queues.membersOf(id).length > 0)
        throw new CallflowError('QUEUE_NOT_EMPTY', `calls wait in the queue ${JSON.stringify(queue.name)}`);
      ledger.turn(() => {
        note(queue, { type: 'delete' });
        records.remove(queue);
      });
      return true;
    },
    members,
    member,
    redirect: (project, id, call, urls) => {
      const found = member(project, id, call);
      if (found) act(found.call, { type: 'act.redirect', urls });
      return found;
    },
  };
}
