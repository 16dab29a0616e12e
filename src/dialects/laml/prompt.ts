import { cardNames } from '../../verbs/cards.ts';
import type { PayPrompt } from '../../verbs/pay.ts';
import { payDetails } from '../../verbs/pay-steps.ts';
import type { Place } from '../../verbs/verb.ts';
import { type Attribute, type Attributes, element, Wrong } from '../grammar.ts';
import { boolean, quoted, text } from '../kinds.ts';
import { pause } from './pause.ts';
import { play } from './play.ts';
import { say } from './say.ts';
import { listPattern, words } from './values.ts';

/** What is heard at a step of <Pay>, or what an AI agent is told. */
export interface PromptNoun {
  noun: 'prompt';
  at: Place;
  prompt: PayPrompt;
}

const paySteps = [...payDetails, 'payment-processing'] as const;

const mistakes = [
  'timeout',
  'invalid-card-number',
  'invalid-card-type',
  'invalid-date',
  'invalid-security-code',
  'invalid-postal-code',
  'invalid-bank-routing-number',
  'invalid-bank-account-number',
  'input-matching-failed',
  'internal-error',
] as const;

const attempts: Attribute<readonly number[], false> = {
  about: 'At which attempts; any unless given.',
  required: false,
  expected: 'numbers from 1 to 10, separated by blanks',
  xsd: { base: 'token', pattern: listPattern(['[1-9]', '10'], ' ') },
  read: (written) => {
    const found = written.split(/\s+/).filter((each) => each !== '');
    const strange = found.find((each) => !/^(?:[1-9]|10)$/.test(each));
    return strange === undefined ? found.map(Number) : new Wrong(`${quoted(strange)} is none of 1 to 10`);
  },
};

/** Of an AI agent. */
export const promptAttributes = [
  'bargeConfidence',
  'confidence',
  'frequencyPenalty',
  'presencePenalty',
  'temperature',
  'topP',
] as const;

const ofAgents = Object.fromEntries(
  promptAttributes.map((name) => [name, text({ about: 'Of an AI agent. Known, and without effect.' })]),
) as Attributes;

export const prompt = element('Prompt', {
  about: 'What is heard at a step of <Pay>. In <AI>, and as a verb: known, and not carried out.',
  attributes: {
    ...ofAgents,
    attempt: attempts,
    cardType: words(cardNames, { about: 'For which cards; any unless given.' }),
    errorType: words(mistakes, { about: 'After which mistakes; any unless given.' }),
    for: words(paySteps, { about: 'At which step.' }),
    for_: words(paySteps, { about: 'As one of the builders spells for.' }),
    requireMatchingInputs: boolean({ about: 'Whether it must be keyed twice. Accepted and ignored.', default: false }),
  },
  content: [say, play, pause],
  text: { about: 'What an AI agent is told.', expected: 'a text', xsd: { base: 'string' }, read: (written) => written },
  means: (attributes, { children, at }): PromptNoun => ({
    noun: 'prompt',
    at,
    prompt: {
      steps: attributes.for ?? attributes.for_ ?? [],
      attempts: attributes.attempt ?? [],
      cards: attributes.cardType ?? [],
      errors: attributes.errorType ?? [],
      sounds: children.flatMap((child) => child?.sounds ?? []),
    },
  }),
});
