/** The kinds of fields that messages have: JSON Schema for the documentation, and all that the reader needs. */
import { type SchemaOptions, type TObject, type TProperties, type TSchema, Type } from '@sinclair/typebox';

export interface KindOptions extends SchemaOptions {
  /** What the field must be, as the end of a sentence that begins with its name. */
  'x-expected'?: string;
}

export const message = <P extends TProperties>(fields: P, options: SchemaOptions = {}): TObject<P> =>
  Type.Object(fields, options);

export const optional = <S extends TSchema>(schema: S) => Type.Optional(schema);

export const text = (description: string, options: KindOptions & { maxLength?: number; pattern?: string } = {}) =>
  Type.String({ description, ...options });

export const flag = (description: string) => Type.Boolean({ description });

export const integer = (description: string, options: { minimum?: number; maximum?: number; default?: number } = {}) =>
  Type.Integer({ description, ...options });

export const list = <S extends TSchema>(each: S, options: { minItems?: number; maxItems?: number } = {}) =>
  Type.Array(each, options);

export const e164 = (description: string) =>
  text(description, {
    pattern: '^\\+[1-9]\\d{1,14}$',
    'x-expected': 'must be a phone number in +E164 format, such as +61255501234',
  });

/** An absolute URI with one of these schemes. */
export const uri = (description: string, schemes: readonly string[]) =>
  text(description, {
    format: 'uri',
    'x-schemes': schemes,
    'x-expected': `must be an absolute URI (${schemes.join(', ')})`,
  });

export const web = ['http', 'https'] as const;

/** An id that its maker chooses (VoiceML 4.10). */
export const chosenId = (description: string) =>
  text(description, {
    pattern: '^[a-z0-9][a-z0-9-]{0,28}[a-z0-9]$',
    'x-expected': 'must be 2 to 30 lower-case letters, digits and hyphens, with no hyphen at either end',
  });

/** A text for each key. */
export const labels = (description: string) => Type.Record(Type.String(), Type.String(), { description });

/** One of these names, or the number of one; the name for 0 means that nothing is given. */
export const oneOf = <const Numbers extends Readonly<Record<string, number>>>(
  description: string,
  unspecified: string,
  numbers: Numbers,
) =>
  Type.Unsafe<keyof Numbers & string>({
    type: 'string',
    enum: Object.keys(numbers),
    description,
    'x-numbers': { [unspecified]: 0, ...numbers },
    'x-expected': `must be one of ${Object.keys(numbers).join(', ')}`,
  });

export const view = (unspecified: string, names: { BASIC: string; FULL: string }, about: string) =>
  oneOf(about, unspecified, { [names.BASIC]: 1, [names.FULL]: 2 });
