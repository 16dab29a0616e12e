/** Numbers that nobody has (LaML 6.7): any could be taken, these are shown. */
import { formatted } from '../../vendors/signalwire/call-json.ts';
import { isTaken } from '../enfonica/number-records.ts';
import { allOf, given } from './gives.ts';
import { notFound } from './refusal.ts';
import type { Asked, Route } from './route.ts';

/** Numbers that belong to nobody, as films use them. */
export const offered = (begin: string): string[] =>
  Array.from({ length: 100 }, (_, index) => `${begin}55501${String(index).padStart(2, '0')}`);

const available = '/Accounts/:account/AvailablePhoneNumbers';

const country = ({ sids }: Asked) => ({
  country_code: 'US',
  country: 'United States',
  beta: false,
  uri: sids.uri('/AvailablePhoneNumbers/US.json'),
  subresource_uris: { local: sids.uri('/AvailablePhoneNumbers/US/Local.json') },
});

const countries: Route = {
  id: 'available.list',
  method: 'GET',
  path: available,
  permission: 'numbering.phoneNumberInstances.list',
  summary: 'Lists the countries in which numbers can be searched',
  answers: 'All `countries`.',
  gives: allOf('countries', 'Country'),
  answer: (asked) => ({ uri: asked.sids.uri('/AvailablePhoneNumbers.json'), countries: [country(asked)] }),
};

const oneCountry: Route = {
  id: 'available.get',
  method: 'GET',
  path: `${available}/:country`,
  permission: 'numbering.phoneNumberInstances.list',
  summary: 'Shows a country in which numbers can be searched',
  answers: 'The country.',
  gives: given('Country'),
  answer: (asked) => {
    if (asked.sid('country') !== 'US') throw notFound('numbers of this country');
    return country(asked);
  },
};

const local: Route = {
  id: 'available.local',
  method: 'GET',
  path: `${available}/:country/Local`,
  permission: 'numbering.phoneNumberInstances.list',
  summary: 'Lists numbers that nobody has: any number can be taken, these are some',
  parameters: { AreaCode: 'Three digits; 212 unless given.', PageSize: 'How many at most; 50 unless given.' },
  answers: 'All `available_phone_numbers`.',
  gives: allOf('available_phone_numbers', 'AvailableNumber'),
  answer: (asked) => {
    const { form, context, sids } = asked;
    if (asked.sid('country') !== 'US') throw notFound('numbers of this country');
    const area = form.integer('AreaCode', [200, 999], 10000) ?? 212;
    const size = form.integer('PageSize', [1, 1000], 54454) ?? 50;
    const free = offered(`+1${area}`).filter((number) => !isTaken(context.store, number));
    return {
      uri: sids.uri(`/AvailablePhoneNumbers/US/Local.json`),
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
};

export const availableNumbers = [countries, oneCountry, local];
