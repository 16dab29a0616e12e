import type { Leg, Sound } from './leg.ts';

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

/** Where legs hear each other: two after a dial, many in a conference. A leg that ends has left. */
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
  close(): void;
}
