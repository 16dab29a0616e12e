import type { Clock } from '../clock.ts';
import type { Engine } from '../engine/engine.ts';

export interface DrainOptions {
  clock: Clock;
  engine: Engine;
  /** The calls that have begun and not ended. */
  begun(): readonly string[];
  /** How long they may go on. */
  ms: number;
}

/** Callbacks that are being sent after the last call get so much time. */
const deliveryMs = 5_000;
/** What connectors have, they answer within that much more, or not at all. */
const chargeMs = 6_000;
const glanceMs = 50;

/**
 * Lets the calls that have begun finish, hangs up those that take too long, and gives their callbacks, and texts and
 * payments that have left, a moment; calls that wait to be placed, and callbacks that wait for another attempt, are left
 * for the next process. Gives how many calls were hung up.
 */
export async function drain({ clock, engine, begun, ms }: DrainOptions): Promise<number> {
  engine.hold();
  await until(clock, ms, () => begun().length === 0);
  const cut = begun();
  for (const call of cut) engine.act(call, { type: 'act.hangUp' });
  const isQuiet = () => begun().length === 0 && engine.deliveries.underWay === 0 && engine.underWay() === 0;
  await until(clock, deliveryMs, isQuiet);
  await until(clock, chargeMs, () => engine.underWay() === 0);
  engine.deliveries.close();
  return cut.length;
}

/** Waits until something is so, or too long. */
async function until(clock: Clock, ms: number, isSo: () => boolean): Promise<void> {
  const deadline = clock.now() + ms;
  while (!isSo() && clock.now() < deadline) await new Promise<void>((done) => clock.setTimeout(done, glanceMs));
}
