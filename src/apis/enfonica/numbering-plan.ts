/** A small stock of telephone numbers to choose from, all of them reserved for fiction; and what is known of a number. */

type NumberType = 'LOCAL' | 'NATIONAL' | 'MOBILE' | 'TOLL_FREE' | 'SHARED_RATE';

export const numberTypes = { LOCAL: 1, NATIONAL: 2, MOBILE: 3, TOLL_FREE: 4, SHARED_RATE: 5 } as const satisfies Record<
  NumberType,
  number
>;

type Capability = 'VOICE' | 'SMS' | 'MMS';

/** Numbers that follow each other. */
interface Series {
  countryCode: 'AU' | 'GB' | 'US';
  numberType: NumberType;
  capabilities: readonly Capability[];
  first: string;
  size: number;
}

const voice = ['VOICE'] as const;
const voiceAndText = ['SMS', 'VOICE'] as const;

const stock: readonly Series[] = [
  { countryCode: 'AU', numberType: 'LOCAL', capabilities: voice, first: '+61255501000', size: 20 },
  { countryCode: 'AU', numberType: 'LOCAL', capabilities: voice, first: '+61370101000', size: 20 },
  { countryCode: 'AU', numberType: 'MOBILE', capabilities: voiceAndText, first: '+61491570156', size: 4 },
  { countryCode: 'AU', numberType: 'TOLL_FREE', capabilities: voice, first: '+611800975707', size: 5 },
  { countryCode: 'AU', numberType: 'SHARED_RATE', capabilities: voice, first: '+611300975707', size: 5 },
  { countryCode: 'GB', numberType: 'LOCAL', capabilities: voice, first: '+442079460000', size: 20 },
  { countryCode: 'GB', numberType: 'NATIONAL', capabilities: voice, first: '+443069990000', size: 20 },
  { countryCode: 'GB', numberType: 'MOBILE', capabilities: voiceAndText, first: '+447700900000', size: 20 },
  { countryCode: 'US', numberType: 'LOCAL', capabilities: ['SMS', 'MMS', 'VOICE'], first: '+12125550100', size: 20 },
  { countryCode: 'US', numberType: 'TOLL_FREE', capabilities: voice, first: '+18005550100', size: 20 },
];

/** As the API shows it. */
export interface PhoneNumber {
  name: string;
  phoneNumber: string;
  capabilities: readonly Capability[];
  numberType?: NumberType;
  countryCode?: string;
}

/** So many numbers from this one on. */
export const numbersFrom = (first: string, size: number): string[] =>
  Array.from({ length: size }, (_, index) => `+${BigInt(first.slice(1)) + BigInt(index)}`);

const known: ReadonlyMap<string, PhoneNumber> = new Map(
  stock
    .flatMap((series) => numbersFrom(series.first, series.size).map((number) => [number, series] as const))
    .map(([phoneNumber, { capabilities, numberType, countryCode }]) => [
      phoneNumber,
      { name: nameOf(phoneNumber), phoneNumber, capabilities, numberType, countryCode },
    ]),
);

function nameOf(phoneNumber: string): string {
  return `phoneNumbers/${phoneNumber.slice(1)}`;
}

/** Of a number that is not in the stock, no more is known than that it can be called. */
export const describe = (phoneNumber: string): PhoneNumber =>
  known.get(phoneNumber) ?? { name: nameOf(phoneNumber), phoneNumber, capabilities: voice };

/** All of the stock, in the order of their digits. */
export const stocked: readonly PhoneNumber[] = [...known.values()].sort((one, other) =>
  one.phoneNumber < other.phoneNumber ? -1 : 1,
);

const countryPrefixes: Readonly<Record<string, string>> = { AU: '+61', GB: '+44' };

/** The country of a number, where its beginning tells. */
export const countryOf = (number: string): string | undefined =>
  known.get(number)?.countryCode ??
  Object.keys(countryPrefixes).find((country) => number.startsWith(countryPrefixes[country] ?? ''));

/** The beginning of a number as E.164, also when it is written as within the country: `0491` is `+61491` in AU. */
export const toInternational = (prefix: string | undefined, country = 'AU'): string | undefined =>
  prefix?.startsWith('0') ? `${countryPrefixes[country] ?? '+'}${prefix.slice(1)}` : prefix;
