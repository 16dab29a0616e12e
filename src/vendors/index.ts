/** How the vendors spell what happened: by the dialect of a call, so that nobody else needs to name a vendor. */
import type { AudioStream, StreamWire } from '../telephony/streams.ts';
import { enfonica } from './enfonica/index.ts';
import { signalwire } from './signalwire/index.ts';
import type { Connectors, Read, Vendor } from './vendor.ts';

export type { Connectors, LinkTo, Owed, Read, Vendor } from './vendor.ts';

const vendors: ReadonlyMap<string, Vendor> = new Map<string, Vendor>([
  ['voiceml', enfonica],
  ['laml', signalwire],
]);

/** The vendor whose words a dialect's applications understand. */
export const vendorOf = (dialect: string): Vendor | undefined => vendors.get(dialect);

/** A request, or a callback, as an application of this dialect reads it; undefined when it is JSON of our own shape. */
export const readBy = (dialect: string, request: { url: string; body: string }): Read | undefined =>
  vendorOf(dialect)?.read?.(request);

/** How connectors for payments are spoken to by a dialect's applications. */
export const connectorsOf = (dialect: string): Connectors | undefined => vendorOf(dialect)?.connectors;

/** How the messages of a stream are spelled for the servers of its dialect; undefined when there are none. */
export const streamWireOf = (stream: AudioStream): StreamWire | undefined =>
  vendorOf(stream.dialect)?.streamWire?.(stream);

/** The id of ours that a word spells in some vendor's way. */
export function idIn(word: string): string | undefined {
  for (const vendor of vendors.values()) {
    const id = vendor.idIn?.(word);
    if (id !== undefined) return id;
  }
  return undefined;
}
