import type { Complaint, Path } from '../replay/shape.ts';

/** Who holds it, and where that stands in the configuration. */
interface Held {
  key: string;
  project: string;
  path: Path;
}

interface Holder {
  id: string;
  tokens: readonly { token: string }[];
  serviceAccounts: readonly { email: string }[];
}

/** Credentials that two projects have: whoever shows them could be either. */
export function sharedCredentials(projects: readonly Holder[]): Complaint[] {
  const heldBy = <T>(
    kind: 'tokens' | 'serviceAccounts',
    all: (project: Holder) => readonly T[],
    key: (one: T) => string,
  ) =>
    projects.flatMap((project) =>
      all(project).map(
        (one, index): Held => ({ key: key(one), project: project.id, path: ['projects', project.id, kind, index] }),
      ),
    );
  return [
    ...twice(
      heldBy(
        'tokens',
        ({ tokens }) => tokens,
        ({ token }) => token,
      ),
    ).map(([{ path }, first]) => ({
      path,
      found: `a token that ${first.project} has`,
      expected: 'a token of its own for each project',
    })),
    ...twice(
      heldBy(
        'serviceAccounts',
        (project) => project.serviceAccounts,
        ({ email }) => email,
      ),
    ).map(([{ key, path }, first]) => ({
      path,
      found: `${key}, which ${first.project} has`,
      expected: 'one project for each',
    })),
  ];
}

function twice(all: readonly Held[]): [again: Held, first: Held][] {
  const firsts = new Map<string, Held>();
  return all.flatMap((held): [Held, Held][] => {
    const first = firsts.get(held.key);
    if (!first && held.key !== '') firsts.set(held.key, held);
    return first && first.project !== held.project ? [[held, first]] : [];
  });
}
