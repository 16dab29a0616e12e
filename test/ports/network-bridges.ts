import { expect, test } from 'vitest';
import { type BridgeEvent, type Role, talking } from '../../src/telephony/bridge.ts';
import type { Finished } from '../../src/telephony/network.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import type { Sound } from '../../src/telephony/sound.ts';
import type { AudioStream } from '../../src/telephony/streams.ts';
import type { NetworkUnderTest } from './network.ts';
import { target } from './network-calls.ts';
import { watch } from './watched-leg.ts';

const hello: Sound = { type: 'speech', text: 'Hello, this is the machine.' };

/** Who hears whom, on every network. */
export function describeBridges(make: () => NetworkUnderTest): void {
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

  test('a recording of a bridge holds what is said to all in it and played to them, and is finished when it is stopped or the bridge closed', async () => {
    const far = make();
    const place = (id: string, script: Script) =>
      watch((listener) => far.network.place(id, target(far.answering(script)), listener));
    const a = place('a', [
      { after: 1, say: 'Before anything.' },
      { after: 2, say: 'Are you there?' },
    ]);
    const b = place('b', [{ after: 6, say: 'Only to you.' }]);
    const finished: Finished[] = [];
    far.network.onFinished((one) => finished.push(one));
    await far.wait(4_500);
    const bridge = far.network.openBridge('bridge');
    bridge.enter(a.leg, talking);
    bridge.enter(b.leg, { speaksTo: ['a'], hears: 'all' });
    for (const id of ['r1', 'r2', 'r3', 'r4']) bridge.record({ id, trim: true });
    await far.wait(250);
    bridge.pauseRecording('r2', false);
    bridge.pauseRecording('r4', true);
    await far.wait(4_750);
    bridge.play([hello]);
    bridge.resumeRecording('r2');
    bridge.resumeRecording('r4');
    await far.wait(3_000);
    bridge.stopRecording('r3');
    bridge.stopRecording('r3');
    bridge.close();
    for (const { send } of [a, b]) send({ type: 'hangUp' });
    await far.wait(2_000);
    expect(finished.map((one) => (one.type === 'recording' ? [one.id, textsOf(one)] : one))).toEqual([
      ['r3', ['Are you there?', 'Hello, this is the machine.']],
      ['r1', ['Are you there?', 'Hello, this is the machine.']],
      ['r2', ['Hello, this is the machine.']],
      ['r4', ['Hello, this is the machine.']],
    ]);
    expect(far.idle()).toBe(true);
  });

  test('a stream of a bridge ends once: when its server is not there, when it is stopped, or with the bridge', async () => {
    const far = make();
    const a = watch((listener) => far.network.place('a', target(far.answering([])), listener));
    await far.wait(2_500);
    const told: BridgeEvent[] = [];
    const bridge = far.network.openBridge('bridge', (event) => told.push(event));
    bridge.enter(a.leg, talking);
    bridge.openStream(stream('s1'));
    expect(told).toEqual([]);
    await far.wait(15_000);
    expect(told).toEqual([
      { type: 'bridge.failed', id: 's1', code: expect.stringMatching(/^[A-Z_]+$/), reason: expect.any(String) },
    ]);
    bridge.stopStream('s1');
    bridge.openStream(stream('s2'));
    bridge.stopStream('s2');
    bridge.stopStream('s2');
    expect(told).toHaveLength(1);
    await far.wait(15_000);
    expect(told.slice(1)).toEqual([{ type: 'bridge.stopped', id: 's2' }]);
    bridge.openStream(stream('s3'));
    bridge.openStream(stream('s4'));
    bridge.stopStream('s4');
    bridge.close();
    bridge.openStream(stream('s5'));
    a.send({ type: 'hangUp' });
    await far.wait(15_000);
    expect(told).toHaveLength(2);
    expect(far.idle()).toBe(true);
  });

  test('a recording of a bridge is as long as it may be, and empty when nothing was heard', async () => {
    const far = make();
    const a = watch((listener) => far.network.place('a', target(far.answering([])), listener));
    const finished: Finished[] = [];
    far.network.onFinished((one) => finished.push(one));
    await far.wait(2_500);
    const bridge = far.network.openBridge('bridge');
    bridge.enter(a.leg, talking);
    bridge.record({ id: 'r1', trim: false, maxMs: 1_000 });
    await far.wait(5_000);
    bridge.close();
    a.send({ type: 'hangUp' });
    await far.wait(1_000);
    expect(finished).toEqual([
      { type: 'recording', id: 'r1', audio: { ms: 1_000, channels: 1, silent: true, utterances: [] } },
    ]);
    expect(far.idle()).toBe(true);
  });
}

/** At a server that is nowhere. */
const stream = (id: string): AudioStream => ({
  id,
  conference: 'bridge',
  project: 'demo',
  dialect: 'none',
  url: 'wss://nobody.invalid/',
  track: 'both',
  codec: 'PCMU@8000h',
  realtime: false,
  bothWays: true,
  parameters: {},
});

const textsOf = ({ audio }: Extract<Finished, { type: 'recording' }>) => audio.utterances.map(({ text }) => text);
