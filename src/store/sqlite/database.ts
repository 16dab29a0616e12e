import { closeSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CallflowError, type ErrorCode } from '../../errors.ts';
import { makeFolders } from '../../files/folder.ts';
import { migrations } from './migrations.ts';

/** Says whose file it is, in the file's header: "call" in ASCII. */
const applicationId = 0x63616c6c;

/** Result codes of SQLite: https://www.sqlite.org/rescode.html. */
const busy = 5;

/** What SQLite calls a database that is in no file, and nobody else's. */
export const inMemory = ':memory:';

/** Opens a data file for this process alone, makes it if it is not there, and brings it up to date. */
export function openDatabase(file: string): { database: DatabaseSync; close(): void } {
  const opened: DatabaseSync[] = [];
  const close = () => {
    for (const each of opened.splice(0)) each.close();
  };
  try {
    if (file !== inMemory) {
      makeFile(file);
      opened.push(lockOf(file));
    }
    const database = new DatabaseSync(file, { timeout: 1000 });
    opened.unshift(database);
    refuseOthers(database, file);
    for (const pragma of pragmas) database.exec(`PRAGMA ${pragma}`);
    migrate(database);
    return { database, close };
  } catch (error) {
    close();
    if (error instanceof CallflowError) throw error;
    throw cannot('STORE_NOT_READABLE', file, error);
  }
}

const pragmas = [
  // Twice the usual: rows are larger than most, and half as many pages are to be found and written.
  'page_size = 8192',
  'journal_mode = WAL',
  'synchronous = FULL',
  `cache_size = -${64 * 1024}`,
  `journal_size_limit = ${64 * 1024 * 1024}`,
  // What was erased does not lie about in pages that are free. Hardly any page ever becomes so otherwise.
  'secure_delete = ON',
  // A lock that somebody else holds is waited for by trying again, not by standing still.
  'busy_timeout = 0',
];

/** Nobody else on the machine may read what people have said on the telephone. */
function makeFile(file: string): void {
  makeFolders(dirname(file));
  closeSync(openSync(file, 'a', 0o600));
}

/** Held as long as the process lives, however it ends; the data file itself stays open to be read by others. */
function lockOf(file: string): DatabaseSync {
  const lock = new DatabaseSync(`${file}-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    if ((error as { errcode?: number }).errcode === busy)
      throw new CallflowError('STORE_IN_USE', `${file} is open in another process`, { cause: error });
    throw error;
  }
}

/** Before anything is written into it. */
function refuseOthers(database: DatabaseSync, file: string): void {
  const application = pragma(database, 'application_id');
  const version = versionOf(database);
  const tables = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
  if (application !== applicationId && (application !== 0 || version !== 0 || tables !== 0))
    throw new CallflowError('STORE_NOT_READABLE', `${file} is a database of something else`);
  if (version > migrations.length)
    throw new CallflowError(
      'STORE_NEWER',
      `${file} has version ${version}; this callflow knows up to ${migrations.length}`,
    );
}

function migrate(database: DatabaseSync): void {
  for (let version = versionOf(database) + 1; version <= migrations.length; version++)
    inTransaction(database, () => {
      database.exec(migrations[version - 1]!);
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version}`);
    });
}

const versionOf = (database: DatabaseSync): number => pragma(database, 'user_version');

const pragma = (database: DatabaseSync, name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name]);

/** All of it is kept, or nothing. */
export function inTransaction<Given>(database: DatabaseSync, act: () => Given): Given {
  database.exec('BEGIN IMMEDIATE');
  try {
    const given = act();
    database.exec('COMMIT');
    return given;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

const cannot = (code: ErrorCode, file: string, cause: unknown) =>
  new CallflowError(code, `${file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });

/** What is told of something that could not be written. */
export const failure = (cause: unknown) =>
  new CallflowError('STORE_FAILED', cause instanceof Error ? cause.message : String(cause), { cause });
