import type { Instant } from './call.ts';

/** Where calls wait to be taken: kept as a resource of the project. */
export interface QueueRecord {
  id: string;
  project: string;
  /** Unique in the project. */
  name: string;
  /** How many may wait; absent: any number. */
  max?: number;
  createTime: Instant;
  updateTime: Instant;
}
