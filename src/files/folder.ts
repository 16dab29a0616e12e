import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it that are missing; gives the first that was made. Level by level: below folders such as
 * /proc, where nothing can be made, Node's own `recursive` never comes to an end.
 */
export function makeFolders(folder: string, mode?: number): string | undefined {
  if (existsSync(folder)) return undefined;
  const first = makeFolders(dirname(folder), mode);
  try {
    mkdirSync(folder, mode);
  } catch (error) {
    // Somebody else has been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return first ?? folder;
}
