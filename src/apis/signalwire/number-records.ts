/**
 * Numbers of a project, as this API knows them. Whose a number is says the one record that all APIs share; what calls to
 * it run here stands in a record beside it, which counts only as long as the number is the same project's.
 */
import type { ResourceRecord } from '../../records/resource.ts';
import type { Store } from '../../store/store.ts';
import { isE164 } from '../../verbs/addresses.ts';
import { kinds } from '../enfonica/resources.ts';

export const settingsKind = 'lamlNumber';

/** What can be set up of a number: names and values are the vendor's, in the snake case of its answers. */
export type NumberSettings = Readonly<Record<string, string>>;

/** The id of a number: its digits, as long as ids are. */
export const numberId = (number: string): string => number.slice(1).padStart(28, 'f');

/** The number of an id. */
export const numberOf = (id: string): string | undefined => {
  const number = `+${id.replace(/^f+/, '')}`;
  return id.length === 28 && isE164(number) ? number : undefined;
};

/** The record of a number that the project has. */
export function instanceOf(store: Store, project: string, number: string): ResourceRecord | undefined {
  const found = store.resourceNamed(kinds.number, number);
  return found?.project === project ? found : undefined;
}

export const ownsNumber = (store: Store, project: string, number: string): boolean =>
  instanceOf(store, project, number) !== undefined || isInRange(store, project, number);

const isInRange = (store: Store, project: string, number: string): boolean =>
  store.resourceNamed(kinds.rangeNumber, number)?.project === project;

export function numberIdIn(store: Store, project: string, address: string): string | undefined {
  return isE164(address) && instanceOf(store, project, address) ? numberId(address) : undefined;
}

/** What calls to the number run here; of one that was given back and taken again, nothing. */
export function settingsOf(store: Store, instance: ResourceRecord): NumberSettings {
  const settings = store.resource(settingsKind, instance.project, instance.id);
  const counts = settings?.createTime === instance.createTime && settings.deleteTime === undefined;
  return counts ? (settings.body as NumberSettings) : {};
}

/** The settings beside an instance. */
export const settingsRecord = ({ project, id, createTime }: ResourceRecord, body: NumberSettings): ResourceRecord => ({
  kind: settingsKind,
  project,
  id,
  body,
  createTime,
});
