import { describe, expect, test } from 'vitest';
import { type Role, talking } from '../../src/telephony/bridge.ts';
import type { LegCommand, LegEvent, Sound } from '../../src/telephony/leg.ts';
import type { Finished, Incoming, Network, Target } from '../../src/telephony/network.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
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

const hello: Sound = { type: 'speech', text: 'Hello, this is the machine.' };
export const incoming: Incoming = { to: '+15555550200', from: '+15555550300', transport: 'PSTN' };
const target = (to: string, more: Partial<Target> = {}): Target => ({
  to,
  from: '+15555550200',
  transport: 'PSTN',
  ...more,
});

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

    test.for([
      ['both talk', talking, talking, true],
      ['the speaker is muted', { speaksTo: 'none', hears: 'all' }, talking, false],
      ['the hearer is deaf', talking, { speaksTo: 'all', hears: 'none' }, false],
      ['the speaker whispers to the hearer', { speaksTo: ['b'], hears: 'all' }, talking, true],
      ['the speaker whispers to somebody else', { speaksTo: ['c'], hears: 'all' }, talking, false],
      ['the hearer listens to the speaker', talking, { speaksTo: 'none', hears: ['a'] }, true],
    ] as const satisfies [string, Role, Role, boolean][])(
      'in a bridge, %s: the one presses a key when the other is heard',
      async ([, speaker, hearer, hears]) => {
        const far = make();
        const place = (id: string, script: Script) =>
          watch((listener) => far.network.place(id, target(far.answering(script)), listener));
        const a = place('a', [{ after: 2, say: 'Are you there?' }]);
        const b = place('b', [{ heard: 'you there', press: '1' }]);
        await far.wait(2_500);
        const bridge = far.network.openBridge('bridge');
        bridge.enter(a.leg, speaker);
        bridge.enter(b.leg, hearer);
        await far.wait(10_000);
        expect(b.types()).toEqual(['leg.ringing', 'leg.answered', ...(hears ? ['leg.pressed'] : [])]);
        for (const { send } of [a, b]) send({ type: 'hangUp' });
        await far.wait(1_000);
        bridge.close();
        expect(far.idle()).toBe(true);
      },
    );

    test('everybody in a bridge hears what is played into it, until they leave', async () => {
      const far = make();
      const script: Script = [{ heard: 'Hello', press: '1' }];
      const legs = ['a', 'b', 'c'].map((id) =>
        watch((listener) => far.network.place(id, target(far.answering(script)), listener)),
      );
      await far.wait(2_500);
      const bridge = far.network.openBridge('bridge');
      for (const { leg } of legs) bridge.enter(leg, talking);
      bridge.play([hello]);
      await far.wait(500);
      bridge.leave(legs[2]!.leg);
      await far.wait(5_000);
      expect(legs.map((leg) => leg.types().includes('leg.pressed'))).toEqual([true, true, false]);
      bridge.play([{ ...hello, loops: 0 }]);
      bridge.close();
      for (const { send } of legs) send({ type: 'hangUp' });
      await far.wait(1_000);
      expect(far.idle()).toBe(true);
    });
  });
}

const isEndOf = (id: string, event: LegEvent) =>
  (event.type === 'leg.done' || event.type === 'leg.stopped' || event.type === 'leg.failed') && event.id === id;

const everyCommand: readonly LegCommand[] = [
  { type: 'ring' },
  { type: 'progress' },
  { type: 'answer' },
  {
    type: 'play',
    id: 'play',
    sounds: [
      { ...hello, loops: 3 },
      { type: 'audio', url: 'https://app.example/hello.wav' },
    ],
  },
  { type: 'stop', id: 'nothing' },
  { type: 'sendDigits', id: 'digits', digits: '1w2' },
  { type: 'record', id: 'record', channels: 2, maxMs: 50_000, silenceMs: 5_000, trim: true },
  { type: 'pauseRecording', id: 'record' },
  { type: 'resumeRecording', id: 'record' },
  { type: 'listen', id: 'listen' },
  { type: 'detectMachine', id: 'detect' },
  { type: 'stream', id: 'stream', name: 'projects/demo/streams/one' },
  { type: 'transcribe', id: 'transcribe' },
  { type: 'refer', id: 'refer', to: '+15555550400' },
  { type: 'receiveFax', id: 'fax', timeoutMs: 10_000 },
  { type: 'echo', id: 'echo' },
  { type: 'denoise', on: true },
  { type: 'siprec', id: 'siprec', url: 'sip:recorder@recorder.example' },
];
