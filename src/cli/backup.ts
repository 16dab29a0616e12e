import { Command } from 'commander';

interface Options {
  data: string;
  key: boolean;
}

export const backupCommand = (): Command =>
  new Command('backup')
    .description('copy all that a server has kept, also while it runs')
    .argument('<folder>', 'where the copy goes; it must be new or empty')
    .option('--data <folder>', 'the data folder of the server', 'data')
    .option('--no-key', 'leave secrets.key out, without which nobody can read the credentials')
    .addHelpText('after', help)
    .action(async (to: string, { data, key }: Options) => {
      // What it stands on is not loaded before it is needed: every command would wait for it.
      const { backUp } = await import('../operations/backup.ts');
      const { bytes, files, erased } = await backUp({ data, to, withKey: key });
      const meanwhile = erased > 0 ? `; ${erased} were erased meanwhile` : '';
      console.log(`${to} has ${bytes} bytes, with ${files} recordings and faxes${meanwhile}`);
    });

const help = `
The copy is a data folder: calls, their journal, callbacks, numbers and settings as they are at one instant, with the
recordings and faxes that they name, and the credentials. docs/operate.md says how to bring it back.

Example:
  callflow backup /backup/monday --data /var/lib/callflow`;
