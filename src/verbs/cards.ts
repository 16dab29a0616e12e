/** Card numbers, dates and bank numbers: what can be known of them without asking anybody. */

interface CardType {
  name: string;
  /** How it begins. */
  begins: RegExp;
  lengths: readonly number[];
  /** Whether its last digit checks the others. */
  luhn: boolean;
}

/** In the order in which they are tried: the last one is what is left. */
const cardTypes: readonly CardType[] = [
  { name: 'visa', begins: /^4/, lengths: [16, 13], luhn: true },
  { name: 'mastercard', begins: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16], luhn: true },
  { name: 'amex', begins: /^3[47]/, lengths: [15], luhn: true },
  { name: 'discover', begins: /^(6011|64[4-9]|65)/, lengths: [16], luhn: true },
  { name: 'jcb', begins: /^35(2[89]|[3-8])/, lengths: [16], luhn: true },
  { name: 'diners-club', begins: /^(30[0-5]|36|38|39)/, lengths: [14], luhn: true },
  { name: 'enroute', begins: /^(2014|2149)/, lengths: [15], luhn: false },
  { name: 'maestro', begins: /^(50|5[6-8]|6)/, lengths: [19, 18, 17, 16, 15, 14, 13, 12], luhn: true },
];

/** The kind of a card, from its first digits. */
export const cardTypeOf = (digits: string): CardType | undefined => cardTypes.find(({ begins }) => begins.test(digits));

/** Is this all that such a card number can have? */
export function isWholeCard(digits: string): boolean {
  // Until then another kind of card may begin alike.
  if (digits.length < 6) return false;
  return digits.length >= (cardTypeOf(digits)?.lengths[0] ?? 19);
}

export function isCardNumber(digits: string): boolean {
  const type = cardTypeOf(digits);
  return type?.lengths.includes(digits.length) === true && (!type.luhn || passesLuhn(digits));
}

/** The last digit of most card numbers (ISO/IEC 7812-1). */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n++) {
    const digit = Number(digits[digits.length - 1 - n]);
    const weighed = n % 2 === 0 ? digit : 2 * digit;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** Month and year of two digits each; a card is good until the end of its month, wherever that ends last. */
export function isExpiry(digits: string, now: number): boolean {
  const month = Number(digits.slice(0, 2));
  const year = 2000 + Number(digits.slice(2));
  const hours12 = 12 * 60 * 60 * 1000;
  return digits.length === 4 && month >= 1 && month <= 12 && Date.UTC(year, month) + hours12 > now;
}

/** Nine digits whose weighed sum ends in nought (ABA). */
export function isRoutingNumber(digits: string): boolean {
  const weights = [3, 7, 1];
  const sum = [...digits].reduce((all, digit, n) => all + Number(digit) * weights[n % 3]!, 0);
  return digits.length === 9 && sum > 0 && sum % 10 === 0;
}

/** What kinds of cards are called. */
export const cardNames = [
  'visa',
  'mastercard',
  'amex',
  'maestro',
  'discover',
  'optima',
  'jcb',
  'diners-club',
  'enroute',
] as const;
