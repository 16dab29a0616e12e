import type { Instant } from './call.ts';

/** Something set up for a project, which outlives its calls: a number, a SIP domain, an alias, a user. */
export interface ResourceRecord {
  kind: string;
  /** Unique in its project, among those of its kind. */
  id: string;
  project: string;
  /** The resource it belongs to. */
  parent?: string;
  /** What it is found by from outside: a number, an address. Nobody else has it until this one is deleted. */
  name?: string;
  body: object;
  createTime: Instant;
  /** It is shown still, to whoever asks for deleted ones, and found by its name no more. */
  deleteTime?: Instant;
}
