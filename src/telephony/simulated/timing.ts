/** How long things take on the simulated network, in milliseconds. `docs/simulated-network.md` tells users. */
export const timing = {
  key: 100,
  gap: 100,
  /** A `w` among keys, and a `W`. */
  pause: 500,
  longPause: 1_000,
  beep: 500,
  /** Of music for whoever waits, until it begins again. */
  music: 60_000,
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
  /** Of fax tones, until they are known for what they are. */
  faxTone: 1_000,
  /** How often it is told what has been understood of somebody who goes on speaking. */
  partial: 1_000,
  /** A piece of streamed audio. */
  frame: 20,
  /** From sending a text message to what became of it. */
  message: 1_000,
} as const;

export const toMs = (seconds: number): number => Math.round(seconds * 1000);

export function speechMs(text: string): number {
  const characters = text.trim().length;
  if (characters === 0) return 0;
  const steps = Math.round((characters * timing.character) / timing.speechStep);
  return Math.max(timing.shortestSpeech, steps * timing.speechStep);
}

/** A key that nobody but us may know. */
export const concealed = '•';

export const isPause = (key: string): boolean => key === 'w' || key === 'W';
export const pauseMs = (key: string): number => (key === 'W' ? timing.longPause : timing.pause);
export const isKey = (key: string): boolean => /^[0-9*#A-D]$/.test(key);

export function keysMs(digits: string): number {
  let ms = 0;
  for (const key of digits) {
    if (isPause(key)) ms += pauseMs(key);
    else if (isKey(key)) ms += timing.key + timing.gap;
  }
  return ms;
}
