import type { Finished } from '../network.ts';
import type { StreamServers } from '../streams.ts';
import type { AudioLengths } from './audio-lengths.ts';
import type { SimulatedLeg } from './leg.ts';
import type { Post } from './post.ts';
import type { RecordingStore } from './recording-store.ts';
import type { Phone } from './script.ts';

/** What the legs of one network share. */
export interface World {
  readonly post: Post;
  readonly audio: AudioLengths;
  readonly recordings: RecordingStore;
  readonly servers: StreamServers;
  /** Those that have not ended. */
  readonly legs: Set<SimulatedLeg>;
  phoneOf(address: string): Phone;
  finish(finished: Finished): void;
}
