import { instant } from './logic.ts';
import type { HandlerUrl, Result, Written } from './verb.ts';

/** Go on with the document of another URL. */
export interface Redirect extends Written {
  verb: 'redirect';
  to: HandlerUrl;
  /** Further URLs, asked when that one gives no document. */
  otherwise?: readonly HandlerUrl[];
  /** What the application is told; nothing unless given. */
  result?: Result;
}

export const redirect = instant<Redirect>(({ instruction }) => ({
  type: 'request',
  urls: [instruction.to, ...(instruction.otherwise ?? [])],
  result: instruction.result ?? { type: 'nothing' },
}));
