import type { DialTarget } from '../../verbs/dial.ts';
import type { Place } from '../../verbs/verb.ts';
import { type Address, readAddress } from '../address.ts';
import { element } from '../grammar.ts';
import { integer, pattern } from '../kinds.ts';
import { audible, audio } from './uris.ts';

/** The acceptance of a screened call: which key, and how long after the audio (inferred). */
const accept = { key: '1', timeoutMs: 10_000 };
/** Nobody rings longer than the API lets anybody ring. */
export const maxRingSeconds = 600;

/** What an endpoint has and <Call> may have for all of them. */
export const endpointAttributes = {
  CallerId: pattern({
    about: 'What the called party sees: + and E.164 for a number; the user part of From for a SIP URI.',
    pattern: '[A-Za-z0-9.+_\\-]{1,30}',
    expected: '+ and E.164, or for SIP at most 30 letters, digits and . - + _',
  }),
  ScreenAudioUri: audio('Asks the called party to press 1 to accept, within ten seconds; the caller does not notice.'),
  TimeoutSeconds: integer({ about: 'How long an endpoint may ring; ten minutes at most.', min: 1 }),
  WhisperAudioUri: audio('Played to the called party before the two are joined.'),
};

/** The part of a dial that both can set. */
export function targetOptions(attributes: {
  ScreenAudioUri?: Parameters<typeof audible>[0];
  WhisperAudioUri?: Parameters<typeof audible>[0];
}): Pick<DialTarget, 'screen' | 'whisper'> {
  const { ScreenAudioUri: screen, WhisperAudioUri: whisper } = attributes;
  return {
    ...(screen && { screen: { sounds: audible(screen), ...accept } }),
    ...(whisper && { whisper: audible(whisper) }),
  };
}

export const ringMs = (seconds: number): number => Math.min(seconds, maxRingSeconds) * 1000;

export const endpoint = element('Endpoint', {
  about: 'Somebody to call: a number with + and country code, or a SIP URI.',
  attributes: endpointAttributes,
  text: {
    about: 'The number or the SIP URI.',
    expected: 'a number with + and country code, or a SIP URI',
    xsd: { base: 'token', minLength: 1 },
    read: (text): Address => readAddress(text),
  },
  textRequired: true,
  means: ({ CallerId, TimeoutSeconds, ...options }, { text, at, warn }): { target: DialTarget; at: Place } => {
    const { to, transport, wrong } = text!;
    // Whom one cannot call is found out by calling: the other endpoints, and what comes after, still count.
    if (wrong) warn('TEXT_NOT_VALID', `calling this endpoint will fail: ${wrong.message}`, at, wrong.hint);
    const target: DialTarget = {
      to,
      transport,
      ...(CallerId !== undefined && { callerId: CallerId }),
      ...(TimeoutSeconds !== undefined && { ringMs: ringMs(TimeoutSeconds) }),
      ...targetOptions(options),
    };
    return { target, at };
  },
});
