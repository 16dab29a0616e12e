/** A process that serves calls, and may be killed at any moment. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Application } from './application.ts';
import type { Orders, Said } from './serving.ts';

const program = fileURLToPath(new URL('./serving.ts', import.meta.url));

export interface Ended {
  said: Said[];
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** Starts one, and kills it once it has said, and its application has been asked, so many things together. */
export async function runProcess(
  orders: Orders,
  { application, happenings, onSaid }: { application: Application; happenings: number; onSaid?(said: Said): void },
): Promise<Ended> {
  const child = spawn(process.execPath, [program, JSON.stringify(orders)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  let left = happenings;
  const happened = () => {
    if (--left === 0) child.kill('SIGKILL');
  };
  application.onRequest = happened;
  const said: Said[] = [];
  for await (const line of createInterface(child.stdout)) {
    happened();
    said.push(JSON.parse(line));
    onSaid?.(said.at(-1)!);
  }
  const [code, signal] = await exited;
  return { said, code, signal };
}
