import type { Play } from '../../verbs/play.ts';
import { element, type Kind } from '../grammar.ts';
import { isWithin, text, tooLong } from '../kinds.ts';
import { audible, collapse, defaultVoice, isVoice, maxSpeech } from './uris.ts';

const words: Kind<string> = {
  about: 'What is said; runs of white space count as one.',
  expected: `text of at most ${maxSpeech} characters`,
  xsd: { base: 'token', maxLength: maxSpeech },
  read: (written) => {
    const said = collapse(written);
    return isWithin(said, maxSpeech) ? said : tooLong(said, maxSpeech);
  },
};

export const say = element('Say', {
  about: 'Says a text. Answers an incoming call that nobody has answered.',
  attributes: {
    Voice: text({ about: 'The voice that says it, Google-<locale>-<model>-<letter>.', default: defaultVoice }),
  },
  text: words,
  means: ({ Voice }, { text: said = '', at, warn }): Play => {
    const voice = isVoice(Voice) ? Voice : defaultVoice;
    if (voice !== Voice && Voice !== '')
      warn(
        'ATTRIBUTE_NOT_VALID',
        `there is no voice ${Voice}: the default is used`,
        'Voice',
        `voices look like ${defaultVoice}`,
      );
    return { verb: 'play', at, answers: true, sounds: audible({ type: 'speech', text: said, voice }) };
  },
});
