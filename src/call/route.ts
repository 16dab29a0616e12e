import type { CallOptions, CallRecord, Location } from '../records/call.ts';
import type { Program } from '../verbs/verb.ts';

/** What an incoming call is to run, and for whom. */
export interface Route {
  project: string;
  dialect: string;
  options: CallOptions;
  mode?: CallRecord['mode'];
  /** Of an incoming call: what it runs instead of asking handlers. */
  program?: Program;
  /** Where its caller is at home. */
  fromLocation?: Location;
  fromZone?: string;
}

export interface NewCall extends Route {
  to: string;
  from: string;
  transport?: CallRecord['transport'];
  /** Shown to whoever is called, instead of `from`. */
  callerId?: string;
  sipHeaders?: Readonly<Record<string, string>>;
  labels?: Readonly<Record<string, string>>;
}
