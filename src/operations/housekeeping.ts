import { Alarm, type Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Between one piece of forgetting and the next, calls get their turn. */
const pauseMs = 50;
const heartbeatMs = 2_000;

interface Counts {
  families: number;
  calls: number;
  files: number;
}

const nothing: Counts = { families: 0, calls: 0, files: 0 };

export interface HousekeepingOptions {
  clock: Clock;
  store: Store;
  /** How many days ended calls are kept; undefined: for ever. */
  retentionDays(): number | undefined;
  removeFile(file: string): Promise<void>;
  forgot(counts: Counts): void;
  failed(error: unknown): void;
}

/** What is done again and again: a sign of life for the next process, and once a day forgetting what is too old. */
export function housekeeping(options: HousekeepingOptions): { end(): void } {
  const { clock, store, retentionDays, removeFile, forgot, failed } = options;
  const forgetting = new Alarm(clock, () => forgetSome(nothing));
  const heart = new Alarm(clock, () => beat());
  let pause: unknown;
  let ended = false;

  const beat = () => {
    heart.set(heartbeatMs);
    store.heartbeat(clock.now());
  };

  const forgetSome = (before: Counts) => {
    forgetting.set(dayMs);
    const days = retentionDays();
    if (days === undefined) return;
    const { families, calls, files } = store.forget(clock.now() - days * dayMs);
    const total = {
      families: before.families + families,
      calls: before.calls + calls,
      files: before.files + files.length,
    };
    clock.outside(Promise.all(files.map(removeFile)), pauseMs, (settled) => {
      if ('error' in settled) failed(settled.error);
      if (families > 0 && !ended) pause = clock.setTimeout(() => forgetSome(total), pauseMs);
      else if (total.families > 0) forgot(total);
    });
  };

  beat();
  forgetting.set(0);
  return {
    end: () => {
      ended = true;
      heart.clear();
      forgetting.clear();
      clock.clearTimeout(pause);
    },
  };
}
