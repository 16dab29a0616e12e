/** Numbers that nobody has (LaML 6.7): any could be taken, these are shown. */
import { formatted } from '../../vendors/signalwire/call-json.ts';
import { isTaken } from '../enfonica/number-records.ts';
import type { Form } from './form.ts';
import { allOf, given } from './gives.ts';
import { notFound, Refusal } from './refusal.ts';
import type { Asked, Route } from './route.ts';

/** Numbers that belong to nobody, as films use them. */
export const offered = (begin: string): string[] =>
  Array.from({ length: 100 }, (_, index) => `${begin}55501${String(index).padStart(2, '0')}`);

const available = '/Accounts/:account/AvailablePhoneNumbers';
const permission = 'numbering.phoneNumberInstances.list';

/** The sorts of numbers, as paths name them. */
const sorts = {
  local: { segment: 'Local', usual: 212, isOne: (area: number) => !isTollFree(area) },
  toll_free: { segment: 'TollFree', usual: 800, isOne: (area: number) => isTollFree(area) },
} as const;

const isTollFree = (area: number): boolean => [800, 833, 844, 855, 866, 877, 888].includes(area);

const country = ({ sids }: Asked) => ({
  country_code: 'US',
  country: 'United States',
  beta: false,
  uri: sids.uri('/AvailablePhoneNumbers/US.json'),
  subresource_uris: Object.fromEntries(
    Object.entries(sorts).map(([name, { segment }]) => [name, sids.uri(`/AvailablePhoneNumbers/US/${segment}.json`)]),
  ),
});

const countries: Route = {
  id: 'available.list',
  method: 'GET',
  path: available,
  permission,
  summary: 'Lists the countries in which numbers can be searched',
  answers: 'All `countries`.',
  gives: allOf('countries', 'Country'),
  answer: (asked) => ({ uri: asked.sids.uri('/AvailablePhoneNumbers.json'), countries: [country(asked)] }),
};

function checkCountry(asked: Asked): void {
  if (asked.sid('country') !== 'US') throw notFound('numbers of this country');
}

const oneCountry: Route = {
  id: 'available.get',
  method: 'GET',
  path: `${available}/:country`,
  permission,
  summary: 'Shows a country in which numbers can be searched',
  answers: 'The country.',
  gives: given('Country'),
  answer: (asked) => {
    checkCountry(asked);
    return country(asked);
  },
};

/** Digits that stand anywhere in a number; a star is any of them. */
function patternOf(form: Form): RegExp | undefined {
  const pattern = form.text('Contains')?.replace(/^\+/, '');
  if (pattern === undefined) return undefined;
  if (!/^[\d*]{2,15}$/.test(pattern)) throw new Refusal(21421, 'Contains must be 2 to 15 digits, with * for any');
  return new RegExp(pattern.replaceAll('*', '\\d'));
}

/** The area that is asked for, or with which the pattern begins. */
function areaOf(form: Form, { usual, isOne }: (typeof sorts)[keyof typeof sorts]): number {
  const [, begin] = /^(?:\+?1)?([2-9]\d\d)[\d*]{4,}$/.exec(form.text('Contains') ?? '') ?? [];
  const area = form.integer('AreaCode', [200, 999], 10000) ?? (begin === undefined ? usual : Number(begin));
  return isOne(area) ? area : usual;
}

const searches = (id: string, sort: (typeof sorts)[keyof typeof sorts], summary: string): Route => ({
  id,
  method: 'GET',
  path: `${available}/:country/${sort.segment}`,
  permission,
  summary,
  parameters: {
    AreaCode: `Three digits; ${sort.usual} unless given.`,
    Contains: 'Digits that are in the number, in a row; * is any of them.',
    PageSize: 'How many at most; 50 unless given.',
  },
  answers: 'All `available_phone_numbers`.',
  gives: allOf('available_phone_numbers', 'AvailableNumber'),
  answer: (asked) => {
    const { form, context, sids } = asked;
    checkCountry(asked);
    const pattern = patternOf(form);
    const size = form.integer('PageSize', [1, 1000], 54454) ?? 50;
    const free = offered(`+1${areaOf(form, sort)}`).filter(
      (number) => !isTaken(context.store, number) && (pattern?.test(number) ?? true),
    );
    return {
      uri: sids.uri(`/AvailablePhoneNumbers/US/${sort.segment}.json`),
      available_phone_numbers: free.slice(0, size).map((number) => ({
        friendly_name: formatted(number),
        phone_number: number,
        iso_country: 'US',
        beta: false,
        capabilities: { voice: true, SMS: true, MMS: false, fax: true },
        address_requirements: 'none',
      })),
    };
  },
});

export const availableNumbers = [
  countries,
  oneCountry,
  searches('available.local', sorts.local, 'Lists numbers that nobody has: any number can be taken, these are some'),
  searches('available.tollFree', sorts.toll_free, 'Lists numbers that nobody has, and that nobody pays for to call'),
];
