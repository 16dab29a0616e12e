import type { Project } from './settings.ts';
import type { Subproject } from './subprojects.ts';

/** Premium rate and satellite numbers, by which fraud earns: North America, United Kingdom, Australia, international. */
export const expensive: readonly string[] = [
  ...['+1900', '+1976', '+449', '+44871', '+6119'],
  ...['+979', '+870', '+881', '+882', '+883'],
];

/** Why a project may not call this number; undefined when it may. Among beginnings that fit, the longest decides. */
export function refusalOf(project: Project | undefined, to: string): string | undefined {
  if (!project || !to.startsWith('+')) return undefined;
  const { id, mayCall, mayNotCall } = project;
  const allowed = longest(mayCall, to);
  const refused = longest(mayNotCall, to);
  if (allowed === undefined) return `${id} may call only numbers that begin with ${mayCall.join(', ')}`;
  if (refused === undefined || allowed.length > refused.length) return undefined;
  return `${id} may not call numbers that begin with ${refused}`;
}

/** Why nobody may be called for a subproject, whatever the number; undefined when somebody may. */
export const refusalOfSubproject = (subproject: Subproject | undefined): string | undefined =>
  subproject && subproject.status !== 'active' ? `${subproject.id} is ${subproject.status}` : undefined;

const longest = (beginnings: readonly string[], to: string) =>
  beginnings.filter((one) => to.startsWith(one)).sort((one, other) => other.length - one.length)[0];
