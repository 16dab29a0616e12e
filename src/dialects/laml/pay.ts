import { cardNames } from '../../verbs/cards.ts';
import type { HangUp } from '../../verbs/hang-up.ts';
import type { Pay } from '../../verbs/pay.ts';
import type { Unsupported } from '../../verbs/unsupported.ts';
import { element, type Kind } from '../grammar.ts';
import { attribute, boolean, integer, oneOf, text } from '../kinds.ts';
import { parameter, toMap } from './parameter.ts';
import { prompt } from './prompt.ts';
import { address, asked, ignored, method, nextAddress, words } from './values.ts';

const mostCharged = 1_000_000;

const amount: Omit<Kind<string>, 'about'> = {
  expected: `an amount from 0 to ${mostCharged}`,
  xsd: { base: 'string', pattern: '[0-9]+(\\.[0-9]+)?' },
  read: (written) => (/^\d{1,7}(?:\.\d{1,4})?$/.test(written) && Number(written) <= mostCharged ? written : undefined),
};

const postalCode: Omit<Kind<boolean | string>, 'about'> = {
  expected: 'true, false or a postal code',
  xsd: { base: 'string' },
  read: (written) => (written === '' ? undefined : /^(?:true|false)$/i.test(written) ? /^t/i.test(written) : written),
};

const cardLanguages = 'en-US en-AU en-CA en-GB en-IN es-ES es-MX fr-CA fr-FR de-DE it-IT'.split(' ');

export const pay = element('Pay', {
  about:
    "Collects payment details by keypad and hands them to the customer's connector; then its action is asked. Nothing after it is executed. Answers an incoming call that nobody has answered.",
  attributes: {
    action: nextAddress('Who is asked next. The current document unless given.'),
    bankAccountType: ignored("The other vendor's kind of account."),
    chargeAmount: attribute<string, { about: string }>(amount, {
      about: 'What is charged; without it, or with 0, a token is made instead.',
    }),
    currency: text({ about: 'The currency.', default: 'usd' }),
    description: text({ about: 'What the connector is told.' }),
    input: words(['dtmf'], { about: 'How details are given.', default: ['dtmf'] }),
    language: oneOf(cardLanguages, { about: 'The language of the prompts.', default: 'en-US' }),
    maxAttempts: integer({ about: 'How often a detail may be tried.', min: 1, max: 3, default: 1 }),
    method: method(),
    minPostalCodeLength: integer({ about: 'How long a postal code is at least.', min: 0, max: 20, default: 0 }),
    paymentConnector: text({ about: "The other vendor's name of a connector. Known, and not carried out." }),
    paymentConnectorUrl: address("The customer's connector, to which the details are posted."),
    paymentMethod: oneOf(['credit-card', 'ach-debit'], { about: 'How it is paid.', default: 'credit-card' }),
    postalCode: attribute<boolean | string, { about: string; default: boolean }>(postalCode, {
      about: 'Whether the postal code is asked for, or the code itself.',
      default: true,
    }),
    securityCode: boolean({ about: 'Whether the security code is asked for.', default: true }),
    statusCallback: address('Who hears how it goes.'),
    statusCallbackMethod: method('How statusCallback is asked.'),
    timeout: integer({ about: 'Seconds of silence that end a detail.', min: 3, max: 600, default: 5 }),
    tokenType: oneOf(['one-time', 'reusable', 'payment-method'], { about: 'What kind of token.', default: 'reusable' }),
    validCardTypes: words(cardNames, {
      about: 'Which cards are taken.',
      default: ['visa', 'mastercard', 'amex'],
    }),
  },
  content: [parameter, prompt],
  means: (attributes, { children, at, url, warn }): Pay | HangUp | Unsupported => {
    const { action = url || undefined, chargeAmount, description, paymentConnectorUrl } = attributes;
    if (action === undefined) {
      warn('URL_RELATIVE', '<Pay> needs an action: the document was given without a URL. The call is hung up');
      return { verb: 'hangUp', at, answers: true };
    }
    if (paymentConnectorUrl === undefined && attributes.paymentConnector !== undefined)
      return { verb: 'unsupported', at, answers: false, what: 'Pay paymentConnector' };
    if (paymentConnectorUrl === undefined) warn('ATTRIBUTE_MISSING', '<Pay> needs paymentConnectorUrl: it fails');
    const callback = asked(attributes.statusCallback, attributes.statusCallbackMethod);
    return {
      verb: 'pay',
      at,
      answers: true,
      connector: paymentConnectorUrl ?? '',
      method: attributes.paymentMethod === 'credit-card' ? 'card' : 'account',
      ...(chargeAmount !== undefined && Number(chargeAmount) > 0 && { amount: chargeAmount }),
      currency: attributes.currency.toLowerCase(),
      ...(description !== undefined && { description }),
      securityCode: attributes.securityCode,
      postalCode: attributes.postalCode,
      minPostalCodeLength: attributes.minPostalCodeLength,
      maxAttempts: attributes.maxAttempts,
      timeoutMs: attributes.timeout * 1000,
      tokenType: attributes.tokenType,
      cards: attributes.validCardTypes ?? [],
      language: attributes.language,
      parameters: toMap(children.filter((child) => 'name' in child)),
      prompts: children.flatMap((child) => ('prompt' in child ? [child.prompt] : [])),
      ...(callback && { callback }),
      next: { url: action, method: attributes.method },
    };
  },
});
