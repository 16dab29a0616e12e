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
  /** How many of these may be of one project. */
  perProject: number;
  /** How much real time one may take. */
  ms: number;
  /** How much memory those that run in one thread may take. */
  megabytes: number;
}

/** Why a flow could not be run, as its thread has told it. */
export class FlowRefused extends Error {
  readonly problem: Problem;

  constructor({ problem, detail }: Extract<FlowAnswer, { problem: Problem }>) {
    super(problem.message, { cause: detail });
    this.problem = problem;
  }
}

interface Job {
  project: string;
  task: FlowTask;
  done(answer: { result: FlowResult } | { error: Error }): void;
}

interface Running extends Job {
  /** Its time counts from now: the thread has begun. */
  begun(): void;
}

/** Runs flows in threads of their own: bounded in number, in time and in memory. */
export class FlowRunner {
  readonly #clock: Clock;
  readonly #limits: FlowLimits;
  readonly #idle: Worker[] = [];
  readonly #busy = new Map<Worker, Running>();
  #waiting: Job[] = [];
  #closed = false;

  constructor(clock: Clock, limits: FlowLimits) {
    this.#clock = clock;
    this.#limits = limits;
  }

  /** Rejects with FLOWS_LIMIT, FLOW_TOO_SLOW, or why the flow could not be run. */
  run(project: string, task: FlowTask): Promise<FlowResult> {
    const { promise, resolve, reject } = Promise.withResolvers<FlowResult>();
    const all = [...this.#waiting, ...this.#busy.values()];
    const own = all.filter((job) => job.project === project).length;
    if (this.#closed || this.#waiting.length >= this.#limits.waiting || own >= this.#limits.perProject)
      throw failure(
        'FLOWS_LIMIT',
        `${this.#busy.size} flows run and ${this.#waiting.length} wait, ${own} of the project`,
      );
    const done: Job['done'] = (answer) => ('result' in answer ? resolve(answer.result) : reject(answer.error));
    this.#waiting.push({ project, task, done });
    this.#next();
    return promise;
  }

  /** Stops whatever runs, and refuses what waits. */
  async close(): Promise<void> {
    this.#closed = true;
    const workers = [...this.#idle, ...this.#busy.keys()];
    const error = failure('FLOWS_LIMIT', 'callflow is closing');
    for (const { done } of [...this.#waiting, ...this.#busy.values()]) done({ error });
    this.#waiting = [];
    await Promise.all(workers.map((worker) => worker.terminate()));
  }

  #next(): void {
    if (this.#closed || this.#busy.size >= this.#limits.running) return;
    const job = this.#waiting.shift();
    if (!job) return;
    const rested = this.#idle.pop();
    this.#give(job, rested ?? this.#hire());
    if (rested) this.#busy.get(rested)?.begun();
  }

  #hire(): Worker {
    const worker = new Worker(new URL(`./flow-worker${extname(import.meta.url)}`, import.meta.url), {
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: this.#limits.megabytes },
    });
    worker.on('message', (said: 'ready' | FlowAnswer) => {
      if (said === 'ready') this.#busy.get(worker)?.begun();
      else this.#hear(worker, said);
    });
    worker.on('error', (error: NodeJS.ErrnoException) => this.#lose(worker, deathOf(error)));
    worker.on('exit', () => this.#lose(worker, failure('CALL_INTERNAL', 'the thread of the flow has ended')));
    return worker;
  }

  #give(job: Job, worker: Worker): void {
    let timer: unknown;
    const begun = () => {
      timer = this.#clock.setTimeout(() => {
        this.#lose(worker, failure('FLOW_TOO_SLOW', `stopped after ${this.#limits.ms / 1000} s of real time`));
        void worker.terminate();
      }, this.#limits.ms);
    };
    const done: Job['done'] = (answer) => {
      this.#clock.clearTimeout(timer);
      this.#busy.delete(worker);
      job.done(answer);
    };
    this.#busy.set(worker, { ...job, begun, done });
    worker.ref();
    worker.postMessage(job.task);
  }

  #hear(worker: Worker, answer: FlowAnswer): void {
    const job = this.#busy.get(worker);
    if (!job) return;
    job.done('result' in answer ? answer : { error: new FlowRefused(answer) });
    worker.unref();
    this.#idle.push(worker);
    this.#next();
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
