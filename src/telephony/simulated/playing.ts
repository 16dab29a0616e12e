import type { Sound } from '../sound.ts';
import type { AudioLength, AudioLengths } from './audio-lengths.ts';
import { cease, type HeardSound, type Sounding, toHeard } from './heard.ts';
import { keysMs, speechMs, timing } from './timing.ts';

type Single = Exclude<Sound, { type: 'sequence' }>;

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
  /** A sequence, while it plays. */
  #inner: Playing | undefined;

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
    this.#inner?.stop();
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
      if (sound.type === 'sequence') {
        if (this.#playInner(sound)) return;
        continue;
      }
      const ms = this.#msOf(sound);
      if (ms === undefined) return;
      if (ms > 0) {
        this.#begin(sound, ms);
        return;
      }
    }
    this.#listener.done();
  }

  #begin(sound: Single, ms: number): void {
    this.#soundings = sound.type === 'silence' ? [] : this.#listener.begin(toHeard(sound, ms));
    this.#timer = this.#timers.later(ms, () => {
      cease(this.#soundings, true);
      this.#roundOver(sound);
    });
  }

  #roundOver({ loops = 1 }: Sound): void {
    this.#rounds++;
    if (loops !== 0 && this.#rounds >= loops) {
      this.#at++;
      this.#rounds = 0;
    }
    this.#play();
  }

  /** False when there was nothing to hear, so that looping it would never end. */
  #playInner(sequence: Extract<Sound, { type: 'sequence' }>): boolean {
    let over = false;
    let goesOn = false;
    this.#inner = new Playing(this.#timers, this.#audio, sequence.sounds, {
      begin: (sound) => this.#listener.begin(sound),
      skipped: (url, why) => this.#listener.skipped?.(url, why),
      done: () => {
        over = true;
        if (goesOn) this.#roundOver(sequence);
      },
    });
    this.#inner.start();
    if (over) this.#rounds = 0;
    goesOn = !over;
    return goesOn;
  }

  /** 0: there is nothing to hear; undefined: not known yet. */
  #msOf(sound: Single): number | undefined {
    switch (sound.type) {
      case 'speech':
        return speechMs(sound.text);
      case 'tones':
        return keysMs(sound.digits);
      case 'silence':
        return sound.ms;
      case 'beep':
        return timing.beep;
      case 'music':
        return timing.music;
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
