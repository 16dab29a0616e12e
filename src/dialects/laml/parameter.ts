import { element } from '../grammar.ts';
import { text } from '../kinds.ts';

export interface NamedValue {
  name: string;
  value: string;
}

export const parameter = element('Parameter', {
  about: 'A value with a name, passed on as it is.',
  attributes: {
    name: text({ about: 'Its name.', required: true, minLength: 1 }),
    value: text({ about: 'Its value.' }),
  },
  means: ({ name, value = '' }): NamedValue => ({ name, value }),
});

export function toMap(parameters: readonly NamedValue[]): Readonly<Record<string, string>> {
  return Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
}
