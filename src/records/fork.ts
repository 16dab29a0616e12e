import type { Track } from '../telephony/streams.ts';
import type { ForkWhat } from '../verbs/fork.ts';
import type { HandlerUrl } from '../verbs/verb.ts';
import type { Instant } from './call.ts';

/** Audio of a call or of a conference, of one of them, that goes elsewhere, or is written down, while that goes on. */
export interface ForkRecord {
  id: string;
  call?: string;
  conference?: string;
  project: string;
  dialect: string;
  kind: ForkWhat['type'];
  /** Its id, unless it was given another. */
  name: string;
  track: Track;
  /** What comes back is heard. */
  bothWays: boolean;
  /** The server, of a stream. */
  url?: string;
  /** Of a transcription: BCP-47, and what the sides are called. */
  language?: string;
  labels?: { received?: string; sent?: string };
  state: 'starting' | 'started' | 'stopped' | 'failed';
  /** Why it failed. */
  failure?: { code: string; reason: string };
  createTime: Instant;
  startTime?: Instant;
  updateTime: Instant;
  /** How much has been told of it. */
  count: number;
  /** Hears how it goes. */
  callback?: HandlerUrl;
}
