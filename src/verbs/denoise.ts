import { instant } from './logic.ts';
import type { Written } from './verb.ts';

/** Take the noise out of what the far side says, or stop doing so. */
export interface Denoise extends Written {
  verb: 'denoise';
  on: boolean;
}

export const denoise = instant<Denoise>(({ instruction, stage }) => {
  stage.send({ type: 'denoise', on: instruction.on });
  return { type: 'continue' };
});
