import type { RecordCall } from '../../verbs/record-call.ts';
import { element } from '../grammar.ts';
import { oneOf } from '../kinds.ts';
import { recordingAttributes, recordingMeaning } from './recordings.ts';

export const recordCall = element('RecordCall', {
  about:
    'Has the whole call recorded, from its trigger to its end. Takes effect at once; the last one before the recording starts counts, later ones are ignored.',
  attributes: {
    ...recordingAttributes,
    Trigger: oneOf(['answer', 'bridge'], {
      about: 'answer: from when the call is answered. bridge: from when it is joined with another call.',
      default: 'answer',
    }),
  },
  means: ({ Trigger, ...recording }, { at }): RecordCall => ({
    verb: 'recordCall',
    at,
    answers: false,
    trigger: Trigger,
    ...recordingMeaning(recording),
  }),
});
