import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

export interface Ran {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command line as a process of its own, as a shell does. */
export async function callflow(words: readonly string[], input = ''): Promise<Ran> {
  const child = spawn(process.execPath, ['bin/callflow.js', ...words], { stdio: 'pipe' });
  const status = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.stdin.end(input);
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, stdout, stderr };
}
