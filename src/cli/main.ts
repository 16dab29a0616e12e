import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { CallflowError, type ErrorCode } from '../errors.ts';
import { backupCommand } from './backup.ts';
import { checkCommand } from './check.ts';
import { dialCommand } from './dial.ts';
import { exploreCommand } from './explore.ts';
import { exportCommand } from './export.ts';
import { replayCommand } from './replay.ts';
import { schemaCommand } from './schema.ts';
import { serveCommand } from './serve.ts';
import { verifyCommand } from './verify.ts';

/** The command line with all its commands. */
export function createProgram(): Command {
  const program = new Command('callflow')
    .description('Runs phone calls for web applications: serve them, call yours, prove it, check its documents.')
    .version(version(), '-v, --version', 'show the version')
    .helpOption('-h, --help', 'show help')
    .helpCommand(false)
    .addCommand(serveCommand(version()))
    .addCommand(dialCommand())
    .addCommand(replayCommand())
    .addCommand(exploreCommand())
    .addCommand(exportCommand())
    .addCommand(checkCommand())
    .addCommand(schemaCommand())
    .addCommand(verifyCommand())
    .addCommand(backupCommand())
    .addHelpText('after', examples);
  for (const command of [program, ...program.commands])
    command
      .exitOverride()
      .configureOutput({ outputError: () => {} })
      .helpOption('-h, --help', 'show help');
  return program;
}

/** Runs one command line. Exit status: 0 fine, 1 the checked thing fails, 2 wrong usage. */
export async function main(words: readonly string[]): Promise<void> {
  process.stdout.on('error', endWhenNobodyReads);
  try {
    await createProgram().parseAsync([...words], { from: 'user' });
  } catch (error) {
    process.exitCode = report(error);
  }
}

const examples = `
Examples:
  callflow serve                             the engine with its APIs
  callflow dial http://127.0.0.1:3000/       call an application that runs on this machine
  callflow replay flows/                     replay every flow below a folder
  callflow explore http://127.0.0.1:3000/    try everything that can happen in a call, say what is wrong
  callflow export CALL --to flows/lost       write a call that was as a flow
  callflow check menu.xml                    look for mistakes in a document
  callflow schema voiceml > voiceml.xsd      the schema, for an editor
  callflow verify --help                     find out why a signature does not match

Exit status: 0 fine, 1 the checked thing fails, 2 wrong usage.`;

/** What was asked for cannot be done as asked: the command line is to blame, not what it names. */
const usageCodes: readonly ErrorCode[] = [
  'USAGE',
  'FILE_NOT_READABLE',
  'FILE_NOT_WRITABLE',
  'FLOW_NOT_FOUND',
  'FLOW_NOT_VALID',
  'DIALECT_UNKNOWN',
  'URL_NOT_VALID',
  'URL_SCHEME',
  'CONFIG_NOT_VALID',
  'SECRETS_NOT_READABLE',
  'DATA_NOT_WRITABLE',
  'BACKUP_FAILED',
  'SERVER_PORT',
  'STORE_IN_USE',
  'STORE_NEWER',
  'STORE_NOT_READABLE',
];

/** Says what went wrong, in one line and a hint, and gives the exit status. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return reportUsage(error);
  if (!(error instanceof CallflowError)) {
    console.error('callflow: this should not have happened; please report it with what follows');
    console.error(error);
    return 1;
  }
  console.error(`callflow: ${error.code} ${error.message}`);
  console.error(`see docs/errors.md#${error.code.toLowerCase()}`);
  return usageCodes.includes(error.code) ? 2 : 1;
}

/** Commander throws its help and version too. */
function reportUsage({ exitCode, code, message }: CommanderError): number {
  if (exitCode === 0) return 0;
  if (code === 'commander.help') return 2;
  console.error(`callflow: USAGE ${message.replace(/^error: /, '').replace(/\n/g, ' ')}`);
  console.error('`callflow --help` and `callflow COMMAND --help` show examples');
  return 2;
}

function version(): string {
  const manifest: { version: string } = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  );
  return manifest.version;
}

/** `callflow … | head` closes our output early; that is no error. */
function endWhenNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
}
