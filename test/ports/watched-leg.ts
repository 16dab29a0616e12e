import { expect } from 'vitest';
import type { Leg, LegListener } from '../../src/telephony/leg.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { LegEvent } from '../../src/telephony/leg-event.ts';

export interface Watched {
  leg: Leg;
  events: LegEvent[];
  types(): string[];
  send(command: LegCommand): void;
  listener: LegListener;
}

/** Keeps what a leg tells, and fails at once when it tells from within a command, or after its end. */
export function watch(make: (listener: LegListener) => Leg): Watched {
  const events: LegEvent[] = [];
  let sending = true;
  const listener = (event: LegEvent) => {
    expect(sending, `${event.type} from within a command`).toBe(false);
    expect(events.at(-1)?.type, `before ${event.type}`).not.toBe('leg.hungUp');
    events.push(structuredClone(event));
  };
  const leg = make(listener);
  sending = false;
  return {
    leg,
    events,
    listener,
    types: () => events.map(({ type }) => type),
    send: (command) => {
      sending = true;
      leg.send(structuredClone(command));
      sending = false;
    },
  };
}
