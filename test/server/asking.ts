import { onTestFinished } from 'vitest';
import { application, type Page } from '../http/far-side.ts';
import type { Serving } from './serving.ts';

export const longCall: Page = (_, response) => response.end('<Response><Wait DurationSeconds="600"/></Response>');
export const shortCall: Page = (_, response) => response.end('<Response><Say>Hello.</Say></Response>');
export const fine: Page = (_, response) => response.end();

/** An application that goes when the test is over. */
export async function app(pages: Readonly<Record<string, Page>>) {
  const running = await application(pages);
  onTestFinished(() => running.close());
  return running;
}

export const stateOf = async (server: Serving, call: string) =>
  ((await server.api('GET', `calls/${call}`)).body as { state: string }).state;

/** The samples of a metrics page, by name and labels. */
export const samples = (page: string): Readonly<Record<string, number>> =>
  Object.fromEntries(
    page
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );

/** Asks until it is so. */
export async function becomes<Value>(ask: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  for (;;) {
    const value = await ask();
    if (isSo(value)) return value;
    await new Promise((done) => setImmediate(done));
  }
}
