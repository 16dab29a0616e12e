import type { Sound } from '../leg.ts';
import type { AudioLength, AudioLengths } from './audio-lengths.ts';
import { cease, type HeardSound, type Sounding, toHeard } from './heard.ts';
import { keysMs, speechMs, timing } from './timing.ts';

export interface Timers {
  later(ms: number, act: () => void): unknown;
  cancel(timer: unknown): void;
}

export interface PlayingListener {
  /** Makes it heard by whoever is to hear it. */
  begin(sound: HeardSound): Sounding[];
  skipped?(url: string, why: Exclude<AudioLength, { ms: number }>): void;
  done(): void;
}

/** Sounds, one after the other. Lengths of audio files are asked for when it starts, so that no gap is heard later. */
export class Playing {
  readonly #timers: Timers;
  readonly #sounds: readonly Sound[];
  readonly #listener: PlayingListener;
  readonly #audio: AudioLengths;
  #lengths: Map<string, AudioLength> | undefined;
  #fetches: { abort(): void }[] = [];
  #at = 0;
  /** How often the sound at hand has been played to its end. */
  #rounds = 0;
  #timer: unknown;
  #soundings: Sounding[] = [];
  #started = false;
  #waitsFor: string | undefined;

  constructor(timers: Timers, audio: AudioLengths, sounds: readonly Sound[], listener: PlayingListener) {
    this.#timers = timers;
    this.#audio = audio;
    this.#sounds = sounds;
    this.#listener = listener;
  }

  start(): void {
    for (const sound of this.#sounds) if (sound.type === 'audio') this.#ask(sound.url);
    this.#started = true;
    this.#play();
  }

  /** Silence at once; `done` is not called. */
  stop(): void {
    this.#waitsFor = undefined;
    this.#timers.cancel(this.#timer);
    for (const fetch of this.#fetches) fetch.abort();
    cease(this.#soundings, false);
  }

  #ask(url: string): void {
    this.#lengths ??= new Map();
    if (this.#lengths.has(url)) return;
    const fetch = this.#audio.lengthOf(url, (length) => {
      this.#lengths?.set(url, length);
      if (!this.#started || this.#waitsFor !== url) return;
      this.#waitsFor = undefined;
      this.#play();
    });
    if (!this.#lengths.has(url)) this.#fetches.push(fetch);
  }

  #play(): void {
    for (; this.#at < this.#sounds.length; this.#at++) {
      const sound = this.#sounds[this.#at]!;
      const ms = this.#msOf(sound);
      if (ms === undefined) return;
      if (ms > 0) {
        this.#begin(sound, ms);
        return;
      }
    }
    this.#listener.done();
  }

  #begin(sound: Sound, ms: number): void {
    this.#soundings = sound.type === 'silence' ? [] : this.#listener.begin(toHeard(sound, ms));
    this.#timer = this.#timers.later(ms, () => {
      cease(this.#soundings, true);
      this.#rounds++;
      const { loops = 1 } = sound;
      if (loops !== 0 && this.#rounds >= loops) {
        this.#at++;
        this.#rounds = 0;
      }
      this.#play();
    });
  }

  /** 0: there is nothing to hear; undefined: not known yet. */
  #msOf(sound: Sound): number | undefined {
    switch (sound.type) {
      case 'speech':
        return speechMs(sound.text);
      case 'tones':
        return keysMs(sound.digits);
      case 'silence':
        return sound.ms;
      case 'beep':
        return timing.beep;
      case 'audio':
        return this.#audioMs(sound.url);
    }
  }

  #audioMs(url: string): number | undefined {
    const length = this.#lengths?.get(url);
    if (!length) {
      this.#waitsFor = url;
      return undefined;
    }
    if ('ms' in length) return length.ms > 0 ? Math.max(timing.shortestAudio, length.ms) : 0;
    this.#listener.skipped?.(url, length);
    return 0;
  }
}
