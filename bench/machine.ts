import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** Where the figures were taken: without it, the raw ones say nothing. */
export const machine = () => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.version,
  platform: `${process.platform} ${process.arch}`,
  /** What else was going on when the run began: processes that wanted to run, over the last minute. */
  load: Number((loadavg()[0] ?? 0).toFixed(1)),
});
