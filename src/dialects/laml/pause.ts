import type { Play } from '../../verbs/play.ts';
import { element } from '../grammar.ts';
import { integer } from '../kinds.ts';

export const pause = element('Pause', {
  about: 'Waits: silence on an answered call; on one that nobody has answered, ringing goes on.',
  attributes: { length: integer({ about: 'How many seconds.', min: 1, max: 86_400, default: 1 }) },
  means: ({ length }, { at }): Play => ({
    verb: 'play',
    at,
    answers: false,
    sounds: [{ type: 'silence', ms: length * 1000 }],
  }),
});
