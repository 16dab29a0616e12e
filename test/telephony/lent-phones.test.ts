import { expect, test } from 'vitest';
import { VirtualClock } from '../../src/clock.ts';
import type { LegEvent } from '../../src/telephony/leg-event.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { directory } from '../../src/telephony/simulated/phones.ts';

const clock = new VirtualClock();
const phones = { '+61491570156': { answers: false as const }, '+61491570157': { busy: true as const } };
const network = createSimulatedNetwork({ clock, phones, audio: everyAudioLasts(1000) });
const lent = directory({ '+61491570156': { unreachable: true, rings: false }, anna: { rejects: 1 } });

async function ending(call: string, to: string): Promise<string | undefined> {
  const events: LegEvent[] = [];
  network.place(call, { to, from: '+61255501234', transport: 'PSTN', ringMs: 5_000 }, (event) => events.push(event));
  await clock.advance(10_000);
  const last = events.at(-1);
  return last?.type === 'leg.hungUp' ? last.cause : undefined;
}

test.for([
  ['ours', '+61491570156', 'unreachable'],
  ['another', '+61491570156', 'noAnswer'],
  ['ours', 'sip:anna@pbx.example', 'rejected'],
  ['ours', '+61491570157', 'busy'],
  ['ours', '+15555550101', 'busy'],
] as const)('the call %s, which may find phones of its own or not, calls %s: %s', async ([call, to, cause]) => {
  const takeBack = network.lend((asked) => (asked === 'ours' ? lent : undefined));
  expect(await ending(call, to)).toBe(cause);
  takeBack();
});

test('phones that were taken back are found no more', async () => {
  network.lend(() => lent)();
  expect(await ending('ours', '+61491570156')).toBe('noAnswer');
});
