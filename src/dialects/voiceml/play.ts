import type { Play } from '../../verbs/play.ts';
import { element } from '../grammar.ts';
import { integer, pattern } from '../kinds.ts';
import { audible, audioUri } from './uris.ts';

export const play = element('Play', {
  about: 'Plays an audio file, or sends keypad tones. Answers an incoming call that nobody has answered.',
  attributes: {
    LoopCount: integer({ about: 'How often the file is played; once unless given.', min: 1, max: 1000 }),
    Digits: pattern({
      about: 'Tones to send instead of a file; w is a pause of half a second. Nothing else may be given with it.',
      pattern: '[0-9w#*]+',
      expected: 'made of the digits 0 to 9, w, # and *',
    }),
  },
  text: { ...audioUri, about: 'The URI of the file, relative or absolute, or a tts: URI.' },
  means: ({ LoopCount, Digits }, { text: sound, at, refuse }): Play | undefined => {
    if (Digits !== undefined) {
      if (LoopCount !== undefined) refuse('ATTRIBUTE_CONFLICT', 'LoopCount must not be given with Digits', 'LoopCount');
      if (sound) refuse('TEXT_NOT_ALLOWED', '<Play> with Digits must have no text');
      return { verb: 'play', at, answers: true, sounds: [{ type: 'tones', digits: Digits }] };
    }
    if (!sound) {
      refuse('TEXT_MISSING', '<Play> needs the URI of an audio file, or the attribute Digits');
      return undefined;
    }
    const looped = LoopCount === undefined || LoopCount === 1 ? sound : { ...sound, loops: LoopCount };
    return { verb: 'play', at, answers: true, sounds: audible(looped) };
  },
});
