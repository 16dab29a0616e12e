import type { HeardSound } from './heard.ts';
import type { SimulatedLeg } from './leg.ts';

/** Words of which only the first letter is told to who does not want to read them. */
const rude =
  /\b(?:(?:god)?damn(?:ed|it)?|hell|crap(?:py)?|(?:bull)?shit(?:s|ty)?|fuck\w*|bitch(?:es|y)?|bastards?|assholes?)\b/gi;

export const masked = (text: string): string =>
  text.replace(rude, (word) => word.slice(0, 1) + '*'.repeat(Math.max(word.length - 1, 0)));

/** Somebody is speaking on the far side of a leg. */
export interface Voice {
  sound: HeardSound;
  began: number;
  /** How much of it has been told already, in milliseconds. */
  toldMs: number;
}

/** Whoever plays a file speaks, as far as the other side can tell. */
export const isVoice = ({ kind }: HeardSound): boolean => kind === 'speech' || kind === 'audio';

/** Speech begins on the far side. */
export function speaks(leg: SimulatedLeg, sound: HeardSound): void {
  leg.voices.push({ sound, began: leg.world.post.now(), toldMs: 0 });
  leg.tell({ type: 'leg.speaking' });
}

/** It is over; of what was told of it before, nothing is told again. */
export function spoke(leg: SimulatedLeg, sound: HeardSound, ms: number): void {
  const voice = leg.voices.find((one) => one.sound === sound);
  if (!voice) return;
  leg.voices = leg.voices.filter((one) => one !== voice);
  tellUntil(leg, voice, ms);
}

/** What has been said until now counts as said. */
export function cutVoices(leg: SimulatedLeg): void {
  for (const voice of leg.voices) tellUntil(leg, voice, leg.world.post.now() - voice.began);
}

/** What has been understood so far of what is being said. */
export function tellPartial(leg: SimulatedLeg): void {
  const texts = leg.voices.map(({ sound, began, toldMs }) => part(sound, toldMs, leg.world.post.now() - began));
  const text = texts.filter((one) => one !== '').join(' ');
  if (text !== '') leg.tell({ type: 'leg.speaking', text: leg.masks > 0 ? masked(text) : text });
}

function tellUntil(leg: SimulatedLeg, voice: Voice, ms: number): void {
  const { sound, toldMs } = voice;
  if (ms <= toldMs && toldMs > 0) return;
  voice.toldMs = ms;
  const text = part(sound, toldMs, ms);
  leg.tell({
    type: 'leg.spoke',
    text: leg.masks > 0 ? masked(text) : text,
    ms: ms - toldMs,
    ...(leg.listens > 0 && { confidence: sound.confidence ?? 1 }),
  });
}

/** So much of a text as was said between two moments of its time. */
export function part({ kind, text, ms }: HeardSound, from: number, to: number): string {
  if (kind === 'audio' || (from === 0 && to >= ms)) return text;
  const at = (moment: number) => Math.round((text.length * Math.min(moment, ms)) / ms);
  return text.slice(at(from), at(to)).trim();
}
