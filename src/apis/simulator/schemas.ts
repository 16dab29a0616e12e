/** What the answers of this API look like, for its OpenAPI document. */
import { type TSchema, Type } from '@sinclair/typebox';

const time = Type.String({ format: 'date-time' });
const headers = Type.Record(Type.String(), Type.String());
const method = Type.Union([Type.Literal('GET'), Type.Literal('POST')]);

const problem = Type.Object({
  error: Type.Object({
    code: Type.String({ description: 'One of docs/errors.md.' }),
    message: Type.String(),
    problems: Type.Optional(
      Type.Array(
        Type.Object({
          where: Type.String({ description: 'The place in the body, such as `caller.0.press`.' }),
          found: Type.String(),
          expected: Type.String(),
          hint: Type.Optional(Type.String()),
        }),
      ),
    ),
  }),
});

const callSchema = Type.Object({
  id: Type.String(),
  family: Type.String({ description: 'The call that everything began with.' }),
  originatingCall: Type.Optional(Type.String()),
  to: Type.String(),
  from: Type.String(),
  transport: Type.String(),
  direction: Type.String(),
  state: Type.String(),
  createTime: time,
  answerTime: Type.Optional(time),
  endTime: Type.Optional(time),
  endedBy: Type.Optional(Type.String()),
  cause: Type.Optional(Type.String()),
  errorCode: Type.Optional(Type.String()),
  errorMessage: Type.Optional(Type.String()),
  labels: headers,
});

const links = Type.Object({
  url: Type.String(),
  transcriptUrl: Type.String(),
  eventsUrl: Type.String(),
  journalUrl: Type.String(),
  actsUrl: Type.String(),
});

export const linkedCall = Type.Intersect([callSchema, links]);

export const callList = Type.Object({
  calls: Type.Array(linkedCall),
  next: Type.Optional(Type.String({ description: 'Where the list goes on.' })),
});

const liveExchange = Type.Object({
  call: Type.String(),
  at: Type.String({ format: 'date-time', description: 'When it was over.' }),
  method,
  url: Type.String(),
  status: Type.Optional(Type.Integer()),
  ms: Type.Integer(),
  bytes: Type.Integer(),
  code: Type.Optional(Type.String()),
  reason: Type.Optional(Type.String()),
  redirectedTo: Type.Optional(Type.String()),
  requestHeaders: headers,
  requestBody: Type.String(),
  responseHeaders: headers,
  responseBody: Type.String(),
});

export const journalSchema = Type.Object({
  ended: Type.Boolean(),
  calls: Type.Array(callSchema),
  requests: Type.Array(Type.Intersect([liveExchange, Type.Object({ request: Type.String() })])),
  callbacks: Type.Array(
    Type.Intersect([
      liveExchange,
      Type.Object({ delivery: Type.String(), event: Type.String(), attempt: Type.Integer() }),
    ]),
  ),
});

const flowExchange = Type.Object({
  at: Type.Integer({ description: 'Virtual milliseconds after the beginning.' }),
  method,
  url: Type.String(),
  headers,
  body: Type.String(),
  json: Type.Optional(Type.Unknown({ description: 'The body read as JSON.' })),
  status: Type.Optional(Type.Integer()),
});

export const flowResult = Type.Object({
  ok: Type.Boolean(),
  transcript: Type.String(),
  difference: Type.Optional(Type.String()),
  ms: Type.Integer(),
  calls: Type.Array(callSchema),
  requests: Type.Array(flowExchange),
  callbacks: Type.Array(flowExchange),
  problems: Type.Array(Type.Object({ call: Type.String(), code: Type.String(), message: Type.String() })),
});

const why: Readonly<Record<number, string>> = {
  400: 'The request has something in it that cannot be.',
  401: 'No token that is known.',
  403: 'The token must not be used for this.',
  404: 'There is no such thing.',
  409: 'Something is still going on.',
  413: 'The body is too large.',
  422: 'It cannot be carried out.',
  429: 'Too many at once.',
};

/** The answers of a route: what it gives, and how it can fail. */
export const answers = (given: Readonly<Record<number, TSchema>>, ...failures: readonly number[]) => ({
  ...given,
  ...Object.fromEntries(
    [400, 401, 403, ...failures].map((status) => [status, { ...problem, description: why[status] }]),
  ),
});
