import type { QueueRecord } from '../records/queue.ts';
import type { ResourceRecord } from '../records/resource.ts';
import type { Page, Store } from '../store/store.ts';
import type { Ledger } from './ledger.ts';

const kind = 'queue';

interface Body {
  name: string;
  max?: number;
  updateTime: number;
}

/** The queues of all projects, whether anybody waits in them or not: they outlive the process. */
export class QueueRecords {
  readonly #store: Store;
  readonly #ledger: Ledger;
  /** What has changed and is not committed: by project and name, and nothing where one has gone. */
  readonly #fresh = new Map<string, QueueRecord | undefined>();

  constructor(store: Store, ledger: Ledger) {
    this.#store = store;
    this.#ledger = ledger;
  }

  named(project: string, name: string): QueueRecord | undefined {
    const key = keyOf(project, name);
    if (this.#fresh.has(key)) return this.#fresh.get(key);
    const resource = this.#store.resourceNamed(kind, key);
    return resource && toQueue(resource);
  }

  get(project: string, id: string): QueueRecord | undefined {
    for (const queue of this.#fresh.values()) if (queue?.id === id && queue.project === project) return queue;
    const resource = this.#store.resource(kind, project, id);
    const queue = resource && toQueue(resource);
    // It may have been given another name, or have gone, a moment ago.
    return queue && this.named(project, queue.name)?.id === id ? queue : undefined;
  }

  /** The newest first. */
  list(project: string, page: Page): readonly QueueRecord[] {
    return this.#store.findResources({ kind, project, ...page }).map(toQueue);
  }

  keep(queue: QueueRecord, before?: QueueRecord): void {
    if (before && before.name !== queue.name) this.#set(keyOf(before.project, before.name), undefined);
    this.#set(keyOf(queue.project, queue.name), queue);
    this.#ledger.change({ type: 'resource', record: toResource(queue) });
  }

  remove(queue: QueueRecord): void {
    this.#set(keyOf(queue.project, queue.name), undefined);
    this.#ledger.change({ type: 'resource', record: toResource(queue), deleted: true });
  }

  #set(key: string, queue: QueueRecord | undefined): void {
    this.#fresh.set(key, queue);
    this.#ledger.after(() => {
      if (this.#fresh.get(key) === queue) this.#fresh.delete(key);
    });
  }
}

/** Names are unique in a project, and those of resources everywhere. */
const keyOf = (project: string, name: string): string => `${project}/${name}`;

function toQueue({ id, project, body, createTime }: ResourceRecord): QueueRecord {
  const { name, max, updateTime } = body as Body;
  return { id, project, name, createTime, updateTime, ...(max !== undefined && { max }) };
}

function toResource({ id, project, name, max, createTime, updateTime }: QueueRecord): ResourceRecord {
  const body: Body = { name, updateTime, ...(max !== undefined && { max }) };
  return { kind, id, project, name: keyOf(project, name), body, createTime };
}
