import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { CallflowError } from '../errors.ts';
import { makeFolders } from '../files/folder.ts';
import type { JournalEntry } from '../journal/journal.ts';
import { dataFile } from '../operations/data-folder.ts';
import { parseName } from '../vendors/enfonica/names.ts';
import { idIn } from '../vendors/index.ts';

interface Options {
  data: string;
  to?: string;
  keep: readonly string[];
}

/** `callflow export`: the journal of a call becomes a flow that replays it. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('write a call that a server has had as a flow: a regression test')
    .argument('<call>', 'its id or name, as any of the APIs spells it')
    .option('--data <folder>', 'the data folder of the server', 'data')
    .option('--to <folder>', 'where the flow goes: flows/ and the id of the call unless given')
    .option('--keep <number>', 'leave this telephone number as it is; may be repeated', gather, [])
    .addHelpText('after', help)
    .action(async (name: string, { data, to, keep }: Options) => {
      const id = idFrom(name);
      const { readCallJournal } = await import('../store/sqlite/reading.ts');
      const { entries } = readCallJournal(dataFile(data), id);
      const folder = to ?? join('flows', id);
      const files = await writeFlow(folder, entries, keep);
      console.log(`${folder} has the call, in ${files} files: callflow replay ${folder}`);
    });

/** Writes a journal as a flow into a folder that is new or empty; gives how many files there are. */
export async function writeFlow(
  folder: string,
  entries: readonly JournalEntry[],
  keep: readonly string[] = [],
): Promise<number> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new CallflowError('USAGE', `${folder} has something in it: name a folder that is new or empty`);
  const { exported } = await import('../replay/export/export.ts');
  const files = exported(entries, { keep });
  for (const [file, text] of files) {
    makeFolders(dirname(join(folder, file)));
    writeFileSync(join(folder, file), text);
  }
  return files.size;
}

/** Whoever calls or is called in a journal: a call from the terminal has nobody to protect. */
export const numbersIn = (entries: readonly JournalEntry[]): string[] =>
  entries.flatMap(({ output }) =>
    output?.type === 'call.created' ? [output.record.to, output.record.from, output.record.callerId ?? ''] : [],
  );

const gather = (one: string, before: readonly string[] = []) => [...before, one];

/** Every API spells the same id in its own way. */
function idFrom(name: string): string {
  if (/^[0-9a-f]{28}$/.test(name)) return name;
  const named = parseName(name);
  const id = named?.type === 'call' ? named.call : idIn(name);
  if (id !== undefined) return id;
  const spellings = 'projects/…/calls/…, a UUID, CA and 32 digits, or the 28 digits of the journal';
  throw new CallflowError('USAGE', `${name} is no name of a call: it must be ${spellings}`);
}

const help = `
The flow has what the application answered, what people did and when, and the journal with every input in its order.
"callflow replay" reenacts the journal and says where the engine does something else today; with --live URL it makes the
same call to the application of today, and says what that does differently. Telephone numbers of people and secrets are
replaced by made-up ones.

Examples:
  callflow export projects/demo/calls/019b76daa8000001a087ea00b349 --data data --to flows/lost-caller
  callflow replay flows/lost-caller
  callflow replay flows/lost-caller --live http://127.0.0.1:3000`;
