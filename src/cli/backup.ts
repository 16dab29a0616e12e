import { statSync } from 'node:fs';
import { Command } from 'commander';

export const backupCommand = (): Command =>
  new Command('backup')
    .description('copy what a server has kept, also while it runs')
    .argument('<file>', 'where the copy goes; a file of this name is replaced')
    .option('--data <folder>', 'the data folder of the server', 'data')
    .addHelpText('after', help)
    .action(async (file: string, { data }: { data: string }) => {
      // The server is not loaded before it is needed: every command would wait for it.
      const { dataFile } = await import('../server.ts');
      const { copyData } = await import('../store/sqlite/copy.ts');
      await copyData(dataFile(data), file);
      console.log(`${file} has ${statSync(file).size} bytes`);
    });

const help = `
The copy holds calls, their journal, callbacks, numbers and settings as they are at one instant. Copy the folder
recordings, secrets.json and secrets.key beside it: docs/operate.md says how to bring them back.

Example:
  callflow backup /backup/callflow.sqlite --data /var/lib/callflow`;
