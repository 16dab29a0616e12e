/** How a route says what it answers: by the names of what `components.ts` describes. */
import { type TSchema, Type } from '@sinclair/typebox';

export type Component =
  | 'Call'
  | 'Stream'
  | 'ConferenceStream'
  | 'Payment'
  | 'Recording'
  | 'Transcription'
  | 'Conference'
  | 'Participant'
  | 'Queue'
  | 'Member'
  | 'Application'
  | 'Number'
  | 'AvailableNumber'
  | 'Country'
  | 'Bin'
  | 'Message'
  | 'Account'
  | 'Refusal';

/** What the description of this name describes. */
export const given = (name: Component): TSchema => Type.Unsafe({ $ref: `${name}#` });

const link = (description: string) => Type.String({ description });
const linkOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description: `${description}; null: there is none.` });

/** A page: its links, and one list. */
export const pageOf = (key: string, name: Component): TSchema =>
  Type.Object({
    uri: link('This page.'),
    first_page_uri: link('The first page.'),
    next_page_uri: linkOrNull('The next page'),
    previous_page_uri: linkOrNull('The one before'),
    page: Type.Integer({ description: 'Counted from 0.' }),
    page_size: Type.Integer({ description: 'How many a page has at most.' }),
    [key]: Type.Array(given(name)),
  });

/** Everything there is, without pages. */
export const allOf = (key: string, name: Component): TSchema =>
  Type.Object({ uri: link('This list.'), [key]: Type.Array(given(name)) });
