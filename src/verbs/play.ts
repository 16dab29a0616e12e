import type { Sound } from '../telephony/sound.ts';
import { waiting } from './logic.ts';
import type { Written } from './verb.ts';

/** Let the far side hear something: speech, audio, tones, silence. On an unanswered call that it does not answer, ringing goes on. */
export interface Play extends Written {
  verb: 'play';
  sounds: readonly Sound[];
}

export const play = waiting<Play, string>(
  ({ instruction, stage }) => {
    if (instruction.sounds.length === 0) return { outcome: { type: 'continue' } };
    if (!instruction.answers && !stage.call.answered) stage.send({ type: 'ring' });
    const id = stage.id();
    stage.send({ type: 'play', id, sounds: instruction.sounds });
    return { memory: id };
  },
  (event, id) => {
    if (event.type === 'leg.done' && event.id === id) return { type: 'continue' };
    if (event.type === 'leg.failed' && event.id === id)
      return { type: 'failed', code: 'CALL_NETWORK', reason: event.reason };
    return undefined;
  },
);
