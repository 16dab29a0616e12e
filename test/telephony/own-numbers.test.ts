import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import { talking } from '../../src/telephony/bridge.ts';
import type { Leg } from '../../src/telephony/leg.ts';
import type { LegEvent } from '../../src/telephony/leg-event.ts';
import type { Incoming } from '../../src/telephony/network.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';

const ours = '+61255501234';

/** A network on which a call to our number comes back, and what both of its legs tell. */
async function connected(to = ours, from = '+61255501235') {
  const clock = new VirtualClock();
  const phones = { '+61255501236': { busy: true as const } };
  const network = createSimulatedNetwork({
    clock,
    phones,
    audio: everyAudioLasts(1_000),
    isOurs: (address) => address.startsWith('+612555') || address.includes('@here.example'),
  });
  const told: string[] = [];
  const tells = (who: string) => (event: LegEvent) => {
    const { type, ...more } = event;
    told.push([who, type.slice(4), ...Object.values(more).filter((value) => value !== undefined)].join(' '));
  };
  const offered: { incoming: Incoming; leg: Leg }[] = [];
  network.onIncoming((incoming, leg) => {
    offered.push({ incoming, leg });
    return tells('in');
  });
  const transport = to.startsWith('+') ? 'PSTN' : 'SIP';
  const out = network.place('c1', { to, from, transport, hops: 2 }, tells('out'));
  await clock.advance(0);
  return { clock, network, told, out, ...offered[0] };
}

test('a call to a number of ours comes in again, one hop further', async () => {
  const { incoming, told } = await connected();
  expect(incoming).toEqual({ to: ours, from: '+61255501235', transport: 'PSTN', hops: 3, placed: 'c1' });
  expect(told).toEqual(['out ringing']);
});

test.for([
  ['sip:anna@here.example;transport=tls', '+61255501235', 'sip:+61255501235@here.example'],
  ['sip:anna@here.example', 'sip:bert@there.example', 'sip:bert@there.example'],
  ['sip:anna@here.example', '', 'sip:anonymous@anonymous.invalid'],
] as const)('a call to %s from %j comes in from %s', async ([to, from, shown]) => {
  expect((await connected(to, from)).incoming).toMatchObject({ to, from: shown, transport: 'SIP' });
});

test('a phone that was given for a number of ours takes its calls', async () => {
  const { incoming, told } = await connected('+61255501236');
  expect([incoming, told]).toEqual([undefined, ['out hungUp farSide busy 486']]);
});

test('what is said, played and pressed on one side reaches the other, and what is cut short is cut short there', async () => {
  const { clock, out, leg, told } = await connected();
  leg!.send({ type: 'answer' });
  await clock.advance(0);
  leg!.send({ type: 'play', id: 'p1', sounds: [{ type: 'speech', text: 'Good morning.' }] });
  out.send({ type: 'play', id: 'p2', sounds: [{ type: 'audio', url: 'https://a.example/a.mp3' }] });
  await clock.advance(1_000);
  out.send({ type: 'sendDigits', id: 'p3', digits: '1w2' });
  await clock.advance(2_000);
  leg!.send({ type: 'play', id: 'p4', sounds: [{ type: 'speech', text: 'This is a very long sentence.' }] });
  await clock.advance(500);
  leg!.send({ type: 'stop', id: 'p4' });
  await clock.advance(0);
  expect(told.slice(1)).toEqual([
    'in answered',
    'out answered',
    'out speaking',
    'in speaking',
    'out spoke Good morning. 800',
    'in done p1',
    'in spoke https://a.example/a.mp3 1000',
    'out done p2',
    'in pressed 1',
    'in pressed 2',
    'out done p3',
    'out speaking',
    'out spoke This is a 500',
    'in stopped p4',
  ]);
});

test('keys that were not sent to the end are not pressed to the end', async () => {
  const { clock, out, leg, told } = await connected();
  leg!.send({ type: 'answer' });
  await clock.advance(0);
  out.send({ type: 'sendDigits', id: 'p', digits: '123' });
  await clock.advance(250);
  out.send({ type: 'stop', id: 'p' });
  await clock.advance(1_000);
  expect(told.filter((line) => line.includes('pressed'))).toEqual(['in pressed 1', 'in pressed 2']);
});

test.for([
  ['busy', 'out hungUp farSide busy 486'],
  ['rejected', 'out hungUp farSide rejected 603'],
  ['notFound', 'out hungUp network unreachable 404'],
  ['noAnswer', 'out hungUp farSide noAnswer 480'],
  ['subscriberAbsent', 'out hungUp farSide noAnswer 480'],
  ['invalidNumber', 'out hungUp network invalidNumber 484'],
  ['unavailable', 'out hungUp network failed 503'],
  ['forbidden', 'out hungUp farSide rejected 403'],
  ['looped', 'out hungUp network looped 483'],
] as const)('refused as %s, the placed leg says: %s', async ([cause, end]) => {
  const { clock, network, leg, told } = await connected();
  leg!.send({ type: 'reject', cause });
  await clock.advance(0);
  expect(told.at(-1)).toBe(end);
  expect(network.live).toBe(0);
});

test.for([
  ['the caller gives up', false, (out: Leg) => out.send({ type: 'hangUp' }), 'in hungUp farSide normal'],
  ['the caller hangs up', true, (out: Leg) => out.send({ type: 'hangUp' }), 'in hungUp farSide normal'],
  ['the called side hangs up', true, (_: Leg, leg: Leg) => leg.send({ type: 'hangUp' }), 'out hungUp farSide normal'],
] as const)('%s: both legs end, once each', async ([, answered, act, end]) => {
  const { clock, network, out, leg, told } = await connected();
  if (answered) leg!.send({ type: 'answer' });
  await clock.advance(0);
  act(out, leg!);
  await clock.advance(10_000);
  expect(told.filter((line) => line.includes('hungUp'))).toHaveLength(2);
  expect(told).toContain(end);
  expect(network.live).toBe(0);
});

test('when the network fails, both legs end so', async () => {
  const { clock, network, told } = await connected();
  network.fail();
  await clock.advance(0);
  expect(told.slice(1).sort()).toEqual(['in hungUp network failed 503', 'out hungUp network failed 503']);
});

test('both ends in one bridge do not howl', async () => {
  const { clock, network, out, leg, told } = await connected();
  leg!.send({ type: 'answer' });
  await clock.advance(0);
  const bridge = network.openBridge('b');
  bridge.enter(out, talking);
  bridge.enter(leg!, talking);
  out.send({ type: 'play', id: 'p', sounds: [{ type: 'speech', text: 'Hello?' }] });
  await clock.advance(5_000);
  expect(told.filter((line) => line.includes('spoke'))).toEqual(['in spoke Hello? 500']);
});
