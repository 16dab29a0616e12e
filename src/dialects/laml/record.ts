import type { HangUp } from '../../verbs/hang-up.ts';
import type { RecordAudio } from '../../verbs/record.ts';
import { element } from '../grammar.ts';
import { boolean, integer } from '../kinds.ts';
import { recordingStatus, storageMethod, told, trim } from './recordings.ts';
import { address, asked, ignored, keySet, keys, method, next, nextAddress } from './values.ts';

const longestSeconds = 3600;
/** The longest recording of which a transcription is wanted. */
const transcribedSeconds = 120;

export const record = element('Record', {
  about:
    'Records the caller until a key, silence, the maximum or the end of the call; then its action is asked, recorded or not. Nothing after it is executed. Answers an incoming call that nobody has answered.',
  attributes: {
    action: nextAddress('Who is asked next. The current document unless given.'),
    finishOnKey: keySet('The keys that end the recording.', keys),
    maxLength: integer({
      about: 'The longest recording in seconds; 0: 3600. 3600 unless given, 120 with transcribe.',
      min: 0,
      max: 14_400,
    }),
    method: method(),
    playBeep: boolean({ about: 'Whether a beep, which is not recorded, tells the caller to speak.', default: true }),
    recordingConfigurationId: ignored("The other vendor's setting."),
    ...recordingStatus(),
    storageUrl: address('Where the audio is sent instead of being kept.'),
    storageUrlMethod: storageMethod('How it is sent there.'),
    timeout: integer({
      about: 'Seconds of silence that end the recording; 0: silence does not.',
      min: 0,
      max: 14_400,
      default: 5,
    }),
    transcribe: boolean({ about: 'Whether what is said is written down.', default: false }),
    transcribeCallback: address('Who hears that it has been written down.'),
    trim: trim('trim-silence'),
  },
  means: (attributes, { at, url, warn }): RecordAudio | HangUp => {
    const { action = url || undefined, maxLength, transcribe, timeout, storageUrl, transcribeCallback } = attributes;
    if (action === undefined) {
      warn('URL_RELATIVE', '<Record> needs an action: the document was given without a URL. The call is hung up');
      return { verb: 'hangUp', at, answers: true };
    }
    const transcriptionReady = asked(transcribeCallback, 'POST');
    const maxMs = (maxLength || (transcribe && maxLength === undefined ? transcribedSeconds : longestSeconds)) * 1000;
    return {
      verb: 'record',
      at,
      answers: true,
      beep: attributes.playBeep,
      stopKeys: attributes.finishOnKey,
      silenceMs: timeout === 0 ? maxMs : timeout * 1000,
      maxMs,
      trim: attributes.trim === 'trim-silence',
      transcribe,
      tellsEnd: true,
      ...told(attributes),
      ...(transcriptionReady && { transcriptionReady }),
      ...(storageUrl !== undefined && { storage: { url: storageUrl, method: attributes.storageUrlMethod } }),
      ...next(action, attributes.method),
    };
  },
});
