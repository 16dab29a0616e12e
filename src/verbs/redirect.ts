import { instant } from './logic.ts';
import type { HandlerUrl, Written } from './verb.ts';

/** Go on with the document of another URL. */
export interface Redirect extends Written {
  verb: 'redirect';
  to: HandlerUrl;
}

export const redirect = instant<Redirect>(({ instruction }) => ({
  type: 'request',
  urls: [instruction.to],
  result: { type: 'nothing' },
}));
