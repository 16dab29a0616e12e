/** How the vendors spell what happened: by the dialect of a call, so that nobody else needs to name a vendor. */
import { enfonica } from './enfonica/index.ts';
import type { Vendor } from './vendor.ts';

export type { LinkTo, Vendor } from './vendor.ts';

const vendors: ReadonlyMap<string, Vendor> = new Map([['voiceml', enfonica]]);

/** The vendor whose words a dialect's applications understand. */
export const vendorOf = (dialect: string): Vendor | undefined => vendors.get(dialect);
