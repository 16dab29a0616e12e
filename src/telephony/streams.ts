import type { Secret } from './secret.ts';

/** Whose voice: what comes from the far side, what goes to it, or both. */
export type Track = 'received' | 'sent' | 'both';

/** How audio is carried over a WebSocket. */
export interface SocketOptions {
  url: string;
  track: Track;
  codec: 'PCMU@8000h' | 'PCMA@8000h' | 'L16@8000h' | 'L16@16000h' | 'L16@24000h';
  /** What the server sends is played at the pace of speech. */
  realtime: boolean;
  bearerToken?: Secret;
  parameters: Readonly<Record<string, string>>;
}

/** A stream as a network opens it: one way, or both, and whose it is: that of a call, or of a conference. */
export interface AudioStream extends SocketOptions {
  id: string;
  bothWays: boolean;
  call?: string;
  conference?: string;
  project: string;
  /** The language whose servers it is meant for: they agree on how messages are spelled. */
  dialect: string;
}

/** What is sent to the server of a stream. */
export type ToServer =
  | { type: 'begin' }
  /** `ms` since the stream was opened; the n-th piece of its track, from 1. */
  | { type: 'media'; track: 'received' | 'sent'; chunk: number; ms: number; audio: Uint8Array }
  /** The far side has pressed a key. */
  | { type: 'pressed'; digit: string; ms: number }
  /** What the server sent before this mark has been played, or thrown away. */
  | { type: 'mark'; name: string }
  | { type: 'end' };

/** What the server of a two-way stream sends. */
export type FromServer =
  | { type: 'media'; audio: Uint8Array }
  | { type: 'mark'; name: string }
  /** What has not been played yet is not played. */
  | { type: 'clear' }
  /** Keypad tones to the far side. */
  | { type: 'press'; digits: string };

export interface StreamListener {
  opened(): void;
  heard(message: FromServer): void;
  /** The server has closed it; or it could not be opened, or broke. Nothing comes after. */
  closed(failure?: { code: string; reason: string }): void;
}

/** An open way to the server of a stream, or one that is being opened. */
export interface StreamLine {
  /** Audio is worth being made: somebody listens to each piece of it. */
  readonly wantsAudio: boolean;
  send(message: ToServer): void;
  /** Nothing is heard of it any more. */
  close(): void;
}

/** The servers that audio is streamed to. A listener is never called from within `open`, `send` or `close`. */
export interface StreamServers {
  open(stream: AudioStream, listener: StreamListener): StreamLine;
}

/** How messages of one stream are spelled; it counts them. */
export interface StreamWire {
  /** The frames that a message is sent as. */
  spell(message: ToServer): readonly string[];
  /** What a frame says; undefined when it says nothing that is known. */
  read(frame: string): FromServer | undefined;
}

/** How many bytes a millisecond of audio takes. */
export const bytesPerMs: Readonly<Record<SocketOptions['codec'], number>> = {
  'PCMU@8000h': 8,
  'PCMA@8000h': 8,
  'L16@8000h': 16,
  'L16@16000h': 32,
  'L16@24000h': 48,
};
