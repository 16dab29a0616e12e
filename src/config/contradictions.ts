/** What no single field of a configuration shows. */
import { addressRanges } from '../http/address.ts';
import { createGuard } from '../http/guard.ts';
import { createProxy, noProxyExpected } from '../http/proxy.ts';
import type { Complaint, Path } from '../replay/shape.ts';
import type { Config } from './config.ts';

const guardExpected = `${addressRanges.join(', ')}, an address, or a block such as 10.20.0.0/16`;

/** Everything in a configuration that is understood, and cannot be. */
export function contradictions(config: Config): Complaint[] {
  const { projects = {}, urlGuard, proxy } = config;
  const found: Complaint[] = [];
  found.push(
    ...refused(['urlGuard', 'allow'], urlGuard?.allow, guardExpected, (entry) => createGuard({ allow: [entry] })),
    ...refused(['proxy', 'noProxy'], proxy?.noProxy, noProxyExpected, (entry) =>
      createProxy({ url: 'http://any.example', noProxy: [entry] }),
    ),
  );
  found.push(...wrongParents(projects));
  for (const kind of ['numbers', 'sipDomains'] as const) found.push(...takenTwice(projects, kind));
  return [...found, ...spendWithoutRates(config)];
}

/** What counts for a subproject is its parent's. */
const ofParents = ['signingKeys', 'limits', 'rates', 'outgoing'] as const;

/** Projects have subprojects, which have none. */
function wrongParents(projects: NonNullable<Config['projects']>): Complaint[] {
  return Object.entries(projects).flatMap(([id, { parent, ...project }]) => {
    if (parent === undefined) return [];
    const path = ['projects', id];
    const wrong = wrongParent(projects, id, parent);
    return [
      ...(wrong ? [{ path: [...path, 'parent'], ...wrong }] : []),
      ...ofParents
        .filter((key) => project[key] !== undefined)
        .map((key) => ({ path: [...path, key], found: `${key} beside parent`, expected: `those of ${parent}` })),
    ];
  });
}

function wrongParent(projects: NonNullable<Config['projects']>, id: string, parent: string) {
  if (!Object.hasOwn(projects, parent)) return { found: JSON.stringify(parent), expected: 'a project that is there' };
  if (parent === id) return { found: 'itself', expected: 'another project' };
  const above = projects[parent]?.parent;
  if (above === undefined) return undefined;
  return { found: `${parent}, a subproject of ${above}`, expected: 'a project that is no subproject itself' };
}

/** What is spent cannot be counted when nobody has said what calls cost. */
function spendWithoutRates({ projects = {}, rates }: Config): Complaint[] {
  return Object.entries(projects).flatMap(([id, { limits = {}, rates: own = rates }]) =>
    (['spendPerDay', 'spendPerFamily'] as const)
      .filter((limit) => limits[limit] !== undefined && own === undefined)
      .map((limit) => ({
        path: ['projects', id, 'limits', limit],
        found: 'no rates',
        expected: 'rates, by which what is spent is counted',
      })),
  );
}

/** Entries of a list that whoever needs them would not take. */
function refused(path: Path, entries: readonly string[] = [], expected: string, use: (entry: string) => unknown) {
  return entries.flatMap((entry, index): Complaint[] => {
    try {
      use(entry);
      return [];
    } catch {
      return [{ path: [...path, index], found: JSON.stringify(entry), expected }];
    }
  });
}

function takenTwice(projects: NonNullable<Config['projects']>, kind: 'numbers' | 'sipDomains'): Complaint[] {
  const owners = new Map<string, string>();
  return Object.entries(projects).flatMap(([id, one]) =>
    Object.keys(one[kind] ?? {}).flatMap((name) => {
      const owner = owners.get(name);
      owners.set(name, owner ?? id);
      if (owner === undefined) return [];
      return [
        { path: ['projects', id, kind, name], found: `${name}, which ${owner} has`, expected: 'one project for each' },
      ];
    }),
  );
}
