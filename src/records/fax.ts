import type { HandlerUrl } from '../verbs/verb.ts';
import type { Instant } from './call.ts';

export interface FaxRecord {
  id: string;
  call: string;
  project: string;
  dialect: string;
  to: string;
  from: string;
  pages: number;
  file?: string;
  startTime: Instant;
  createTime: Instant;
  ready?: HandlerUrl;
}
