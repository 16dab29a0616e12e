import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { Bridge, BridgeEvent } from '../../src/telephony/bridge.ts';
import type { Leg } from '../../src/telephony/leg.ts';
import type { LegCommand } from '../../src/telephony/leg-command.ts';
import type { Finished, Network } from '../../src/telephony/network.ts';
import type { AudioLengths } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork, type SimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { timing } from '../../src/telephony/simulated/timing.ts';
import type { StreamServers } from '../../src/telephony/streams.ts';
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

/** Servers that say something; most close a second later. */
const talkative = (clock: VirtualClock): StreamServers => ({
  open: ({ url }, listener) => {
    const timers = new Set<unknown>();
    const at = (ms: number, act: () => void) => timers.add(clock.setTimeout(act, ms));
    if (url.includes('nobody')) at(500, () => listener.closed({ code: 'HANDLER_REFUSED', reason: 'nobody is there' }));
    else {
      at(200, () => listener.opened());
      at(300, () => listener.heard({ type: 'media', audio: new Uint8Array(4_000) }));
      at(300, () => listener.heard({ type: 'mark', name: 'said' }));
      at(400, () => listener.heard({ type: 'press', digits: '12' }));
      at(600, () => listener.heard({ type: 'clear' }));
      at(700, () => listener.heard({ type: 'media', audio: new Uint8Array(16_000) }));
      if (!url.includes('stays')) at(1_000, () => listener.closed());
    }
    const close = () => {
      for (const timer of timers) clock.clearTimeout(timer);
    };
    return { wantsAudio: true, send: () => {}, close };
  },
});

/** A bridge whose streams have ids of their own, so that each can be followed to its end. */
class Streamer {
  readonly bridge: Bridge;
  readonly #events: BridgeEvent[] = [];
  readonly #latest = new Map<string, string>();
  #opened = 0;
  #closed = false;

  constructor(network: Network, id: string) {
    this.bridge = network.openBridge(id, (event) => {
      expect(this.#closed).toBe(false);
      this.#events.push(event);
    });
  }

  open(stream: Parameters<Bridge['openStream']>[0]): void {
    if (!this.#closed) this.#opened++;
    const id = `${this.bridge.id}/${this.#closed ? 'late' : this.#opened}`;
    this.#latest.set(stream.id, id);
    this.bridge.openStream({ ...stream, id });
  }

  stop(id: string): void {
    this.bridge.stopStream(this.#latest.get(id) ?? 'nothing');
  }

  close(): void {
    this.#closed = true;
    this.bridge.close();
  }

  /** Every stream has ended once, or ends with the bridge; whatever is told of it comes between. */
  check(): void {
    const of = Map.groupBy(this.#events, ({ id }) => id);
    if (!this.#closed) expect(of.size).toBe(this.#opened);
    for (const events of of.values()) {
      const told = events.map(({ type }) => type.replace('bridge.', '')).join(' ');
      expect(told).toMatch(/^(forked|(forked )?(done|stopped|failed))$/);
    }
    this.close();
  }
}

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
  bridges: Streamer[],
  network: SimulatedNetwork,
): void {
  if (deed.type === 'fail') network.fail();
  else if (deed.type === 'send') legs[deed.leg]?.send(deed.command);
  else act(deed, bridges[deed.bridge]!, 'leg' in deed ? watched[deed.leg]?.leg : undefined);
}

function act(deed: Extract<Deed, { bridge: number }>, streamer: Streamer, leg: Leg | undefined): void {
  const { bridge } = streamer;
  if (deed.type === 'close') streamer.close();
  else if (deed.type === 'openStream') streamer.open(deed.stream);
  else if (deed.type === 'stopStream') streamer.stop(deed.id);
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
        servers: talkative(clock),
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
      const bridges = [new Streamer(network, 'bridge-0'), new Streamer(network, 'bridge-1')];
      for (const deed of deeds) clock.setTimeout(() => carryOut(deed, legs, watched, bridges, network), deed.at);
      await clock.advance(30_000);
      for (const { send } of watched) send({ type: 'hangUp' });
      await clock.advance(timing.processing);
      for (const bridge of bridges) bridge.check();
      for (const leg of legs) leg.check(finished);
      expect(new Set(finished.map(({ id }) => id)).size).toBe(finished.length);
      expect([network.live, clock.pending]).toEqual([0, 0]);
    }),
    { numRuns: 1_000 },
  );
});

const place = (network: Network, id: string, to: string) =>
  watch((listener) => network.place(id, { to, from: '+15555550200', transport: 'PSTN', ringMs: 20_000 }, listener));
