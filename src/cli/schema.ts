import { Command } from 'commander';
import { dialectNamed } from '../dialects/index.ts';

export const schemaCommand = (): Command =>
  new Command('schema')
    .description('print the XML Schema of a dialect, for editors and other tools')
    .argument('<dialect>', 'voiceml or laml')
    .addHelpText('after', help)
    .action((dialect: string) => {
      process.stdout.write(dialectNamed(dialect).toXsd());
    });

const help = `
Example:
  callflow schema voiceml > voiceml.xsd

An editor finds it by an attribute of the root element:
  <Response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="voiceml.xsd">`;
