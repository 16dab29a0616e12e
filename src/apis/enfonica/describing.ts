/** The words in which the documentation describes what answers consist of. */
import { type TProperties, Type } from '@sinclair/typebox';
import type { Component } from './gives.ts';
import { optional } from './kinds.ts';

export const text = (description: string) => Type.String({ description });
export const maybe = (description: string) => optional(text(description));
export const flag = (description: string) => optional(Type.Literal(true, { description }));
export const whole = (description: string) => Type.Integer({ description });
export const name = (form: string) => text(`\`${form}\``);
export const time = (description: string) => Type.String({ format: 'date-time', description });
export const someTime = (description: string) => optional(time(description));
export const span = (description: string) =>
  Type.String({ pattern: '^\\d+(?:\\.\\d{3})?s$', description: `${description} Seconds, such as \`4.250s\`.` });
export const link = (description: string) => optional(Type.String({ format: 'uri', description }));
export const word = (description: string, ...words: readonly string[]) =>
  Type.Unsafe<string>({ type: 'string', enum: words, description });

export const one = (
  id: Component,
  fields: TProperties,
  options: { description: string; examples?: readonly object[] },
) => Type.Object(fields, { $id: id, ...options });

export const money = Type.Object({
  currencyCode: text('Such as `AUD`.'),
  units: maybe('Whole units.'),
  nanos: optional(whole('Billionths of a unit.')),
});

export const location = Type.Object({
  regionCode: maybe('Such as `AU`.'),
  administrativeArea: maybe('Such as `NSW`.'),
  locality: maybe('Such as `Sydney`.'),
  coordinates: optional(Type.Object({ latitude: optional(Type.Number()), longitude: optional(Type.Number()) })),
});
