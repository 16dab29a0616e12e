import { Type } from '@sinclair/typebox';
import { one, text, whole, word } from './describing.ts';
import { refusalExample } from './examples.ts';
import { optional } from './kinds.ts';
import { httpStatuses } from './refusal.ts';

/** What a refusal consists of, for the documentation. */
export const refusal = one(
  'Refusal',
  {
    error: Type.Object({
      code: whole('The HTTP status.'),
      status: word('The same, by gRPC’s name.', ...Object.keys(httpStatuses)),
      message: text('For people to read.'),
      details: optional(
        Type.Array(
          Type.Object({
            '@type': text('`type.googleapis.com/google.rpc.BadRequest`'),
            fieldViolations: Type.Array(
              Type.Object({ field: text('Which field, such as `call.to`.'), description: text('What it must be.') }),
            ),
          }),
          { description: 'Which fields are wrong.' },
        ),
      ),
    }),
  },
  { description: 'Why a request was not done.', examples: [refusalExample] },
);
