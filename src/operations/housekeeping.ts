import type { Clock } from '../clock.ts';
import type { Store } from '../store/store.ts';

const dayMs = 24 * 60 * 60 * 1000;
/** Between one piece of forgetting and the next, calls get their turn. */
const pauseMs = 50;
const heartbeatMs = 2_000;

export interface HousekeepingOptions {
  clock: Clock;
  store: Store;
  /** How many days ended calls are kept; undefined: for ever. */
  retentionDays(): number | undefined;
  removeFile(file: string): Promise<void>;
  forgot(counts: { families: number; calls: number; files: number }): void;
  failed(error: unknown): void;
}

export interface Housekeeping {
  /** Forgets what is too old, now. */
  forget(): Promise<void>;
  end(): void;
}

/** What is done again and again: a sign of life for the next process, and once a day forgetting what is too old. */
export function housekeeping(options: HousekeepingOptions): Housekeeping {
  const { clock, store, retentionDays, removeFile, forgot, failed } = options;
  let beat: unknown;
  let day: unknown;
  let ended = false;

  const live = () => {
    store.heartbeat(clock.now());
    beat = clock.setTimeout(live, heartbeatMs);
  };

  const forget = async () => {
    const days = retentionDays();
    const total = { families: 0, calls: 0, files: 0 };
    for (let more = days !== undefined; more && !ended; ) {
      const { families, calls, files } = store.forget(clock.now() - (days ?? 0) * dayMs);
      for (const file of files) await removeFile(file);
      total.families += families;
      total.calls += calls;
      total.files += files.length;
      more = families > 0;
      if (more) await new Promise<void>((done) => clock.setTimeout(done, pauseMs));
    }
    if (total.families > 0) forgot(total);
  };

  const daily = () => {
    forget().catch(failed);
    day = clock.setTimeout(daily, dayMs);
  };

  live();
  daily();
  return {
    forget,
    end: () => {
      ended = true;
      clock.clearTimeout(beat);
      clock.clearTimeout(day);
    },
  };
}
