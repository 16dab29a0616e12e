import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { realClock } from '../clock.ts';
import { CallflowError } from '../errors.ts';
import { addressRanges } from '../http/address.ts';
import { createGuard } from '../http/guard.ts';
import type { HttpExchange } from '../http/transport.ts';
import { undiciTransport } from '../http/undici.ts';
import { userAgent } from '../http/user-agent.ts';

/** A document that is to be checked. */
export interface CheckedSource {
  /** As the command line named it, or found it. */
  file: string;
  body: Uint8Array;
  contentType?: string;
  url?: string;
}

/** The documents that these words name: files, folders, URLs, and `-` for the standard input. */
export async function* sourcesOf(names: readonly string[], maxBytes: number): AsyncGenerator<CheckedSource> {
  for (const name of names) {
    if (/^https?:\/\//i.test(name)) yield await fetched(name, maxBytes);
    else if (name === '-') yield { file: name, body: read(0, 'the standard input') };
    else for (const file of filesOf(name)) yield { file, body: read(file, file) };
  }
}

function filesOf(name: string): string[] {
  if (!attempt(name, () => statSync(name)).isDirectory()) return [name];
  const found = attempt(name, () => readdirSync(name, { recursive: true, withFileTypes: true }));
  const files = found.filter((entry) => entry.isFile() && /\.xml$/i.test(entry.name));
  if (files.length === 0) throw new CallflowError('FILE_NOT_READABLE', `${name} has no *.xml in it`);
  return files.map((entry) => join(entry.parentPath, entry.name)).sort();
}

function read(file: string | number, name: string): Uint8Array {
  return attempt(name, () => readFileSync(file));
}

function attempt<Value>(name: string, does: () => Value): Value {
  try {
    return does();
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'ENOENT'
        ? 'is not there'
        : `cannot be read: ${(cause as Error).message}`;
    throw new CallflowError('FILE_NOT_READABLE', `${name} ${why}`, { cause });
  }
}

const maxRedirects = 5;

/** Whoever types a URL may have it fetched, wherever it leads. */
async function fetched(file: string, maxBytes: number): Promise<CheckedSource> {
  const transport = undiciTransport({ clock: realClock, guard: createGuard({ allow: addressRanges }) });
  const get = (url: string) =>
    new Promise<HttpExchange>((done) => {
      const headers = { accept: 'text/xml, application/xml', 'user-agent': userAgent };
      transport.send({ method: 'GET', url, headers, maxBytes, timeoutMs: 10_000 }, done);
    });
  try {
    let url = file;
    for (let hops = 0; hops <= maxRedirects; hops += 1) {
      const exchange = await get(url);
      if (!exchange.ok) throw new CallflowError(exchange.code, `${url}: ${exchange.reason}`);
      const { status, headers, body } = exchange;
      const location = status >= 300 && status < 400 ? URL.parse(headers.location ?? '', url) : null;
      if (location && headers.location) url = location.href;
      else if (status >= 200 && status < 300) return { file, body, url, ...contentType(headers) };
      else throw new CallflowError('HANDLER_STATUS', `${url} answered ${status} to a GET${postInstead(status, file)}`);
    }
    throw new CallflowError('HANDLER_REDIRECTS', `${file} redirects more than ${maxRedirects} times`);
  } finally {
    await transport.close();
  }
}

/** Applications that are asked by POST often know nothing else. */
const postInstead = (status: number, url: string) =>
  status === 404 || status === 405 ? `; for what answers a POST: curl -X POST ${url} | callflow check -` : '';

function contentType(headers: Readonly<Record<string, string>>): { contentType?: string } {
  const value = headers['content-type'];
  return value === undefined ? {} : { contentType: value };
}
