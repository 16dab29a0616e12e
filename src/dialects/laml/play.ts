import type { Play } from '../../verbs/play.ts';
import { element, Wrong } from '../grammar.ts';
import { resolveUrl, schemeOf } from '../kinds.ts';
import { looped } from './say.ts';
import { loop, tones, webAddress } from './values.ts';

/** The URL of a file; Wrong when it is none that can be played. */
function fileAt(written: string, base: string): string | Wrong | undefined {
  const url = schemeOf(written) === 'rtmp' ? resolveUrl(written, base, ['rtmp']) : webAddress.read(written, base);
  return url instanceof Wrong ? new Wrong(url.message, url.hint, url.code ?? 'AUDIO_URL_NOT_VALID') : url;
}

export const play = element('Play', {
  about: 'Plays an audio file, or sends keypad tones. Answers an incoming call that nobody has answered.',
  attributes: {
    digits: tones('Tones to send instead of a file; w is a pause of half a second, W of a whole one.'),
    loop: loop(),
  },
  text: {
    about: 'The URL of the file: http, https or rtmp, absolute or relative.',
    expected: 'the URL of an audio file',
    xsd: { base: 'anyURI' },
    read: (written) => written,
  },
  means: ({ digits, loop: loops }, { text: written, at, url: base, warn }): Play | undefined => {
    if (digits !== undefined) {
      if (written !== undefined)
        warn('ATTRIBUTE_CONFLICT', '<Play> has digits, so that its file is not played', 'digits');
      return { verb: 'play', at, answers: true, sounds: looped([{ type: 'tones', digits }], loops) };
    }
    const url = written === undefined ? undefined : fileAt(written, base);
    if (typeof url === 'string')
      return { verb: 'play', at, answers: true, sounds: looped([{ type: 'audio', url }], loops) };
    if (url) warn(url.code!, `the text of <Play>: ${url.message}: it is ignored`, at, url.hint);
    else warn('TEXT_MISSING', '<Play> needs the URL of an audio file, or digits: it is ignored');
    return undefined;
  },
});
