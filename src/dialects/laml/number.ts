import { element } from '../grammar.ts';
import { quoted } from '../kinds.ts';
import { toE164 } from './phone-number.ts';
import { detectionAttributes, detectionMeaning, type TargetNoun, targetAttributes, targetMeaning } from './target.ts';
import { ignored, tones } from './values.ts';

/** The text of a number, whatever stands in it: that nobody can be called there is found out by calling. */
export const numberText = {
  about: 'The number: E.164 with a plus, or ten digits of North America.',
  expected: 'a telephone number',
  xsd: { base: 'token', minLength: 1 },
  read: (written: string) => written,
} as const;

export const number = element('Number', {
  about: 'A telephone number to call.',
  attributes: {
    byoc: ignored("The other vendor's trunk."),
    ...detectionAttributes,
    ...targetAttributes,
    sendDigits: tones('Tones to send once answered, before anything else; w waits half a second, W a whole one.'),
  },
  text: numberText,
  textRequired: true,
  means: (attributes, { text: written = '', at, warn }): TargetNoun => ({
    noun: 'number',
    at,
    target: {
      to: numberOf(written, (message, hint) => warn('CALL_NUMBER_NOT_VALID', message, at, hint)),
      transport: 'PSTN',
      ...(attributes.sendDigits !== undefined && { sendDigits: attributes.sendDigits }),
      ...targetMeaning(attributes),
      ...detectionMeaning(attributes),
    },
  }),
});

/** In E.164; as it is written, with a warning, when it is no number. */
export function numberOf(written: string, wrong: (message: string, hint: string) => void): string {
  const to = toE164(written);
  if (to === undefined) wrong(`calling ${quoted(written)} will fail: it is no telephone number`, 'write +15551234567');
  return to ?? written;
}
