/** The search for numbers that nobody has yet (VoiceML 4.3). */

import { listKey } from '../project-keys.ts';
import { unlessEmpty } from './calls.ts';
import { pageOf } from './gives.ts';
import { flag, message, oneOf, optional, text } from './kinds.ts';
import { isTaken } from './number-records.ts';
import { numberTypes, type PhoneNumber, stocked, toInternational } from './numbering-plan.ts';
import { listed, pageFields } from './paging.ts';
import { route } from './route.ts';

export const prefixField = (description: string) =>
  text(description, {
    pattern: '^(?:\\+[1-9]\\d{0,14}|\\+|0\\d{0,14})$',
    'x-expected': 'must be how a number begins, such as +614 or 04 (a + in a URL is written %2B)',
  });

interface Wanted {
  countryCode: string;
  numberType?: string;
  prefix?: string;
  supportsVoice?: boolean;
  supportsSms?: boolean;
  supportsMms?: boolean;
}

function isWanted({ phoneNumber, capabilities, numberType, countryCode }: PhoneNumber, wanted: Wanted): boolean {
  const prefix = toInternational(wanted.prefix, wanted.countryCode) ?? '';
  return (
    countryCode === wanted.countryCode &&
    (wanted.numberType === undefined || numberType === wanted.numberType) &&
    phoneNumber.startsWith(prefix) &&
    (!wanted.supportsVoice || capabilities.includes('VOICE')) &&
    (!wanted.supportsSms || capabilities.includes('SMS')) &&
    (!wanted.supportsMms || capabilities.includes('MMS'))
  );
}

export const phoneNumbers = [
  route({
    id: 'phoneNumbers.search',
    method: 'GET',
    path: '/phoneNumbers::search',
    summary: 'Finds numbers that nobody has yet, in a small simulated stock',
    query: message({
      ...pageFields,
      countryCode: text('The country, in two letters.', {
        pattern: '^[A-Z]{2}$',
        'x-expected': 'must be two capitals, such as AU',
      }),
      numberType: optional(oneOf('The kind of number.', 'NUMBER_TYPE_UNSPECIFIED', numberTypes)),
      prefix: optional(prefixField('How it begins: as E.164, or with 0 as within the country.')),
      supportsVoice: optional(flag('It can be called.')),
      supportsSms: optional(flag('It takes text messages.')),
      supportsMms: optional(flag('It takes picture messages.')),
    }),
    answers: '{ phoneNumbers, nextPageToken }',
    gives: pageOf('phoneNumbers', 'PhoneNumber'),
    answer: ({ context, project, query }) => {
      const { pageSize: _size, pageToken: _token, ...wanted } = query;
      const free = stocked.filter((one) => isWanted(one, wanted) && !isTaken(context.store, one.phoneNumber));
      const { page, ...more } = listed({
        query,
        key: listKey(context, project),
        of: ['phoneNumbers', wanted],
        find: ({ after, limit }) =>
          free
            .map((one) => ({ ...one, id: one.phoneNumber, createTime: 0 }))
            .filter(({ id }) => !after || id > after.id)
            .slice(0, limit),
      });
      return { phoneNumbers: unlessEmpty(page.map(({ id: _id, createTime: _at, ...one }) => one)), ...more };
    },
  }),
];
