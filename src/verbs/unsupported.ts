import { instant } from './logic.ts';
import type { Written } from './verb.ts';

/** Something that the document's language knows and this engine does not do: said so, and skipped. */
export interface Unsupported extends Written {
  verb: 'unsupported';
  /** As it is written. */
  what: string;
}

export const unsupported = instant<Unsupported>(({ instruction, stage }) => {
  stage.problem('VERB_NOT_SUPPORTED', `<${instruction.what}> is understood and not carried out here: it is skipped`);
  return { type: 'continue' };
});
