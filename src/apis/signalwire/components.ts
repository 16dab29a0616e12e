/** What answers consist of, for the documentation; the tests hold every answer against it. */
import { type TSchema, Type } from '@sinclair/typebox';
import { callComponents } from './call-components.ts';
import { one, text, whole } from './component-fields.ts';
import type { Component } from './gives.ts';
import { roomComponents } from './room-components.ts';
import { settingComponents } from './setting-components.ts';

const aboutIt = { code: text('The same number, as text.'), message: text('The same.'), more_info: text('The same.') };

const refusal = one(
  {
    code: whole('The vendor’s number of what is wrong.'),
    message: text('What is wrong.'),
    more_info: text('Where to read about it.'),
    status: whole('The HTTP status.'),
    errors: Type.Array(Type.Union([Type.Object(aboutIt), text('The message alone, of streams of a conference.')]), {
      description: 'The same again, for clients that read a list.',
    }),
  },
  'Why a request was not done.',
);

const described: Readonly<Record<Component, TSchema>> = {
  ...callComponents,
  ...roomComponents,
  ...settingComponents,
  Refusal: refusal,
};

/** By the names that routes know them by. */
export const components: Readonly<Record<string, TSchema>> = Object.fromEntries(
  Object.entries(described).map(([$id, schema]) => [$id, { $id, ...schema }]),
);
