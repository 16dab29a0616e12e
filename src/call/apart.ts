import type { Clock } from '../clock.ts';

/**
 * Does what somebody else wrote, and gives what that gives. If it throws, nothing that goes on here is disturbed: the
 * error surfaces in a timer of its own, where the process decides what becomes of it.
 */
export function apart<It, Given>(clock: Pick<Clock, 'setTimeout'>, act: (it: It) => Given, it: It): Given | undefined {
  try {
    return act(it);
  } catch (error) {
    clock.setTimeout(() => {
      throw error;
    }, 0);
    return undefined;
  }
}
