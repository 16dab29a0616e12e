import type { Sound } from './sound.ts';
import type { AudioStream, Track } from './streams.ts';

/** Why a leg is refused or given up, in the words of the network. */
export type RejectCause =
  | 'notFound'
  | 'busy'
  | 'rejected'
  | 'noAnswer'
  | 'subscriberAbsent'
  | 'invalidNumber'
  | 'unavailable'
  /** Whoever calls may not. */
  | 'forbidden'
  /** The call has come round too often. */
  | 'looped';

/**
 * What a leg can be told. Plain data. A command with an id takes time and ends in exactly one `done`, `stopped` or
 * `failed` with that id, or in the end of the leg. Commands to a dead leg do nothing (a recording is finished, empty).
 */
export type LegCommand =
  /** Let the far side hear ringing until it hears something else; of this country (two letters), or of its own. */
  | { type: 'ring'; tone?: string }
  /** Open early media: what is played now is heard although nobody has answered. */
  | { type: 'progress' }
  | { type: 'answer' }
  | { type: 'reject'; cause: RejectCause }
  | { type: 'hangUp' }
  /**
   * Ends in `done` when everything has been played. An audio file that cannot be had is a `leg.skipped`, then the rest.
   * On a leg that nobody has answered, and without `progress`, the far side goes on hearing ringing meanwhile.
   */
  | { type: 'play'; id: string; sounds: readonly Sound[] }
  /** Ends the command of this id, whatever it is: `stopped` follows, unless it has ended already. */
  | { type: 'stop'; id: string }
  /** Keypad tones to the far side, 100 ms each and 100 ms between; `w` waits half a second. */
  | { type: 'sendDigits'; id: string; digits: string }
  /**
   * Records what the far side says and, with two channels, what it hears; `track` says it when it is otherwise, and
   * `both` on one channel are mixed. The leg ends it itself after `maxMs`, and after `silenceMs` in which nothing was said. `done` says how long it was; the finished audio comes later as a
   * `Finished` of the network, under the same id, also when the leg has ended meanwhile.
   */
  | {
      type: 'record';
      id: string;
      channels: 1 | 2;
      track?: 'received' | 'sent' | 'both';
      maxMs?: number;
      silenceMs?: number;
      trim: boolean;
    }
  /** What is paused is cut out, unless silence is to stand in its place. */
  | { type: 'pauseRecording'; id: string; silence?: true }
  | { type: 'resumeRecording'; id: string }
  /**
   * Reports speech as `spoke` events. It goes on until stopped, or until what was said is followed by `endMs` of silence
   * (`done`, silence), or has been going on for `maxMs` (`done`, maximum: what was said until then is told before).
   */
  | ({ type: 'listen'; id: string } & Listening)
  /** Finds out who or what has answered: `machine` events, the last of which is the verdict, then `done`. */
  | ({ type: 'detectMachine'; id: string } & Detection)
  /** Two-way audio with an application; fails with STREAM_NOT_OPEN when nobody has opened it. */
  | { type: 'stream'; id: string; name: string }
  /**
   * Sends audio to a WebSocket server, from `forked` on, and plays what it sends where it goes both ways; done when the
   * server closes it.
   */
  | ({ type: 'openStream' } & AudioStream)
  /** Writes down what is said, from `forked` on: `transcribed` events. */
  | ({ type: 'transcribe'; id: string } & Transcribing)
  | { type: 'refer'; id: string; to: string; headers?: Readonly<Record<string, string>> }
  /** The received fax comes as a `Finished` of the network, under the same id. */
  | { type: 'receiveFax'; id: string; timeoutMs: number }
  | { type: 'echo'; id: string }
  | { type: 'denoise'; on: boolean }
  /** Sends audio to a recording server, by the name that the network knows, from `forked` on. */
  | { type: 'siprec'; id: string; connector: string; track: Track; parameters: Readonly<Record<string, string>> }
  /** Which keys are pressed is told to us alone, until it is off again: recordings and streams hear silence instead. */
  | { type: 'conceal'; on: boolean };

/** How what is said is written down while it is said. */
export interface Transcribing {
  track: Track;
  /** BCP-47. */
  language?: string;
  engine?: string;
  model?: string;
  hints?: readonly string[];
  /** Every second, what has been understood so far is told. */
  partial?: true;
  /** Of words that are not for everybody only the first letter is told. */
  masks?: true;
  punctuates?: true;
}

/** How speech is listened for. */
export interface Listening {
  hints?: readonly string[];
  /** BCP-47. */
  language?: string;
  model?: string;
  endMs?: number;
  maxMs?: number;
  /** Every second, what has been understood so far is told. */
  partial?: true;
  /** Of words that are not for everybody only the first letter is told. */
  masks?: true;
}

/** How it is found out who or what has answered. */
export interface Detection {
  /** `greeting`: the verdict on a machine waits for the end of its greeting. */
  until: 'answer' | 'greeting';
  timeoutMs: number;
  /** Speech longer than this is a machine's. */
  speechMs: number;
  /** Silence after shorter speech that makes it a person's; or that ends a machine's greeting. */
  speechEndMs: number;
  /** Silence at the beginning after which nothing is known. */
  silenceMs: number;
  /** More words than this are a machine's. */
  words?: number;
  /** What is thought before the verdict is told too. */
  partial?: true;
}
