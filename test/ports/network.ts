import { describe, expect, test } from 'vitest';
import type { Finished, Network, Target } from '../../src/telephony/network.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import { describeBridges } from './network-bridges.ts';
import { target } from './network-calls.ts';
import { everyCommand, isEndOf } from './network-commands.ts';
import { type Watched, watch } from './watched-leg.ts';

/** A network, and the telephones around it. */
export interface NetworkUnderTest {
  network: Network;
  /** Lets so much time pass. */
  wait(ms: number): Promise<void>;
  /** An address where this is done once the call is answered, two seconds after it began to ring. */
  answering(script: Script): string;
  busy(): string;
  /** Rings, and nobody answers. */
  ringing(): string;
  /** Somebody calls. */
  caller(script: Script): void;
  /** The network dies. */
  fail(): void;
  /** Nothing of any leg is left: no timer, no socket. */
  idle(): boolean;
}

/** The laws that every network keeps, whatever it is made of. */
export function describeNetwork(name: string, make: () => NetworkUnderTest): void {
  describe(`the network ${name}`, () => {
    const placing = (to: (far: NetworkUnderTest) => string, more: Partial<Target> = {}) => {
      const far = make();
      const watched = watch((listener) => far.network.place('leg-1', target(to(far), more), listener));
      return { far, watched };
    };
    const answered = async (script: Script = []) => {
      const { far, watched } = placing((far) => far.answering(script));
      await far.wait(2_000);
      expect(watched.types()).toEqual(['leg.ringing', 'leg.answered']);
      return { far, watched, since: () => watched.events.slice(2) };
    };
    const called = async (script: Script) => {
      const far = make();
      const legs: Watched[] = [];
      far.network.onIncoming((_offer, leg) => {
        const watched = watch(() => leg);
        legs.push(watched);
        return watched.listener;
      });
      far.caller(script);
      await far.wait(100);
      return { far, watched: legs[0]! };
    };

    test('a call that is answered and hung up rings, is answered and ends, once', async () => {
      const { far, watched } = await answered();
      watched.send({ type: 'hangUp' });
      watched.send({ type: 'hangUp' });
      await far.wait(5_000);
      expect(watched.events).toEqual([
        { type: 'leg.ringing' },
        { type: 'leg.answered' },
        { type: 'leg.hungUp', by: 'us', cause: 'normal' },
      ]);
      expect(far.idle()).toBe(true);
    });

    test('a call that the far side hangs up says so', async () => {
      const { far, since } = await answered([{ after: 1, hangUp: true }]);
      await far.wait(5_000);
      expect(since()).toEqual([{ type: 'leg.hungUp', by: 'farSide', cause: 'normal' }]);
      expect(far.idle()).toBe(true);
    });

    test('a busy telephone ends the call as busy', async () => {
      const { far, watched } = placing((far) => far.busy());
      await far.wait(5_000);
      expect(watched.events).toEqual([{ type: 'leg.hungUp', by: 'farSide', cause: 'busy', sipCode: 486 }]);
      expect(far.idle()).toBe(true);
    });

    test('ringing ends at its limit', async () => {
      const { far, watched } = placing((far) => far.ringing(), { ringMs: 20_000 });
      await far.wait(19_900);
      expect(watched.types()).toEqual(['leg.ringing']);
      await far.wait(5_000);
      expect(watched.events.at(-1)).toMatchObject({ type: 'leg.hungUp', cause: 'noAnswer' });
      expect(far.idle()).toBe(true);
    });

    test('a call that is given up while it rings is canceled', async () => {
      const { far, watched } = placing((far) => far.ringing());
      await far.wait(3_000);
      watched.send({ type: 'hangUp' });
      await far.wait(1_000);
      expect(watched.events).toEqual([
        { type: 'leg.ringing' },
        { type: 'leg.hungUp', by: 'us', cause: 'canceled', sipCode: 487 },
      ]);
    });

    test('a call that is given up before anything has happened ends all the same', async () => {
      const { far, watched } = placing((far) => far.ringing());
      watched.send({ type: 'hangUp' });
      await far.wait(30_000);
      expect(watched.types()).toEqual(['leg.hungUp']);
      expect(far.idle()).toBe(true);
    });

    test('a call that comes in is answered when we say so', async () => {
      const { far, watched } = await called([]);
      watched.send({ type: 'ring' });
      watched.send({ type: 'answer' });
      await far.wait(1_000);
      expect(watched.events).toEqual([{ type: 'leg.answered' }]);
      watched.send({ type: 'hangUp' });
      await far.wait(1_000);
      expect(watched.types()).toEqual(['leg.answered', 'leg.hungUp']);
    });

    test('a caller who gives up before the answer ends the leg', async () => {
      const { far, watched } = await called([{ after: 3, hangUp: true }]);
      await far.wait(5_000);
      expect(watched.events).toEqual([{ type: 'leg.hungUp', by: 'farSide', cause: 'normal' }]);
      expect(far.idle()).toBe(true);
    });

    test('a call that is rejected has been ended by us', async () => {
      const { far, watched } = await called([{ after: 3, hangUp: true }]);
      watched.send({ type: 'reject', cause: 'busy' });
      await far.wait(5_000);
      expect(watched.events).toEqual([{ type: 'leg.hungUp', by: 'us', cause: 'rejected', sipCode: 486 }]);
      expect(far.idle()).toBe(true);
    });

    test('when the network dies every leg ends, and every later one', async () => {
      const { far, watched } = await answered();
      far.fail();
      const late = watch((listener) => far.network.place('leg-2', target(far.ringing()), listener));
      await far.wait(1_000);
      for (const { events } of [watched, late])
        expect(events.at(-1)).toMatchObject({ type: 'leg.hungUp', by: 'network', cause: 'failed' });
      expect(far.idle()).toBe(true);
    });

    test('commands to a dead leg do nothing', async () => {
      const { far, watched } = await answered([{ after: 1, hangUp: true }]);
      await far.wait(2_000);
      const before = watched.events.length;
      for (const command of everyCommand) watched.send(command);
      await far.wait(60_000);
      expect(watched.events).toHaveLength(before);
      expect(far.idle()).toBe(true);
    });

    test.for(
      everyCommand.filter(
        (command) => 'id' in command && !['stop', 'pauseRecording', 'resumeRecording'].includes(command.type),
      ),
    )('$type ends exactly once when it is stopped, or before', async (command) => {
      const { far, watched, since } = await answered();
      const id = 'id' in command ? command.id : '';
      watched.send(command);
      watched.send({ type: 'stop', id });
      watched.send({ type: 'stop', id });
      await far.wait(60_000);
      expect(since().filter((event) => isEndOf(id, event))).toHaveLength(1);
      watched.send({ type: 'hangUp' });
      await far.wait(2_000);
      expect(far.idle()).toBe(true);
    });

    test.for(everyCommand)('$type ends with the leg at the latest', async (command) => {
      const { far, watched } = await answered([{ after: 0.3, hangUp: true }]);
      watched.send(command);
      await far.wait(60_000);
      const id = 'id' in command ? command.id : '';
      expect(watched.events.filter((event) => isEndOf(id, event)).length).toBeLessThanOrEqual(1);
      expect(watched.types().at(-1)).toBe('leg.hungUp');
      expect(far.idle()).toBe(true);
    });

    test('sounds are done when all have been played', async () => {
      const { far, watched, since } = await answered();
      watched.send({
        type: 'play',
        id: 'p',
        sounds: [{ type: 'silence', ms: 300 }, { type: 'beep' }, { type: 'tones', digits: '1w#' }],
      });
      await far.wait(1_600);
      expect(since()).toEqual([]);
      await far.wait(200);
      expect(since()).toEqual([{ type: 'leg.done', id: 'p' }]);
    });

    test('keys come one by one, in order', async () => {
      const { far, since } = await answered([{ after: 1, press: '12#' }]);
      await far.wait(3_000);
      expect(since()).toEqual(['1', '2', '#'].map((digit) => ({ type: 'leg.pressed', digit })));
    });

    test('a recording ends at its maximum and its audio comes later', async () => {
      const { far, watched, since } = await answered([{ after: 0.5, say: 'I would like to order a table.' }]);
      const finished: Finished[] = [];
      far.network.onFinished((one) => finished.push(one));
      watched.send({ type: 'record', id: 'r', channels: 1, maxMs: 5_000, trim: false });
      await far.wait(5_000);
      expect(since().at(-1)).toEqual({ type: 'leg.done', id: 'r', reason: 'maximum', ms: 5_000 });
      await far.wait(5_000);
      expect(finished).toMatchObject([
        { type: 'recording', id: 'r', audio: { ms: 5_000, channels: 1, silent: false } },
      ]);
    });

    test('a recording of a leg that ends is finished all the same', async () => {
      const { far, watched } = await answered([{ after: 3, hangUp: true }]);
      const finished: Finished[] = [];
      far.network.onFinished((one) => finished.push(one));
      watched.send({ type: 'record', id: 'r', channels: 2, trim: true });
      await far.wait(10_000);
      expect(watched.types().at(-1)).toBe('leg.hungUp');
      expect(finished).toEqual([
        { type: 'recording', id: 'r', audio: { ms: 0, channels: 2, silent: true, utterances: [] } },
      ]);
      expect(far.idle()).toBe(true);
    });

    test('a recording that comes too late for its leg is finished too, with nothing in it', async () => {
      const { far, watched } = await answered([{ after: 1, hangUp: true }]);
      const finished: Finished[] = [];
      far.network.onFinished((one) => finished.push(one));
      await far.wait(1_000);
      watched.send({ type: 'record', id: 'r', channels: 2, trim: true });
      await far.wait(5_000);
      expect(finished).toEqual([
        { type: 'recording', id: 'r', audio: { ms: 0, channels: 2, silent: true, utterances: [] } },
      ]);
      expect(far.idle()).toBe(true);
    });

    describeBridges(make);
  });
}
