import { seededRandom } from '../src/ids.ts';

/** When calls come that know nothing of each other, in milliseconds: the same every time. */
export function arrivals(calls: number, perSecond: number): number[] {
  const random = seededRandom(1);
  let at = 0;
  return Array.from({ length: calls }, () => {
    at += (-Math.log(1 - random()) * 1000) / perSecond;
    return at;
  });
}

/** Does something at each of these times (milliseconds from now, ascending). */
export function onTime(times: readonly number[], act: (index: number) => void): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const begin = performance.now();
  let next = 0;
  const turn = () => {
    const now = performance.now() - begin;
    while (next < times.length && times[next]! <= now) act(next++);
    if (next < times.length) setTimeout(turn, Math.max(times[next]! - (performance.now() - begin), 0));
    else resolve();
  };
  turn();
  return promise;
}
