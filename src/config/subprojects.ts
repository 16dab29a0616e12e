/** Projects below others: those that the configuration names, and those that an API has made, which the store keeps. */
import type { ResourceRecord } from '../records/resource.ts';
import type { Store } from '../store/store.ts';

/** `suspended` makes and takes no calls; `closed` never again, and has no numbers any more. */
export const statuses = ['active', 'suspended', 'closed'] as const;

export interface Subproject {
  id: string;
  parent: string;
  status: (typeof statuses)[number];
  /** When it was made; one that the configuration names has always been there. */
  createTime: number;
  /** What the store has of one that an API has made; absent: the configuration names it. */
  record?: ResourceRecord;
}

export const subprojectKind = 'subproject';

/** What is kept of one that an API has made. */
export interface SubprojectBody {
  status: Subproject['status'];
}

interface Named {
  id: string;
  parent?: string | undefined;
}

/** Who is below whom. What the configuration says of a project counts, whatever an API has made under its name. */
export class Subprojects {
  readonly #store: Pick<Store, 'resourceNamed' | 'findResources'>;
  #configured = new Map<string, string | undefined>();

  constructor(store: Pick<Store, 'resourceNamed' | 'findResources'>) {
    this.#store = store;
  }

  replace(projects: readonly Named[]): void {
    this.#configured = new Map(projects.map(({ id, parent }) => [id, parent]));
  }

  /** Undefined for a project that is below no other, or that nobody knows. */
  get(id: string): Subproject | undefined {
    if (this.#configured.has(id)) return configured(id, this.#configured.get(id));
    const record = this.#store.resourceNamed(subprojectKind, id);
    return record && made(record);
  }

  /** Those below a project: what the configuration names first, then the newest. */
  *of(parent: string): Iterable<Subproject> {
    for (const [id, above] of this.#configured) if (above === parent) yield configured(id, above)!;
    for (let after: ResourceRecord | undefined; ; ) {
      const limit = 100;
      const piece = this.#store.findResources({ kind: subprojectKind, project: parent, after, limit });
      for (const record of piece) if (!this.#configured.has(record.id)) yield made(record);
      after = piece.at(-1);
      if (piece.length < limit) return;
    }
  }

  /** The project whose limits, rates, permissions and keys count for this one: its own unless it is below another. */
  payerOf = (id: string): string => {
    const above = this.get(id)?.parent;
    return above === undefined ? id : this.payerOf(above);
  };
}

const configured = (id: string, parent: string | undefined): Subproject | undefined =>
  parent === undefined ? undefined : { id, parent, status: 'active', createTime: 0 };

const made = (record: ResourceRecord): Subproject => {
  const { id, project: parent, body, createTime } = record;
  return { id, parent, status: (body as SubprojectBody).status, createTime, record };
};
