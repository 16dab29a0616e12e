/** Opens pages in a headless Chromium through its DevTools protocol, spoken over a pipe: no port, no library. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

export interface View {
  width: number;
  height: number;
  dark?: boolean;
}

/** A page that is open. */
export interface Page {
  /** What an expression gives in it, as JSON can hold it. */
  evaluate<T>(expression: string): Promise<T>;
  /** Presses a key of this name, such as `ArrowDown`, or types a character. */
  press(key: string): Promise<void>;
  /** What it looks like, as PNG. */
  picture(): Promise<Uint8Array>;
  /** What it has complained of since it was opened: console errors, exceptions, refused loads. */
  readonly complaints: readonly string[];
  close(): Promise<void>;
}

export interface Browser {
  open(url: string, view: View): Promise<Page>;
  close(): Promise<void>;
}

/** Where a Chromium is installed; undefined where none is. */
export function findBrowser(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  return files.find((file) => existsSync(file));
}

type Fields = Record<string, unknown>;
interface Message {
  id?: number;
  sessionId?: string;
  method?: string;
  params?: Fields;
  result?: Fields;
  error?: { message: string };
}

export async function launch(file: string): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'callflow-browser-'));
  const options = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--hide-scrollbars'];
  const child = spawn(file, [...options, '--remote-debugging-pipe', `--user-data-dir=${profile}`], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  const pipe = new Pipe(child);
  return {
    open: (url, view) => openPage(pipe, url, view),
    close: async () => {
      const closed = once(child, 'close');
      await pipe.send('Browser.close');
      await closed;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Messages as JSON, each ended by a zero byte: to the browser on one descriptor, from it on the next. */
class Pipe {
  readonly #to: Writable;
  readonly #waiting = new Map<number, PromiseWithResolvers<Message>>();
  readonly #listeners = new Set<(message: Message) => void>();
  #last = 0;
  #rest = '';

  constructor(child: ChildProcess) {
    this.#to = child.stdio[3] as Writable;
    const from = child.stdio[4] as Readable;
    from.setEncoding('utf8');
    from.on('data', (text: string) => this.#read(text));
    this.#to.on('error', () => this.#ended());
    child.on('error', () => this.#ended());
    child.on('close', () => this.#ended());
  }

  async send(method: string, params: Fields = {}, sessionId?: string): Promise<Fields> {
    const id = ++this.#last;
    const answered = Promise.withResolvers<Message>();
    this.#waiting.set(id, answered);
    this.#to.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`);
    const { result = {}, error } = await answered.promise;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  hear(listener: (message: Message) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #read(text: string): void {
    const messages = (this.#rest + text).split('\0');
    this.#rest = messages.pop()!;
    for (const each of messages) {
      const message = JSON.parse(each) as Message;
      if (message.id === undefined) for (const listener of this.#listeners) listener(message);
      else this.#waiting.get(message.id)?.resolve(message);
    }
  }

  /** Whoever waits for an answer gets none. */
  #ended(): void {
    for (const waiting of this.#waiting.values()) waiting.reject(new Error('the browser has ended'));
  }
}

async function openPage(pipe: Pipe, url: string, { width, height, dark = false }: View): Promise<Page> {
  const { targetId } = await pipe.send('Target.createTarget', { url: 'about:blank' });
  const { sessionId } = await pipe.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method: string, params: Fields = {}) => pipe.send(method, params, sessionId as string);
  const complaints: string[] = [];
  const loaded = Promise.withResolvers<void>();
  const stop = pipe.hear((message) => {
    if (message.sessionId !== sessionId) return;
    if (message.method === 'Page.loadEventFired') loaded.resolve();
    complaints.push(...complaintsIn(message));
  });
  for (const domain of ['Page', 'Runtime', 'Log', 'Network']) await send(`${domain}.enable`);
  await send('Emulation.setDeviceMetricsOverride', { width, height, deviceScaleFactor: 1, mobile: width < 600 });
  const features = [{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }];
  await send('Emulation.setEmulatedMedia', { features });
  await send('Page.navigate', { url });
  await loaded.promise;
  return {
    complaints,
    evaluate: async <T>(expression: string) => {
      const { result, exceptionDetails } = await send('Runtime.evaluate', { expression, returnByValue: true });
      if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
      return (result as { value: T }).value;
    },
    press: async (key) => {
      const text = key.length === 1 ? { text: key } : key === 'Enter' ? { text: '\r' } : {};
      const code = { Tab: 9, Enter: 13, ' ': 32, ArrowUp: 38, ArrowDown: 40 }[key] ?? 0;
      await send('Input.dispatchKeyEvent', { type: 'keyDown', key, windowsVirtualKeyCode: code, ...text });
      await send('Input.dispatchKeyEvent', { type: 'keyUp', key, windowsVirtualKeyCode: code });
    },
    picture: async () => {
      const { data } = await send('Page.captureScreenshot', { format: 'png' });
      return Buffer.from(data as string, 'base64');
    },
    close: async () => {
      stop();
      await pipe.send('Target.closeTarget', { targetId });
    },
  };
}

/** Errors and warnings, and anything that the page wants from elsewhere. */
function complaintsIn({ method, params = {} }: Message): string[] {
  const { type, entry, request } = params as {
    type?: string;
    entry?: { level: string; text: string };
    request?: { url: string };
  };
  if (method === 'Runtime.exceptionThrown') return [JSON.stringify(params.exceptionDetails)];
  if (method === 'Runtime.consoleAPICalled' && type !== 'log') return [JSON.stringify(params.args)];
  if (method === 'Log.entryAdded' && entry?.level !== 'info') return [entry?.text ?? ''];
  if (method === 'Network.requestWillBeSent' && !/^(?:file|data):/.test(request?.url ?? ''))
    return [`asks for ${request?.url}`];
  return [];
}
