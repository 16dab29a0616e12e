import type { Clock } from '../clock.ts';

/** A clock by which nothing that fails ends the process: one call, or one listener, must not take all others along. */
export function sturdyClock(clock: Clock, failed: (error: unknown) => void): Clock {
  return {
    ...clock,
    setTimeout: (callback, ms) =>
      clock.setTimeout(() => {
        try {
          callback();
        } catch (error) {
          failed(error);
        }
      }, ms),
    outside: (work, deadlineMs, deliver) =>
      clock.outside(work, deadlineMs, (settled) => {
        try {
          deliver(settled);
        } catch (error) {
          failed(error);
        }
      }),
  };
}
