import { existsSync, renameSync, rmSync } from 'node:fs';
import { backup, DatabaseSync } from 'node:sqlite';
import { CallflowError } from '../../errors.ts';

/** In one step: what is written meanwhile would begin it anew each time. */
const everyPage = 2 ** 31 - 1;

/** Copies a data file, also while a server has it open. */
export async function copyData(file: string, to: string): Promise<void> {
  if (!existsSync(file)) throw new CallflowError('FILE_NOT_READABLE', `${file} is not there`);
  const aside = `${to}.part`;
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    await backup(database, aside, { rate: everyPage });
    renameSync(aside, to);
  } catch (cause) {
    rmSync(aside, { force: true });
    throw new CallflowError('STORE_NOT_READABLE', `${file} cannot be copied to ${to}: ${(cause as Error).message}`, {
      cause,
    });
  } finally {
    database.close();
  }
}
