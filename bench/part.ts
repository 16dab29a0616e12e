/** Figures are taken in processes of their own: what one of them uses is then its process's, and no other's. */
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

// biome-ignore lint/suspicious/noExplicitAny: what a task takes and gives is written where it is defined
type Tasks = Record<string, (options: any) => unknown>;

/** A process that does tasks when asked. */
export interface Part<T extends Tasks> {
  ask<Name extends keyof T & string>(
    task: Name,
    ...options: Parameters<T[Name]>
  ): Promise<Awaited<ReturnType<T[Name]>>>;
  close(): Promise<void>;
}

type Reply = { value: unknown } | { error: string };

/** Starts the part in `parts/`; it ends with us, whatever becomes of us. */
export function startPart<T extends Tasks>(name: string, execArgv: readonly string[] = []): Part<T> {
  const file = fileURLToPath(new URL(`./parts/${name}.ts`, import.meta.url));
  const child = fork(file, [], { serialization: 'advanced', execArgv: [...execArgv, ...profiling] });
  return {
    ask: async (task, ...[options]) => {
      const { promise, resolve, reject } = Promise.withResolvers<Reply>();
      const died = (code: number | null) =>
        reject(new Error(`the process of ${name} ended with ${code} during ${task}`));
      child.once('message', resolve);
      child.once('exit', died);
      child.send({ task, options });
      const reply = await promise;
      child.off('exit', died);
      if ('error' in reply) throw new Error(`${task} of ${name} failed: ${reply.error}`);
      return reply.value as never;
    },
    close: () => closed(child),
  };
}

/** `CALLFLOW_BENCH_PROFILE=folder` leaves a CPU profile of every part there. */
const folder = process.env.CALLFLOW_BENCH_PROFILE;
const profiling = folder ? ['--cpu-prof', `--cpu-prof-dir=${folder}`] : [];

function closed(child: ChildProcess): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (child.exitCode !== null) return Promise.resolve();
  child.once('exit', () => resolve());
  child.disconnect();
  return promise;
}

/** In the process of a part: does what it is asked to. */
export function servePart(tasks: Tasks): void {
  process.on('message', async ({ task, options }: { task: string; options: unknown }) => {
    let reply: Reply;
    try {
      reply = { value: await tasks[task]!(options) };
    } catch (error) {
      reply = { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
    }
    process.send?.(reply);
  });
  process.on('disconnect', () => process.exit());
}
