import { VirtualClock } from '../../src/clock.ts';
import type { Leg } from '../../src/telephony/leg.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { LegEvent } from '../../src/telephony/leg-event.ts';
import type { Finished } from '../../src/telephony/network.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import {
  createSimulatedNetwork,
  type SimulatedNetwork,
  type SimulatedNetworkOptions,
} from '../../src/telephony/simulated/network.ts';
import type { Phone } from '../../src/telephony/simulated/script.ts';

/** A network in virtual time, and what is told on it, each with its second. */
export interface FarSide {
  clock: VirtualClock;
  network: SimulatedNetwork;
  told: string[];
  finished: Finished[];
  /** Calls somebody out; `does` says what is sent at which second. */
  call(to: string, does?: Readonly<Record<number, readonly LegCommand[]>>): Leg;
}

export const incoming = { to: '+15555550200', from: '+15555550300', transport: 'PSTN' } as const;

export function farSide(
  phones: Readonly<Record<string, Phone>> = {},
  options: Partial<SimulatedNetworkOptions> = {},
): FarSide {
  const clock = new VirtualClock(0);
  const network = createSimulatedNetwork({ clock, audio: everyAudioLasts(1_000), phones, ...options });
  const told: string[] = [];
  const finished: Finished[] = [];
  network.onFinished((event) => finished.push(event));
  let legs = 0;
  return {
    clock,
    network,
    told,
    finished,
    call: (to, does = {}) => {
      const id = `leg-${++legs}`;
      const name = legs > 1 ? `${id} ` : '';
      const leg = network.place(id, { to, from: '+15555550200', transport: 'PSTN' }, (event) =>
        told.push(`${clock.now() / 1000} ${name}${spell(event)}`),
      );
      for (const [second, commands] of Object.entries(does))
        clock.setTimeout(() => sendAll(leg, commands), Number(second) * 1000);
      return leg;
    },
  };
}

export function sendAll(leg: Leg, commands: readonly LegCommand[]): void {
  for (const command of commands) leg.send(command);
}

/** An event in one line. */
export function spell({ type, ...rest }: LegEvent): string {
  const details = Object.entries(rest).map(([name, value]) => (value === true ? name : value));
  return [type.replace('leg.', ''), ...details].join(' ');
}

export const say = (text: string, id = text): LegCommand => ({ type: 'play', id, sounds: [{ type: 'speech', text }] });
