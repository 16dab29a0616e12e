import { amountPattern } from '../money/money.ts';
import { either, type Kind, mapOf, number, shape, text } from '../replay/shape.ts';
import type { PlaceConfig } from './places.ts';
import type { RateConfig, RatesConfig } from './rates.ts';

/** An amount of money: what YAML takes for a number is read as it is written. */
export const amount = text('an amount such as 0.045', amountPattern);

const increment = text('seconds at first and from there on, such as 60/60 or 30/6', /^\d{1,5}\/[1-9]\d{0,4}$/);

const rate = either(
  amount,
  shape<RateConfig>('a rate, such as { perMinute: 0.045 }', { perMinute: amount, connection: amount, increment }, [
    'perMinute',
  ]),
);

const byWhomIsCalled = (expected: string): Kind =>
  mapOf(rate, expected, {
    pattern: /^(\+\d{0,15}|sip|client)$/,
    expected: 'the beginning of a number, such as "+61", or sip or client',
  });

export const rates: Kind = shape<RatesConfig>(
  'what calls cost',
  {
    currency: text('a currency of three capitals, such as AUD', /^[A-Z]{3}$/),
    increment,
    outgoing: byWhomIsCalled('rates by the number that is called'),
    incoming: byWhomIsCalled('rates by the number of the project that is called'),
  },
  ['currency'],
);

export const places: Kind = mapOf(
  shape<PlaceConfig>('where a number is at home', {
    regionCode: text('a region such as AU', /^([A-Z]{2}|\d{3})$/),
    administrativeArea: text('the name of a state or province'),
    locality: text('the name of a place'),
    latitude: number('degrees from -90 to 90', -90, 90),
    longitude: number('degrees from -180 to 180', -180, 180),
    zone: text('the name of a zone'),
  }),
  'places by the beginning of their numbers',
  { pattern: /^\+[1-9]\d{0,14}$/, expected: 'the beginning of a number, such as "+61"' },
);
