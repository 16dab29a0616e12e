import type { LegCommand } from '../leg-command.ts';
import type { RecordedAudio, Utterance } from '../leg-event.ts';
import type { HeardSound, Noise } from './heard.ts';

/** A time in which a recording was running, by the clock. */
export interface Span {
  from: number;
  to: number;
  /** Nothing is heard in it. */
  silent?: true;
}

/** A sound, or what is left of one, on the time line of a recording. */
export interface Part {
  channel: 0 | 1;
  offsetMs: number;
  ms: number;
  /** How much of the sound had been heard before. */
  intoMs: number;
  sound: HeardSound;
}

/** What a recording holds of the sounds on its leg. */
export function recorded(
  spans: readonly Span[],
  noises: readonly Noise[],
  { channels, track, trim }: Pick<Extract<LegCommand, { type: 'record' }>, 'channels' | 'track' | 'trim'>,
): { audio: RecordedAudio; parts: Part[] } {
  const all = partsOf(spans, noises.filter(heardOn(track ?? (channels === 1 ? 'received' : 'both')))).map((part) =>
    channels === 1 ? { ...part, channel: 0 as const } : part,
  );
  const silent = all.length === 0;
  const whole = lengthOf(spans);
  const start = trim ? all.reduce((least, part) => Math.min(least, part.offsetMs), whole) : 0;
  const end = trim ? all.reduce((most, part) => Math.max(most, part.offsetMs + part.ms), start) : whole;
  const parts = start === 0 ? all : all.map((part) => ({ ...part, offsetMs: part.offsetMs - start }));
  return { audio: { ms: end - start, channels, silent, utterances: utterancesOf(parts) }, parts };
}

const heardOn = (track: 'received' | 'sent' | 'both') => (noise: Noise) =>
  track === 'both' || noise.channel === (track === 'received' ? 0 : 1);

export const lengthOf = (spans: readonly Span[]): number => spans.reduce((ms, { from, to }) => ms + to - from, 0);

function partsOf(spans: readonly Span[], noises: readonly Noise[]): Part[] {
  const parts: Part[] = [];
  let base = 0;
  for (const span of spans) {
    for (const { channel, sound, began, ended } of span.silent ? [] : noises) {
      const from = Math.max(began, span.from);
      const to = Math.min(ended ?? span.to, span.to);
      if (to > from)
        parts.push({ channel, sound, offsetMs: base + from - span.from, ms: to - from, intoMs: from - began });
    }
    base += span.to - span.from;
  }
  return parts.sort((a, b) => a.offsetMs - b.offsetMs || a.channel - b.channel);
}

/** A sentence that a pause of the recording has cut in two is told once. */
function utterancesOf(parts: readonly Part[]): Utterance[] {
  const told: [Set<HeardSound>, Set<HeardSound>] = [new Set(), new Set()];
  const utterances: Utterance[] = [];
  for (const { channel, offsetMs, ms, sound } of parts) {
    if (sound.kind !== 'speech' || told[channel].has(sound)) continue;
    told[channel].add(sound);
    utterances.push({ channel, offsetMs, ms, text: sound.text });
  }
  return utterances;
}
