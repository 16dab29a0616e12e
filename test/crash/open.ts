/** What a process has open. */
import { existsSync, readdirSync, readlinkSync } from 'node:fs';

const folder = '/proc/self/fd';

/** How many of each: what Node waits for, and, where the system tells, what the process has open. */
export function opened(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of [...process.getActiveResourcesInfo(), ...descriptors()]) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

/** What there is more of than before. */
export const more = (now: Record<string, number>, before: Record<string, number>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(now).flatMap(([name, count]) => {
      const added = count - (before[name] ?? 0);
      return added > 0 ? [[name, added]] : [];
    }),
  );

/** Files by their paths; sockets and pipes by what they are. */
function descriptors(): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((number) => {
    try {
      return [readlinkSync(`${folder}/${number}`).replace(/:\[\d+\]$/, '')];
    } catch {
      // Reading the folder had opened it.
      return [];
    }
  });
}
