/** How a route says what it answers: by the names of what `components.ts` describes. */
import { type TSchema, Type } from '@sinclair/typebox';

export type Component =
  | 'Call'
  | 'Recording'
  | 'Transcription'
  | 'Fax'
  | 'SipInfo'
  | 'SipDomain'
  | 'Alias'
  | 'User'
  | 'PhoneNumberInstance'
  | 'PhoneNumber'
  | 'Refusal';

/** What the description of this name describes. */
export const given = (name: Component): TSchema => Type.Unsafe({ $ref: `${name}#` });

/** A page: no list when it would be empty, no token when it is the last one. */
export const pageOf = (field: string, name: Component): TSchema =>
  Type.Object({
    [field]: Type.Optional(Type.Array(given(name))),
    nextPageToken: Type.Optional(Type.String({ description: 'For `pageToken`; absent: this is the last page.' })),
  });

export const nothing: TSchema = Type.Object({});
