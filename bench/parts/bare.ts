/** undici and nothing else: makes requests at the times at which the engine made them, and reads the answers. */
import { Agent, request } from 'undici';
import { onTime } from '../arrivals.ts';
import { servePart } from '../part.ts';
import type { TimedRequest } from './engine.ts';

export interface Bare {
  requests: readonly TimedRequest[];
}

export interface Sent {
  answered: number;
  ms: number;
  cpuMs: number;
}

async function send({ requests }: Bare): Promise<Sent> {
  const begin = performance.now();
  const cpu = process.cpuUsage();
  const dispatcher = new Agent({ connections: 128, headersTimeout: 0, bodyTimeout: 0 });
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let answered = 0;
  const times = requests.map(({ at }) => at);
  await onTime(times, (index) => {
    const { url, headers, body } = requests[index]!;
    void request(url, { method: 'POST', headers, body, dispatcher }).then(async (response) => {
      await response.body.text();
      answered++;
      if (answered === requests.length) resolve();
    });
  });
  await over;
  const used = process.cpuUsage(cpu);
  const ms = performance.now() - begin;
  await dispatcher.destroy();
  return { answered, ms, cpuMs: (used.user + used.system) / 1000 };
}

const tasks = { send };
export type BareTasks = typeof tasks;

servePart(tasks);
