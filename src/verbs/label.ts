import { instant } from './logic.ts';
import type { Written } from './verb.ts';

/** Set a label of the call, or remove it with an empty value. */
export interface Label extends Written {
  verb: 'label';
  key: string;
  value: string;
}

export const label = instant<Label>(({ instruction, stage }) => {
  stage.label(instruction.key, instruction.value);
  return { type: 'continue' };
});
