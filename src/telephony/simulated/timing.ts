/** How long things take on the simulated network, in milliseconds. `docs/simulated-network.md` tells users. */
export const timing = {
  key: 100,
  gap: 100,
  /** A `w` among keys. */
  pause: 500,
  beep: 500,
  /** Speech: so much a character, at least `shortestSpeech`, in steps of `speechStep` so that transcripts read well. */
  character: 60,
  shortestSpeech: 500,
  speechStep: 100,
  /** One packet: no audio file takes less. */
  shortestAudio: 20,
  answer: 2_000,
  /** Ringing that nobody limits. */
  longestRing: 600_000,
  /** From the end of a recording to its audio. */
  processing: 1_000,
  faxStart: 3_000,
  faxPage: 30_000,
  /** How long a fax machine sends its tones to somebody who receives none. */
  faxPatience: 60_000,
  refer: 1_000,
  /** What finding out about whoever answered takes. */
  detection: { human: 1_500, machine: 2_500, fax: 1_000 },
} as const;

export const toMs = (seconds: number): number => Math.round(seconds * 1000);

export function speechMs(text: string): number {
  const characters = text.trim().length;
  if (characters === 0) return 0;
  const steps = Math.round((characters * timing.character) / timing.speechStep);
  return Math.max(timing.shortestSpeech, steps * timing.speechStep);
}

export const isPause = (key: string): boolean => key === 'w' || key === 'W';
export const isKey = (key: string): boolean => /^[0-9*#A-D]$/.test(key);

export function keysMs(digits: string): number {
  let ms = 0;
  for (const key of digits) {
    if (isPause(key)) ms += timing.pause;
    else if (isKey(key)) ms += timing.key + timing.gap;
  }
  return ms;
}
