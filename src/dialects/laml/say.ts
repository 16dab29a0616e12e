import type { Sound } from '../../telephony/sound.ts';
import type { Play } from '../../verbs/play.ts';
import { element } from '../grammar.ts';
import { text } from '../kinds.ts';
import { flatten, type SpokenPiece, spokenText, ssml } from './ssml.ts';
import { collapse, loop } from './values.ts';

/** What is said of a longer text (LaML 4.23). */
const maxSpeech = 4096;
const defaultVoice = 'woman';

export const say = element('Say', {
  about: 'Says a text, which may have SSML in it. Answers an incoming call that nobody has answered.',
  attributes: {
    voice: text({
      about:
        'The voice: man, woman, alice, or <engine>.<voice>, such as Polly.Joanna-Neural or gcloud.en-US-Neural2-J.',
      default: defaultVoice,
    }),
    language: text({ about: 'The language, BCP-47. That of the voice unless given.' }),
    loop: loop(),
  },
  content: ssml,
  ordered: true,
  text: spokenText,
  means: ({ voice, language, loop: loops }, { parts, at, warn }): Play => {
    const pieces = within(maxSpeech, flatten(parts), (length) =>
      warn('TEXT_NOT_VALID', `<Say> has ${length} characters; the first ${maxSpeech} are said`),
    );
    const how = { voice: voice || defaultVoice, ...(language && { language }) };
    const sounds = toSounds(pieces).map((sound) => (sound.type === 'speech' ? { ...sound, ...how } : sound));
    return { verb: 'play', at, answers: true, sounds: looped(sounds, loops) };
  },
});

/** A list of sounds, as often as it is to be heard. */
export function looped(sounds: readonly Sound[], loops: number): readonly Sound[] {
  const [first] = sounds;
  if (loops === 1 || first === undefined) return sounds;
  return [sounds.length === 1 ? { ...first, loops } : { type: 'sequence', sounds, loops }];
}

/** Cuts off what is too long; white space counts as it is heard. */
function within(
  most: number,
  pieces: readonly SpokenPiece[],
  tooLong: (length: number) => void,
): readonly SpokenPiece[] {
  // Most are far from that: their characters need not be counted.
  if (pieces.reduce((sum, piece) => sum + ('text' in piece ? piece.text.length : 0), 0) <= most) return pieces;
  let length = 0;
  const kept: SpokenPiece[] = [];
  for (const piece of pieces) {
    if (!('text' in piece)) {
      if (length <= most) kept.push(piece);
      continue;
    }
    const characters = [...piece.text.replace(/\s+/g, ' ')];
    const room = Math.max(most - length, 0);
    length += characters.length;
    if (room > 0) kept.push(characters.length > room ? { text: characters.slice(0, room).join('') } : piece);
  }
  if (length > most) tooLong(length);
  return kept;
}

/** Neighbouring texts are one speech, neighbouring pauses one silence; what is not heard is left out. */
function toSounds(pieces: readonly SpokenPiece[]): Sound[] {
  const sounds: Sound[] = [];
  let said = '';
  let silentMs = 0;
  const speak = (): void => {
    const words = collapse(said);
    if (words !== '') sounds.push({ type: 'speech', text: words });
    said = '';
  };
  const rest = (): void => {
    if (silentMs > 0) sounds.push({ type: 'silence', ms: silentMs });
    silentMs = 0;
  };
  for (const piece of pieces) {
    if ('text' in piece) {
      if (silentMs > 0 && piece.text.trim() !== '') rest();
      said += piece.text;
      continue;
    }
    speak();
    if ('pauseMs' in piece) silentMs += piece.pauseMs;
    else {
      rest();
      sounds.push({ type: 'beep' });
    }
  }
  speak();
  rest();
  return sounds;
}
