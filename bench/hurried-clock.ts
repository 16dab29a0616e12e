import { type Clock, VirtualClock } from '../src/clock.ts';

/** A clock for telephones: nobody waits. As soon as the process has nothing else to do, time jumps from timer to timer. */
export function hurriedClock(): Clock {
  const clock = new VirtualClock();
  let awake = false;
  const hurry = () => {
    if (awake) return;
    awake = true;
    setImmediate(() => {
      // Runs all that is there, and what that sets off, before it comes back.
      void clock.run();
      awake = false;
    });
  };
  return {
    now: clock.now,
    setTimeout: (callback, ms) => {
      hurry();
      return clock.setTimeout(callback, ms);
    },
    clearTimeout: clock.clearTimeout,
    outside: (work, deadlineMs, deliver) => clock.outside(work, deadlineMs, deliver),
  };
}
