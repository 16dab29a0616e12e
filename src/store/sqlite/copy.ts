import { closeSync, existsSync, openSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { CallflowError } from '../../errors.ts';
import { asideOf, settle } from '../../files/whole.ts';
import { Recent, recentIn } from './recent.ts';
import { Tables } from './tables.ts';

/** In one step: what is written meanwhile would begin it anew each time. */
const everyPage = 2 ** 31 - 1;

/** Copies a data file, also while a server has it open, and gives the files that its recordings and faxes name. */
export async function copyData(file: string, to: string): Promise<string[]> {
  if (!existsSync(file)) throw new CallflowError('FILE_NOT_READABLE', `${file} is not there`);
  const aside = asideOf(to);
  try {
    closeSync(openSync(aside, 'w', 0o600));
    using source = new DatabaseSync(file, { readOnly: true });
    await backup(source, aside, { rate: everyPage });
    const files = filesNamedIn(aside);
    await settle(aside, to);
    return files;
  } catch (cause) {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(`${aside}${end}`, { force: true });
    throw new CallflowError('STORE_NOT_READABLE', `${file} cannot be copied to ${to}: ${(cause as Error).message}`, {
      cause,
    });
  }
}

function filesNamedIn(file: string): string[] {
  using database = new DatabaseSync(file);
  // A copy is one file: with what is written ahead in another it would be two.
  database.exec('PRAGMA journal_mode = DELETE');
  // What is taken over would be left in free pages, where nobody erases it.
  database.exec('PRAGMA secure_delete = ON');
  if (!recentIn(database).isEmpty) new Recent(database, new Tables(database)).tidy();
  const rows = database
    .prepare(`
      SELECT file FROM (
        SELECT body ->> '$.file' AS file FROM recordings UNION ALL SELECT body ->> '$.file' FROM faxes
      ) WHERE file IS NOT NULL`)
    .all();
  return rows.map(({ file }) => String(file));
}
