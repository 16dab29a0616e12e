/** What every API stands on: the engine, what it has kept, and who may do what. */
import type { Readable } from 'node:stream';
import type { Clock } from '../clock.ts';
import type { Subprojects } from '../config/subprojects.ts';
import type { Engine } from '../engine/engine.ts';
import type { Ids } from '../ids.ts';
import type { Store } from '../store/store.ts';
import type { SimulatedNetwork } from '../telephony/simulated/network.ts';

export interface Service {
  clock: Clock;
  ids: Ids;
  engine: Engine;
  store: Store;
  network: SimulatedNetwork;
  tenants: Tenants;
  subprojects: Pick<Subprojects, 'get' | 'of' | 'payerOf'>;
  /** Where links in answers and callbacks lead, without a slash at its end. */
  publicUrl(): string;
  /** Encrypts what is kept with a call and never shown. */
  seal?(text: string): string;
  /** The bytes of a recording or fax, by the name that its record has; undefined when there are none. */
  openFile(file: string): Promise<KeptFile | undefined>;
  /**
   * The same recording as MP3, which is made when it is asked for the first time.
   *
   * @param isMixed all channels are heard on one
   */
  openMp3(file: string, isMixed?: boolean): Promise<KeptFile | undefined>;
  /** Removes the bytes of a recording or fax, in whatever form they are there. */
  removeFile(file: string): Promise<void>;
}

/** A file that does not change as long as it is there. */
export interface KeptFile {
  bytes: number;
  /** Another file never has the same. */
  tag: string;
  /** Both are inclusive. */
  read(from: number, to: number): Readable;
}

/** Whoever has proved who they are, and for which project they act. */
export interface Principal {
  project: string;
  /** Permissions are the vendor's words, such as `voice.calls.create`. */
  may(permission: string): boolean;
}

/** The projects, their keys and what they may do. Laws: a token is compared in constant time; changes count at once. */
export interface Tenants {
  /** Who holds this token; undefined for nobody. */
  authenticate(token: string): Principal | undefined;
  exists(project: string): boolean;
  /** With which requests and callbacks are signed; the same array as long as the key is the same. */
  signingKey(project: string): Uint8Array;
  /** The access token of a service account's assertion (RFC 7523), which must be for one of the audiences. */
  exchange(
    assertion: string,
    audiences: readonly string[],
  ): { accessToken: string; expiresIn: number } | { refused: string };
}
