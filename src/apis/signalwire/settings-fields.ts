/** Fields that are only set up and shown: read from a form, kept under the vendor's names in snake case. */
import { isWithin } from '../../dialects/kinds.ts';
import type { Form } from './form.ts';
import { Refusal } from './refusal.ts';

const snake = (name: string): string =>
  name.replace(/[A-Z]/g, (letter, at: number) => `${at > 0 ? '_' : ''}${letter.toLowerCase()}`);

export interface Field {
  about: string;
  /** What is kept when the form has nothing of it; absent: it is shown as null. */
  usual?: string;
  read(form: Form, name: string): string | undefined;
}

export type Fields = Readonly<Record<string, Field>>;

export const url = (about: string): Field => ({ about, read: (form, name) => form.url(name) });
const method = (about: string): Field => ({
  about,
  usual: 'POST',
  read: (form, name) => (form.text(name) === undefined ? undefined : form.method(name)),
});

export const friendlyName: Field = {
  about: 'Its name, at most 64 characters.',
  read: (form, name) => {
    const value = form.text(name);
    if (value !== undefined && !isWithin(value, 64)) throw new Refusal(20002, `${name} has more than 64 characters`);
    return value;
  },
};

/** One of these words. */
export const choice = (of: readonly [string, ...string[]], about: string): Field => ({
  about: `${of[0]} (unless given) or ${of.slice(1).join(', ')}: ${about}`,
  usual: of[0],
  read: (form, name) => form.choice(name, of, 10000),
});

/** A URL and its method, under two names. */
export const asked = (name: string, about: string, suffix: 'Url' | '' = 'Url'): Fields => ({
  [name + suffix]: url(about),
  [`${name}Method`]: method('GET or POST (unless given).'),
});

export const voiceFields: Fields = {
  ...asked('Voice', 'Asked what to do with a call.'),
  ...asked('VoiceFallback', 'Asked when no document can be had.'),
  ...asked('StatusCallback', 'Hears of the end of a call.', ''),
};

export const messageFields: Fields = {
  ...asked('Sms', 'Kept; nothing comes in that would be asked about.'),
  ...asked('SmsFallback', 'Kept.'),
};

export type Values = Readonly<Record<string, string>>;

/** What a form sets, over what was there: an empty value takes it away. */
export function readFields(fields: Fields, form: Form, before: Values = {}): Values {
  const values: Record<string, string> = { ...before };
  for (const [name, field] of Object.entries(fields)) {
    const value = field.read(form, name);
    const key = snake(name);
    if (value !== undefined) values[key] = value;
    else if (form.has(name)) delete values[key];
  }
  return values;
}

export const showFields = (fields: Fields, values: Values): Record<string, string | null> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, { usual }]) => [snake(name), values[snake(name)] ?? usual ?? null]),
  );

export const parametersOf = (fields: Fields): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).map(([name, { about }]) => [name, about]));
