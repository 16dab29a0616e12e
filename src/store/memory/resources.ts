import type { ResourceRecord } from '../../records/resource.ts';
import type { ResourceQuery } from '../store.ts';
import { newestFirst } from './newest-first.ts';

const keyOf = (kind: string, project: string, id: string) => `${kind}\0${project}\0${id}`;

/** What is set up for projects. */
export class Resources {
  readonly #all = new Map<string, ResourceRecord>();
  readonly #named = new Map<string, ResourceRecord>();

  keep(record: ResourceRecord, deleted: boolean): void {
    const { kind, project, id, name, deleteTime } = record;
    const key = keyOf(kind, project, id);
    const before = this.#all.get(key);
    if (before?.name !== undefined && this.named(kind, before.name) === before)
      this.#named.delete(`${kind}\0${before.name}`);
    if (deleted) this.#all.delete(key);
    else this.#all.set(key, record);
    if (name !== undefined && deleteTime === undefined && !deleted) this.#named.set(`${kind}\0${name}`, record);
  }

  get(kind: string, project: string, id: string): ResourceRecord | undefined {
    return this.#all.get(keyOf(kind, project, id));
  }

  named(kind: string, name: string): ResourceRecord | undefined {
    return this.#named.get(`${kind}\0${name}`);
  }

  find(query: ResourceQuery): ResourceRecord[] {
    const { kind, project, parent, prefix, deleted } = query;
    return newestFirst(
      this.#all.values(),
      query,
      (record) =>
        record.kind === kind &&
        record.project === project &&
        (parent === undefined || record.parent === parent) &&
        (deleted || record.deleteTime === undefined) &&
        (prefix === undefined || record.name?.startsWith(prefix) === true),
    );
  }
}
