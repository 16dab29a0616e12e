/** MP3 files of recordings: made when somebody asks for the first time, and kept beside the WAV file. */
import { once } from 'node:events';
import { access, rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CallflowError } from '../errors.ts';
import type { Encoding } from './mp3-worker.ts';
import { asideOf, settle } from './whole.ts';

/** The program of the worker, as a source or as it is published. */
const program = new URL(`./mp3-worker${extname(import.meta.url)}`, import.meta.url);

/** Beyond so many, whoever asks is told to come again. */
const mostWaiting = 100;

interface Job {
  made: Promise<string | undefined>;
  worker?: Worker;
  canceled: boolean;
}

/** Encodes one recording at a time, in a thread that lives no longer than that, so that calls never wait for it. */
export class Mp3s {
  readonly #jobs = new Map<string, Job>();
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  /**
   * Where the MP3 of this WAV file is, once it is there; undefined when there is no such WAV file.
   *
   * @param isMixed all channels are heard on one
   */
  async of(wav: string, isMixed = false): Promise<string | undefined> {
    const mp3 = isMixed ? mixedOf(wav) : mp3Of(wav);
    if (await isThere(mp3)) return mp3;
    if (this.#closed) return undefined;
    const job = this.#jobs.get(mp3) ?? this.#begin({ from: wav, to: mp3, isMixed });
    return await job.made;
  }

  /** Removes the MP3s of a WAV file that has been removed, also those that are being made. */
  async remove(wav: string): Promise<void> {
    for (const mp3 of [mp3Of(wav), mixedOf(wav)]) {
      const job = this.#jobs.get(mp3);
      if (job) await cancel(job);
      for (const file of [mp3, asideOf(mp3)]) await rm(file, { force: true });
    }
  }

  /** Ends what is being made; whoever waits for it gets nothing. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#jobs.values()].map(cancel));
  }

  #begin(encoding: Encoding): Job {
    if (this.#jobs.size >= mostWaiting)
      throw new CallflowError('FILES_BUSY', `${mostWaiting} recordings are waiting to become MP3 files`);
    const job: Job = { canceled: false, made: Promise.resolve(undefined) };
    const turn = this.#last;
    job.made = turn.then(() => encode(job, encoding)).finally(() => this.#jobs.delete(encoding.to));
    this.#last = job.made.catch(() => {});
    this.#jobs.set(encoding.to, job);
    return job;
  }
}

const mp3Of = (wav: string): string => `${wav.replace(/\.wav$/, '')}.mp3`;
const mixedOf = (wav: string): string => `${wav.replace(/\.wav$/, '')}.mixed.mp3`;

async function encode(job: Job, { from: wav, to: mp3, isMixed }: Encoding): Promise<string | undefined> {
  if (!(await isThere(wav)) || job.canceled) return undefined;
  const aside = asideOf(mp3);
  job.worker = new Worker(program, { workerData: { from: wav, to: aside, isMixed } satisfies Encoding });
  try {
    // What the worker throws and does not catch is thrown here.
    await once(job.worker, 'exit');
    if ((await isThere(wav)) && !job.canceled) {
      await settle(aside, mp3);
      return mp3;
    }
  } catch (error) {
    if (await isThere(wav)) throw error;
  } finally {
    await rm(aside, { force: true });
  }
  return undefined;
}

async function cancel(job: Job): Promise<void> {
  job.canceled = true;
  await job.worker?.terminate();
  await job.made.catch(() => {});
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
