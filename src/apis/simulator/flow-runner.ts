import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Clock } from '../../clock.ts';
import { CallflowError, type ErrorCode } from '../../errors.ts';
import type { FlowResult } from './flow-result.ts';
import type { FlowAnswer, FlowTask } from './flow-worker.ts';
import type { Problem } from './problem.ts';

export interface FlowLimits {
  /** How many flows run at once. */
  running: number;
  /** How many wait for their turn; one more is refused. */
  waiting: number;
  /** How much real time one may take. */
  ms: number;
  /** How much memory those that run in one thread may take. */
  megabytes: number;
}

/** Why a flow could not be run, as its thread has told it. */
export class FlowRefused extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.message);
    this.problem = problem;
  }
}

interface Job {
  task: FlowTask;
  done(answer: { result: FlowResult } | { error: Error }): void;
}

/** Runs flows in threads of their own: bounded in number, in time and in memory. */
export class FlowRunner {
  readonly #clock: Clock;
  readonly #limits: FlowLimits;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Job>();
  #waiting: Job[] = [];
  #closed = false;

  constructor(clock: Clock, limits: FlowLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Rejects with FLOWS_LIMIT, FLOW_TOO_SLOW, or why the flow could not be run. */
  run(task: FlowTask): Promise<FlowResult> {
    if (this.#waiting.length >= this.#limits.waiting)
      throw new CallflowError('FLOWS_LIMIT', `${this.#busy.size} flows run and ${this.#waiting.length} wait`);
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        task,
        done: (answer) => ('result' in answer ? resolve(answer.result) : reject(answer.error)),
      });
      this.#next();
    });
  }

  /** Stops whatever runs; what waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    const error = failure('FLOWS_LIMIT', 'callflow is closing');
    for (const { done } of [...this.#waiting, ...this.#busy.values()]) done({ error });
    this.#waiting = [];
    await Promise.all([...this.#idle, ...this.#busy.keys()].map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#closed || this.#busy.size >= this.#limits.running) return;
    const job = this.#waiting.shift();
    if (job) this.#give(job, this.#idle.pop() ?? this.#hire());
  }

  #hire(): Worker {
    const worker = new Worker(new URL(`./flow-worker${extname(import.meta.url)}`, import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
    });
    worker.on('error', (error: NodeJS.ErrnoException) => this.#lose(worker, deathOf(error)));
    worker.on('exit', () => this.#lose(worker, failure('CALL_INTERNAL', 'the thread of the flow has ended')));
    return worker;
  }

  #give(job: Job, worker: Worker): void {
    this.#busy.set(worker, job);
    worker.ref();
    const timer = this.#clock.setTimeout(() => {
      this.#lose(worker, failure('FLOW_TOO_SLOW', `stopped after ${this.#limits.ms / 1000} s of real time`));
      void worker.terminate();
    }, this.#limits.ms);
    const ended = (answer: Parameters<Job['done']>[0]) => {
      this.#clock.clearTimeout(timer);
      this.#busy.delete(worker);
      job.done(answer);
    };
    this.#busy.set(worker, { task: job.task, done: ended });
    worker.once('message', (answer: FlowAnswer) => {
      if (!this.#busy.has(worker)) return;
      ended('result' in answer ? answer : { error: new FlowRefused(answer.problem) });
      this.#idle.push(worker);
      worker.unref();
      this.#next();
    });
    worker.postMessage(job.task);
  }

  /** This thread does nothing more; another one takes its place. */
  #lose(worker: Worker, error: Error): void {
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
    this.#busy.get(worker)?.done({ error });
    this.#next();
  }
}

const failure = (code: ErrorCode, message: string) => new CallflowError(code, message);

const deathOf = ({ code, message }: NodeJS.ErrnoException) =>
  code === 'ERR_WORKER_OUT_OF_MEMORY'
    ? failure('FLOW_TOO_SLOW', 'stopped: it used more memory than a flow may')
    : failure('CALL_INTERNAL', `the thread of the flow has failed: ${message}`);
