import type { Leg } from './leg.ts';
import type { Sound } from './sound.ts';
import type { AudioStream } from './streams.ts';

/**
 * Who hears whom. Hold, mute, coach, listen-in and barge are roles: `speaksTo` says who hears this leg, `hears` whom
 * it hears; `'all'`, nobody (`'none'`), or the legs named by id.
 */
export interface Role {
  speaksTo: 'all' | 'none' | readonly string[];
  hears: 'all' | 'none' | readonly string[];
}

export const talking: Role = { speaksTo: 'all', hears: 'all' };
export const muted: Role = { speaksTo: 'none', hears: 'all' };
export const held: Role = { speaksTo: 'none', hears: 'none' };

/** What a bridge tells of its streams. Plain data. */
export type BridgeEvent =
  /** The stream is open. */
  | { type: 'bridge.forked'; id: string }
  /** Its server has closed it. */
  | { type: 'bridge.done'; id: string }
  | { type: 'bridge.stopped'; id: string }
  | { type: 'bridge.failed'; id: string; code: string; reason: string };

export type BridgeListener = (event: BridgeEvent) => void;

/**
 * Where legs hear each other: two after a dial, many in a conference. A leg that ends has left. Laws: every stream that
 * is opened here ends in exactly one `bridge.done`, `bridge.stopped` or `bridge.failed` with its id, or in the close of
 * the bridge, after which nothing is told; a bridge never calls its listener from within a command.
 */
export interface Bridge {
  readonly id: string;
  /** Whoever is in another bridge leaves it. */
  enter(leg: Leg, role: Role): void;
  setRole(leg: Leg, role: Role): void;
  leave(leg: Leg): void;
  /** Everybody hears it. */
  play(sounds: readonly Sound[]): void;
  /**
   * Records what all of them hear, on one channel, until it is stopped or the bridge is closed. The audio comes as a
   * `Finished` of the network, under the same id.
   */
  record(recording: { id: string; trim: boolean; maxMs?: number }): void;
  /** As with a leg: cut out, unless silence is to stand in its place. */
  pauseRecording(id: string, silence: boolean): void;
  resumeRecording(id: string): void;
  stopRecording(id: string): void;
  /**
   * Sends what is said to all here to a WebSocket server (`received`), and what is played to all (`sent`), also when
   * nobody is in it. What the server of a two-way stream sends is heard by all who hear everybody, by other streams as
   * well, and is recorded.
   */
  openStream(stream: AudioStream): void;
  stopStream(id: string): void;
  close(): void;
}
