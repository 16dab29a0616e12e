/** URIs as VoiceML writes them: of handlers, of callbacks, of audio (VoiceML 1.4). */
import type { Sound } from '../../telephony/sound.ts';
import type { HandlerUrl } from '../../verbs/verb.ts';
import { readAddress } from '../address.ts';
import { type Kind, Wrong } from '../grammar.ts';
import { attribute, isWithin, resolveUrl, schemeOf, tooLong, url } from '../kinds.ts';

export const defaultVoice = 'Google-en-AU-Wavenet-B';
export const maxSpeech = 5_000;

/** A voice that may exist; any other becomes the default (VoiceML 1.14). */
export const isVoice = (name: string): boolean => /^Google-[a-z]{2,3}-[A-Za-z\d]{2,4}-[A-Za-z\d-]+$/.test(name);

/** VoiceML asks by POST, always. */
export function post(uri: string): HandlerUrl {
  return { url: uri, method: 'POST' };
}

/** `next` of an instruction, if there is one. */
export function next(uri: string | undefined): { next?: HandlerUrl } {
  return uri === undefined ? {} : { next: post(uri) };
}

/** Where execution goes on: another document, or somebody to be called. */
export const handlerUri: Omit<Kind<string>, 'about'> = {
  expected: 'a URI (http, https, tel, sip), absolute or relative',
  xsd: { base: 'anyURI' },
  read: (text, base) => {
    const uri = resolveUrl(text, base, ['http', 'https', 'tel', 'sip', 'sips']);
    return uri instanceof Wrong || isWeb(uri) ? uri : (readAddress(uri).wrong ?? uri);
  },
};

export function isWeb(uri: string): boolean {
  const scheme = schemeOf(uri);
  return scheme === 'http' || scheme === 'https';
}

export function nextUri(about: string) {
  return attribute<string, { about: string }>(handlerUri, { about });
}

/** Who hears that something has become ready. */
export function readyUri(about: string) {
  return url({ about, schemes: ['http', 'https'] });
}

/** An audio file, or speech by a `tts:` URI. */
export const audioUri: Omit<Kind<Sound>, 'about'> = {
  expected: 'the URI of an audio file (http, https, relative), or a tts: URI',
  xsd: { base: 'anyURI', minLength: 1 },
  read: (text, base) => {
    if (text === '') return undefined;
    if (schemeOf(text) === 'tts') return speech(text.slice(4));
    const uri = resolveUrl(text, base, ['http', 'https', 'tts']);
    return uri instanceof Wrong ? uri : { type: 'audio', url: uri };
  },
};

export function audio(about: string) {
  return attribute<Sound, { about: string }>(audioUri, { about });
}

/** The sounds to play for this one: none when it is speech without a word. */
export function audible(sound: Sound): Sound[] {
  return sound.type === 'speech' && sound.text === '' ? [] : [sound];
}

/** Percent-encoded text, and perhaps `?voice=…`. */
function speech(encoded: string): Sound | Wrong {
  const [, said, query] = /^([^?]*)(?:\?(.*))?$/s.exec(encoded)!;
  const voice = query ? /^voice=([^&]+)$/.exec(query)?.[1] : defaultVoice;
  if (query && voice === undefined)
    return new Wrong('after ? only voice=… is understood', 'write ? in the text as %3F');
  try {
    const text = collapse(decodeURIComponent(said!));
    if (!isWithin(text, maxSpeech)) return tooLong(text, maxSpeech);
    const named = decodeURIComponent(voice ?? defaultVoice);
    return { type: 'speech', text, voice: isVoice(named) ? named : defaultVoice };
  } catch {
    return new Wrong('the percent-encoding of the text is broken', 'write % in the text as %25');
  }
}

export function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
