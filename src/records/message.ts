import type { HandlerUrl } from '../verbs/verb.ts';
import type { Instant } from './call.ts';

/** A text message that a call has sent, or an API. */
export interface MessageRecord {
  id: string;
  /** Absent: an API has sent it, and it is its own family. */
  call?: string;
  project: string;
  dialect: string;
  to: string;
  from: string;
  text: string;
  state: 'sending' | 'sent' | 'failed';
  /** Why it could not be sent. */
  failure?: string;
  createTime: Instant;
  updateTime: Instant;
  sendTime?: Instant;
  /** Hears what became of it. */
  callback?: HandlerUrl;
}
