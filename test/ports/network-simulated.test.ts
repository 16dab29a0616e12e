import { VirtualClock } from '../../src/clock.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import type { Phone, Script } from '../../src/telephony/simulated/script.ts';
import { describeNetwork } from './network.ts';
import { incoming } from './network-calls.ts';

describeNetwork('simulated', () => {
  const clock = new VirtualClock();
  const phones: Record<string, Phone> = { busy: { busy: true }, ringing: { answers: false } };
  const network = createSimulatedNetwork({ clock, phones, audio: everyAudioLasts(700) });
  let addresses = 0;
  return {
    network,
    wait: (ms) => clock.advance(ms),
    answering: (script: Script) => {
      const address = `sip:${++addresses}@phones.example`;
      phones[address] = { script };
      return address;
    },
    busy: () => 'busy',
    ringing: () => 'ringing',
    caller: (script) => {
      network.callIn(incoming, { script });
    },
    fail: () => network.fail(),
    idle: () => clock.pending === 0 && network.live === 0,
  };
});
