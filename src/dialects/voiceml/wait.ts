import type { Play } from '../../verbs/play.ts';
import { element } from '../grammar.ts';
import { integer } from '../kinds.ts';

export const wait = element('Wait', {
  about: 'Waits: silence on an answered call; on one that nobody has answered, ringing goes on.',
  attributes: { DurationSeconds: integer({ about: 'How long.', min: 1, max: 3600, default: 1 }) },
  means: ({ DurationSeconds }, { at }): Play => ({
    verb: 'play',
    at,
    answers: false,
    sounds: [{ type: 'silence', ms: DurationSeconds * 1000 }],
  }),
});
