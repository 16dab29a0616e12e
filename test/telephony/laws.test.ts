import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { Bridge } from '../../src/telephony/bridge.ts';
import type { Leg, LegCommand } from '../../src/telephony/leg.ts';
import type { Finished, Network } from '../../src/telephony/network.ts';
import type { AudioLengths } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork, type SimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { timing } from '../../src/telephony/simulated/timing.ts';
import { type Watched, watch } from '../ports/watched-leg.ts';
import { type Deed, deeds, phone, script } from './arbitraries.ts';

/** Half a second for each file that is there, told three seconds later. */
const slowAudio = (clock: VirtualClock): AudioLengths => ({
  lengthOf: (url, done) => {
    const length = url === '/1.wav' ? { ms: 500 } : ({ code: 'AUDIO_NOT_AVAILABLE', reason: 'not there' } as const);
    const timer = clock.setTimeout(() => done(length), 3_000);
    return { abort: () => clock.clearTimeout(timer) };
  },
});

const timed: ReadonlySet<LegCommand['type']> = new Set<LegCommand['type']>([
  'play',
  'sendDigits',
  'record',
  'listen',
  'detectMachine',
  'stream',
  'openStream',
  'transcribe',
  'refer',
  'receiveFax',
  'echo',
]);

/** Commands sent with an id of their own, so that each can be followed to its end. */
class Commander {
  readonly sent: LegCommand[] = [];
  readonly #watched: Watched;
  readonly #latest = new Map<string, string>();

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  send(command: LegCommand): void {
    if (!('id' in command)) {
      this.#watched.send(command);
      return;
    }
    if (timed.has(command.type)) this.#latest.set(command.id, `${this.#watched.leg.id}/${this.sent.length}`);
    const own = { ...command, id: this.#latest.get(command.id) ?? 'nothing' };
    this.sent.push(own);
    this.#watched.send(own);
  }

  /** Every command has ended once, or with the leg. */
  check(finished: readonly Finished[]): void {
    const events = this.#watched.events;
    expect(events.at(-1)?.type).toBe('leg.hungUp');
    for (const command of this.sent) {
      if (!('id' in command) || !timed.has(command.type)) continue;
      const ends = events.filter(
        (event) => /^leg\.(done|stopped|failed)$/.test(event.type) && 'id' in event && event.id === command.id,
      );
      expect(ends.length).toBeLessThanOrEqual(1);
      const results = finished.filter(({ id, type }) => id === command.id && type !== 'fax');
      if (command.type !== 'record') expect(results).toEqual([]);
      else if (ends.length > 0) expect(results).toHaveLength(1);
      else expect(results.length).toBeLessThanOrEqual(1);
    }
  }
}

function carryOut(
  deed: Deed,
  legs: Commander[],
  watched: Watched[],
  bridges: Bridge[],
  network: SimulatedNetwork,
): void {
  if (deed.type === 'fail') network.fail();
  else if (deed.type === 'send') legs[deed.leg]?.send(deed.command);
  else act(deed, bridges[deed.bridge]!, 'leg' in deed ? watched[deed.leg]?.leg : undefined);
}

function act(deed: Extract<Deed, { bridge: number }>, bridge: Bridge, leg: Leg | undefined): void {
  if (deed.type === 'close') bridge.close();
  else if (deed.type === 'playInto') bridge.play(deed.sounds);
  else if (leg && deed.type === 'leave') bridge.leave(leg);
  else if (leg && deed.type !== 'leave') bridge[deed.type](leg, deed.role);
}

test('whatever is done to legs and bridges, every law holds and nothing is left', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(phone, phone, script, deeds, fc.boolean(), async (one, other, caller, deeds, back) => {
      const clock = new VirtualClock();
      const network = createSimulatedNetwork({
        clock,
        audio: slowAudio(clock),
        phones: { one, other },
        isOurs: (to) => to === 'ours',
      });
      const finished: Finished[] = [];
      network.onFinished((event) => finished.push(event));
      const watched = [place(network, 'leg-0', 'one'), place(network, 'leg-1', back ? 'ours' : 'other')];
      const legs = watched.map((each) => new Commander(each));
      network.onIncoming((_incoming, leg) => {
        const incoming = watch(() => leg);
        watched.push(incoming);
        legs.push(new Commander(incoming));
        return incoming.listener;
      });
      network.callIn({ to: '+15555550200', from: '+15555550201', transport: 'PSTN' }, { script: caller });
      const bridges = [network.openBridge('bridge-0'), network.openBridge('bridge-1')];
      for (const deed of deeds) clock.setTimeout(() => carryOut(deed, legs, watched, bridges, network), deed.at);
      await clock.advance(30_000);
      for (const { send } of watched) send({ type: 'hangUp' });
      await clock.advance(timing.processing);
      for (const leg of legs) leg.check(finished);
      expect(new Set(finished.map(({ id }) => id)).size).toBe(finished.length);
      expect([network.live, clock.pending]).toEqual([0, 0]);
    }),
    { numRuns: 1_000 },
  );
});

const place = (network: Network, id: string, to: string) =>
  watch((listener) => network.place(id, { to, from: '+15555550200', transport: 'PSTN', ringMs: 20_000 }, listener));
