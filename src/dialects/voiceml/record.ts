import type { RecordAudio } from '../../verbs/record.ts';
import { element } from '../grammar.ts';
import { boolean, integer, oneOf } from '../kinds.ts';
import { keys } from './input.ts';
import { recordingAttributes, recordingMeaning } from './recordings.ts';
import { next, nextUri } from './uris.ts';

export const record = element('Record', {
  about:
    'Records what the party of this call says, until a key, silence or the maximum. Answers an incoming call that nobody has answered.',
  attributes: {
    MaxDurationSeconds: integer({ about: 'The longest recording.', min: 1, max: 3600, default: 600 }),
    NextUri: nextUri('Who is asked next, recorded or not. The next action is executed unless given.'),
    PlayBeep: boolean({ about: 'Whether a beep, which is not recorded, tells the party to speak.', default: true }),
    ...recordingAttributes,
    StopKey: oneOf([...keys, 'any', 'none'], { about: 'The key that ends the recording.', default: 'none' }),
    TimeoutSeconds: integer({ about: 'Silence that ends the recording.', min: 1, max: 30, default: 5 }),
  },
  means: ({ MaxDurationSeconds, NextUri, PlayBeep, StopKey, TimeoutSeconds, ...recording }, { at }): RecordAudio => ({
    verb: 'record',
    at,
    answers: true,
    beep: PlayBeep,
    stopKeys: StopKey === 'any' ? keys.join('') : StopKey === 'none' ? '' : StopKey,
    silenceMs: TimeoutSeconds * 1000,
    maxMs: MaxDurationSeconds * 1000,
    ...recordingMeaning(recording),
    ...next(NextUri),
  }),
});
