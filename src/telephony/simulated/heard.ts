import type { Sound } from '../sound.ts';
import type { SimulatedBridge } from './bridge.ts';
import type { SimulatedLeg } from './leg.ts';

/** Something that somebody at a telephone hears. */
export interface HeardSound {
  kind: 'speech' | 'audio' | 'keys' | 'beep' | 'fax';
  /** What is said, the URL of the audio, or the keys. */
  text: string;
  ms: number;
  /** Of speech: how well it can be understood, from 0 to 1; 1 unless given. */
  confidence?: number;
  /** The leg of whoever makes the sound; absent when the engine does. */
  from?: string;
}

/** A sound and its time: on channel 0 a far side makes it, on channel 1 a far side hears it. */
export interface Noise {
  channel: 0 | 1;
  sound: HeardSound;
  began: number;
  ended: number | undefined;
}

/** A sound on a leg. */
export interface Sounding extends Noise {
  leg: SimulatedLeg;
  /** Through which bridge it is heard, and from whom. */
  bridge?: SimulatedBridge | undefined;
  speaker?: SimulatedLeg | undefined;
  /** Lines between two legs that it has come through. */
  through?: Set<unknown>;
  /** Of what a far side says: wherever it is heard. Who comes into the bridge later hears the rest. */
  everywhere?: Sounding[];
}

export function toHeard(sound: Exclude<Sound, { type: 'silence' | 'sequence' }>, ms: number): HeardSound {
  if (sound.type === 'speech') return { kind: 'speech', text: sound.text, ms };
  if (sound.type === 'audio') return { kind: 'audio', text: sound.url, ms };
  if (sound.type === 'tones') return { kind: 'keys', text: sound.digits, ms };
  if (sound.type === 'music') return { kind: 'audio', text: 'music', ms };
  return { kind: 'beep', text: 'beep', ms };
}

/** The far side of a leg makes a sound: whoever is in its bridge hears it, and itself when there is an echo. */
export function soundFrom(leg: SimulatedLeg, sound: HeardSound, through = new Set<unknown>()): Sounding[] {
  const heard = { ...sound, from: leg.id };
  const soundings: Sounding[] = [];
  soundings.push(leg.begin({ channel: 0, sound: heard, through, everywhere: soundings }));
  if (leg.echoes > 0) soundings.push(leg.begin({ channel: 1, sound: heard, through }));
  leg.bridge?.said();
  for (const hearer of leg.bridge?.hearersOf(leg) ?? [])
    soundings.push(hearer.begin({ channel: 1, sound: heard, through, bridge: leg.bridge, speaker: leg }));
  return soundings;
}

export function cease(soundings: readonly Sounding[], complete: boolean): void {
  for (const sounding of soundings) sounding.leg.cease(sounding, complete);
}
