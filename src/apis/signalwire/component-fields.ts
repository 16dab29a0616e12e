/** The fields that answers share, as they are described. */
import { type TProperties, type TSchema, Type } from '@sinclair/typebox';

export const text = (description: string) => Type.String({ description });
export const whole = (description: string) => Type.Integer({ description });
export const flag = (description: string) => Type.Boolean({ description });

const orNull = (type: string, description: string): TSchema =>
  Type.Unsafe({ type: [type, 'null'], description: `${description} Or null.` });

export const textOrNull = (description: string) => orNull('string', description);
export const wholeOrNull = (description: string) => orNull('integer', description);
export const numberOrNull = (description: string) => orNull('number', description);

/** What is there for the clients’ sake, and has nothing in it. */
export const never = (description = 'Not used.') => Type.Null({ description });

export const word = (description: string, ...words: readonly string[]) =>
  Type.Unsafe<string>({ type: 'string', enum: words, description });
export const wordOrNull = (description: string, ...words: readonly string[]) =>
  Type.Unsafe<string | null>({
    type: ['string', 'null'],
    enum: [...words, null],
    description: `${description} Or null.`,
  });

const rfc2822 = '^[A-Z][a-z]{2}, \\d{2} [A-Z][a-z]{2} \\d{4} \\d{2}:\\d{2}:\\d{2} \\+0000$';
export const date = (description: string) => Type.String({ pattern: rfc2822, description });
export const dateOrNull = (description: string) =>
  Type.Unsafe<string | null>({ type: ['string', 'null'], description: `${description} As RFC 2822. Or null.` });
export const isoDate = (description: string) => Type.String({ format: 'date-time', description });

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
const pattern = (letters: string) => `^(?:${uuid}|${letters}[0-9a-f]{32})$`;

/** In either spelling: a UUID, or two letters and 32 digits. */
export const sid = (letters: string, description: string) =>
  Type.String({ pattern: pattern(letters), description: `${description} A UUID, or \`${letters}…\`.` });
export const sidOrNull = (letters: string, description: string): TSchema =>
  orNull('string', `${description} A UUID, or \`${letters}…\`.`);

export const uri = text('Where it is, below the server.');
export const accountSid = sid('AC', 'The account.');
export const apiVersion = word('The version of the API.', '2010-04-01');
export const price = { price_unit: text('The currency, such as `USD`.') };

export const created = {
  date_created: date('Since when it has been there.'),
  date_updated: date('When it last changed.'),
};

/** A URL and how it is asked, as they are set up. */
export const asked = (name: string, description: string): TProperties => ({
  [`${name}_url`]: textOrNull(description),
  [`${name}_method`]: word('How it is asked.', 'GET', 'POST'),
});

/** Something with fields. */
export const one = (fields: TProperties, description: string): TSchema => Type.Object(fields, { description });

/** Something of the account, with a sid and a place of its own. */
export const record = (letters: string, its: string, fields: TProperties, description: string): TSchema =>
  one({ sid: sid(letters, its), account_sid: accountSid, ...fields, uri }, description);
