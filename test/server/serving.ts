import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** What `callflow serve --json` says first. */
export interface Welcome {
  url: string;
  apis: {
    enfonica: { url: string; project: string; token: string; signingKey: string; numbers: string[] };
    signalwire: { account: string; token: string };
  };
  simulator: { url: string };
  data: string;
}

export type LogLine = { level: string; message: string } & Readonly<Record<string, unknown>>;

export interface Serving extends Welcome {
  pid: number;
  log: LogLine[];
  signal(name: NodeJS.Signals): void;
  /** Resolves once a line of the log is like this, at once if there was one. */
  logged(isIt: (line: LogLine) => boolean): Promise<LogLine>;
  /** The exit status. */
  ended: Promise<number | null>;
  /** Calls the API of the first project. */
  api(method: string, path: string, body?: object): Promise<{ status: number; body: never }>;
  text(path: string): Promise<{ status: number; text: string }>;
}

/** A folder that goes when the test is over. */
export function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'callflow-serve-'));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

/** Starts a server as a process of its own, on a free port, and waits until it is ready. */
export async function serve(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Serving> {
  const child = spawn(process.execPath, ['bin/callflow.js', 'serve', '--port', '0', '--json', ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });

  const log: LogLine[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stderr }).on('line', (line) => {
    log.push(line.startsWith('{') ? JSON.parse(line) : { level: 'none', message: line });
    for (const look of [...waiting]) look();
  });
  const first = await new Promise<string>((done, failed) => {
    createInterface({ input: child.stdout }).once('line', done);
    void ended.then((status) => failed(new Error(`ended with ${status}: ${JSON.stringify(log)}`)));
  });
  const welcome: Welcome = JSON.parse(first);

  return {
    ...welcome,
    pid: child.pid!,
    log,
    ended,
    signal: (name) => child.kill(name),
    logged: (isIt) =>
      new Promise((done) => {
        const look = () => {
          const found = log.find(isIt);
          if (!found) return;
          waiting.delete(look);
          done(found);
        };
        waiting.add(look);
        look();
      }),
    api: async (method, path, body) => {
      const { url, project, token } = welcome.apis.enfonica;
      const response = await fetch(`${url}/v1beta1/projects/${project}/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: (await response.json()) as never };
    },
    text: async (path) => {
      const response = await fetch(welcome.url + path);
      return { status: response.status, text: await response.text() };
    },
  };
}

/** What a person sees who starts a server, which ends with the test. */
export async function serveForPeople(words: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ['bin/callflow.js', 'serve', '--port', '0', ...words], { stdio: 'pipe' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return await new Promise((done) => child.stdout.once('data', (bytes) => done(String(bytes))));
}

/** Places a call that stays until somebody hangs up, and gives its id. */
export async function placeCall({ api }: Serving, handlerUri: string, more: object = {}): Promise<string> {
  const call = { to: '+15555550100', from: '+61255501234', options: { handlerUris: [handlerUri], ...more } };
  const { body } = await api('POST', 'calls', call);
  return (body as { name: string }).name.split('/').at(-1)!;
}
