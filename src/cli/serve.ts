import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { CallflowError } from '../errors.ts';
import type { Logger } from '../operations/log.ts';
import type { Server } from '../server.ts';

interface Options {
  config?: string;
  data: string;
  host: string;
  port: string;
  tls?: string | true;
  json?: true;
}

/** Read without being asked for, when it is there. */
const usualConfig = 'callflow.yaml';

export const serveCommand = (version: string): Command =>
  new Command('serve')
    .description('run the engine with its APIs')
    .option('-c, --config <file>', `the configuration; ${usualConfig} unless given, if it is there`)
    .option('-p, --port <number>', 'where to listen; 0 for any free port', '8040')
    .option('--host <address>', 'who can reach it: this machine unless given; 0.0.0.0 for everybody', '127.0.0.1')
    .option(
      '--tls [port]',
      'listen with TLS too, at 8443 unless given, with a certificate of its own in the data folder',
    )
    .option('--data <folder>', 'where everything is kept', 'data')
    .option('--json', 'print where it is, and the credentials, as one JSON object in one line')
    .addHelpText('after', help)
    .action(async ({ config = existing(usualConfig), port, tls, json, ...options }: Options) => {
      // The server is not loaded before it is needed: every command would wait for it.
      const { createLog } = await import('../operations/log.ts');
      const { startServer } = await import('../server.ts');
      const { forJson, forPeople } = await import('./welcome.ts');
      const log = createLog('info', process.stderr);
      const fatal = (error: unknown) => {
        log.fatal({ err: error }, 'an error that nobody has caught');
        process.exit(1);
      };
      // Nobody reads the log any more: calls matter more.
      process.stderr.on('error', () => {});
      process.on('uncaughtException', fatal);
      const env = process.env;
      const tlsPort = tls === undefined ? undefined : portOf(tls === true ? '8443' : tls, '--tls');
      const server = await startServer({ ...options, config, port: portOf(port), tlsPort, version, env, log });
      // Nobody waited for it, so nothing hangs on it.
      process.on('unhandledRejection', server.failed);
      const ended = endOf(server, log, config);
      process.stdout.write(
        json ? `${JSON.stringify(forJson(server, options.data))}\n` : forPeople(server, options.data, config),
      );
      await ended;
    });

const help = `
Without a configuration it makes a project, an access token, a signing key and two numbers, prints them, and keeps
them in the data folder. Logs are JSON, one object a line, on the standard error.

SIGHUP reads the configuration again; no call notices. SIGTERM and Ctrl-C let calls finish first, a second one does not.

Examples:
  callflow serve
  callflow serve --config callflow.yaml --host 0.0.0.0 --port 8080 --data /var/lib/callflow
  callflow serve --port 0 --json 2>callflow.log
  callflow serve --tls   for programs with the client of SignalWire (docs/signalwire-api.md)`;

function portOf(written: string, option = '--port'): number {
  const port = Number(written);
  if (/^\d+$/.test(written) && port <= 65_535) return port;
  throw new CallflowError('USAGE', `${option} ${written} is not a port: expected a number from 0 to 65535`);
}

const existing = (file: string) => (existsSync(file) ? file : undefined);

/** Resolves when the server has been told to end, and has done so. */
async function endOf(server: Server, log: Logger, config: string | undefined): Promise<void> {
  process.on('SIGHUP', () => {
    const from = config === undefined ? undefined : resolve(config);
    server.reload().then(
      () => log.info({ config: from }, 'configuration read again'),
      (error: unknown) => {
        const { code, message } = error as CallflowError;
        log.error({ config: from, code }, `the configuration before goes on: ${message}`);
      },
    );
  });
  const { promise, resolve: told } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      told(signal);
      // Whoever says it twice means it.
      process.on(signal, () => process.exit(1));
    });
  const signal = await promise;
  log.info({ signal, calls: server.calls() }, 'ending: calls may finish');
  await server.drain();
  process.exit(0);
}
