/** What is kept of accounts: their names, and those that were made here (LaML 6.7). */
import { type Subproject, type SubprojectBody, statuses, subprojectKind } from '../../config/subprojects.ts';
import type { Changed } from '../../records/changed.ts';
import type { ResourceRecord } from '../../records/resource.ts';
import { kinds } from '../enfonica/resources.ts';
import { settingsKind } from './number-records.ts';
import { invalid } from './refusal.ts';
import type { Asked, Context } from './route.ts';
import { type Field, friendlyName, readFields, type Values } from './settings-fields.ts';

const kind = 'lamlAccount';

const nameField = { FriendlyName: friendlyName } as const satisfies Record<string, Field>;

/** So many that are not closed may be below one project. */
export const mostBelow = 1000;

export interface Account {
  id: string;
  createTime: number;
  updateTime: number;
  name: string;
  below: Subproject | undefined;
}

export function accountOf({ store, subprojects }: Context, id: string): Account {
  const kept = store.resource(kind, id, 'account');
  const { friendly_name = id, _updated } = (kept?.body ?? {}) as Values;
  const below = subprojects.get(id);
  const createTime = below?.record?.createTime ?? kept?.createTime ?? 0;
  return { id, createTime, updateTime: Number(_updated ?? createTime), name: friendly_name, below };
}

/** The account of whoever asks, and those below it: the newest first. */
export const accountsOf = ({ context, project }: Asked): Account[] =>
  [project, ...[...context.subprojects.of(project)].map(({ id }) => id)]
    .map((id) => accountOf(context, id))
    .sort((one, other) => other.createTime - one.createTime || (one.id < other.id ? 1 : -1));

/** How an account is called from now on; also says when it changed. */
export function renamed({ context, form }: Pick<Asked, 'context' | 'form'>, id: string, usual?: Values): Changed {
  const now = context.clock.now();
  const before = context.store.resource(kind, id, 'account');
  const named = readFields(nameField, form, { ...usual, ...(before?.body as Values | undefined) });
  const body = { ...named, _updated: String(now) };
  return resource({ kind, project: id, id: 'account', body, createTime: before?.createTime ?? now });
}

/** One that begins now. */
export function made({ clock }: Context, parent: string, id: string): Changed {
  const body: SubprojectBody = { status: 'active' };
  return resource({ kind: subprojectKind, project: parent, id, name: id, body, createTime: clock.now() });
}

/** What changes with the status that the form wants: whoever is closed has no numbers any more, and stays closed. */
export function changedStatus({ context, form, project }: Asked): Changed[] {
  const status = form.choice('Status', statuses, 10000);
  const below = context.subprojects.get(project);
  if (status === undefined || status === (below?.status ?? 'active')) return [];
  if (!below?.record) throw invalid('Status cannot be changed: the account is set up by the configuration');
  if (below.status === 'closed') throw invalid('the account is closed, and stays so');
  const body: SubprojectBody = { status };
  return [resource({ ...below.record, body }), ...(status === 'closed' ? givenBack(context, project) : [])];
}

function givenBack({ store, clock }: Context, project: string): Changed[] {
  const changes: Changed[] = [];
  for (let after: ResourceRecord | undefined; ; ) {
    const piece = store.findResources({ kind: kinds.number, project, after, limit: 1000 });
    for (const number of piece) {
      const settings = store.resource(settingsKind, project, number.id);
      changes.push(resource({ ...number, deleteTime: clock.now() }));
      if (settings) changes.push({ type: 'resource', record: settings, deleted: true });
    }
    after = piece.at(-1);
    if (piece.length < 1000) return changes;
  }
}

const resource = (record: ResourceRecord): Changed => ({ type: 'resource', record });
