/** Calls: made, shown and listed. Nothing steers a running one but its documents (VoiceML 4.3). */
import { createHash } from 'node:crypto';
import type { Static } from '@sinclair/typebox';
import type { CallRecord } from '../../records/call.ts';
import { toCall } from '../../vendors/enfonica/call.ts';
import { callName } from '../../vendors/enfonica/names.ts';
import { listKey } from '../project-keys.ts';
import { ready } from '../setup.ts';
import { newCallExample } from './examples.ts';
import { parseFilter } from './filter.ts';
import { given, pageOf } from './gives.ts';
import { findShownCalls } from './hidden-callers.ts';
import { e164, integer, labels, list, message, optional, text, uri, web } from './kinds.ts';
import { wrongWithLabels } from './labels.ts';
import { listed, pageFields } from './paging.ts';
import { post, recordingConfig, toRecordingConfig, wrongWithRecording } from './recording-config.ts';
import { invalid, notFound, wrong } from './refusal.ts';
import { type Context, route } from './route.ts';

const handlerUri = uri('Asked for a document once the call is answered.', ['http', 'https', 'tel', 'sip', 'sips']);

export const newCallOptions = message({
  handlerUris: list(handlerUri, { minItems: 1, maxItems: 5 }),
  stateUpdateUri: optional(uri('Who hears of every new state.', web)),
  timeoutSeconds: optional(integer('How long it may ring.', { minimum: 1, maximum: 600, default: 30 })),
  recording: optional(recordingConfig),
});

const newCall = message(
  {
    to: e164('Whom to call.'),
    from: e164('The caller ID.'),
    labels: optional(labels('At most 50 keys; keys and values at most 10,240 bytes.')),
    options: newCallOptions,
  },
  { examples: [newCallExample] },
);

const usualTimeout = 30;

const createCall = route({
  id: 'calls.create',
  method: 'POST',
  path: '/projects/:project/calls',
  permission: 'voice.calls.create',
  summary: 'Makes a call',
  headers: message({
    'idempotency-key': optional(text('The same key with the same call, within 24 hours, makes no second call.')),
  }),
  body: { name: 'call', schema: newCall },
  answers: 'Call, queued',
  gives: given('Call'),
  answer: async ({ context, project, body, header }) => {
    check(body);
    ready(context.store);
    const { engine, store, clock } = context;
    const idempotency = idempotencyOf(header('idempotency-key'), body);
    const isKnown = idempotency && store.idempotencyKey(project, idempotency.key, clock.now()) !== undefined;
    const id = engine.create(toNewCall(project, body), idempotency);
    await engine.committed();
    const record = store.call(id);
    if (!record) throw notFound(callName(project, id));
    return toCall(isKnown ? record : asCreated(record));
  },
});

function check({ labels: given, options: { recording } }: Static<typeof newCall>): void {
  const violations = [
    ...wrongWithLabels(given, 'call.labels', { keys: 50, totalBytes: 10_240 }),
    ...wrongWithRecording(recording, 'call.options.recording'),
  ];
  if (violations.length > 0) throw invalid(violations);
}

function toNewCall(project: string, { to, from, labels: given, options: spelled }: Static<typeof newCall>) {
  const { handlerUris, stateUpdateUri, timeoutSeconds = usualTimeout } = spelled;
  const recording = toRecordingConfig(spelled.recording);
  return {
    project,
    dialect: 'voiceml',
    to,
    from,
    transport: 'PSTN',
    ...(given && { labels: given }),
    options: {
      handlerUrls: handlerUris.map(post),
      ...(stateUpdateUri !== undefined && { stateCallback: post(stateUpdateUri) }),
      ringMs: timeoutSeconds * 1000,
      ...(recording && { recording }),
    },
  } as const;
}

/** Two requests are the same when they mean the same, however they are written. */
function idempotencyOf(key: string | undefined, body: object): { key: string; hash: string } | undefined {
  if (key === undefined) return undefined;
  if (!/^[\x21-\x7e](?:[\x20-\x7e]{0,253}[\x21-\x7e])?$/.test(key))
    throw wrong('Idempotency-Key', 'must be 1 to 255 printable ASCII characters');
  return { key, hash: createHash('sha256').update(JSON.stringify(body)).digest('hex') };
}

/** Whoever makes a call is told of it as it was made; it may have begun meanwhile. */
function asCreated({ id, project, dialect, to, from, transport, direction, ...record }: CallRecord): CallRecord {
  const { createMethod, family, createTime, labels: given, options: asked, mode } = record;
  const made = {
    id,
    project,
    dialect,
    to,
    from,
    transport,
    direction,
    createMethod,
    family,
    createTime,
    mode,
  } as const;
  return {
    ...made,
    labels: given,
    state: 'queued',
    bridged: false,
    updateTime: createTime,
    ...(asked && { options: asked }),
  };
}

const getCall = route({
  id: 'calls.get',
  method: 'GET',
  path: '/projects/:project/calls/:call',
  permission: 'voice.calls.get',
  summary: 'Shows a call',
  answers: 'Call',
  gives: given('Call'),
  answer: ({ context, project, id }) => toCall(callOf(context, project, id('call'))),
});

/** The project's call of this id; nobody learns whether another project has it. */
export function callOf({ store }: Context, project: string, id: string): CallRecord {
  const record = store.call(id);
  if (record?.project !== project) throw notFound(callName(project, id));
  return record;
}

const listCalls = route({
  id: 'calls.list',
  method: 'GET',
  path: '/projects/:project/calls',
  permission: 'voice.calls.list',
  summary: 'Lists calls, the newest first',
  query: message({
    ...pageFields,
    filter: optional(text("Which calls, such as `state = COMPLETED AND to = '+61*'`. OR binds tighter than AND.")),
  }),
  answers: '{ calls, nextPageToken }',
  gives: pageOf('calls', 'Call'),
  answer: ({ context, project, query }) => {
    const filter = query.filter === undefined ? undefined : parseFilter(query.filter);
    const { page, nextPageToken } = listed({
      query,
      key: listKey(context, project),
      of: ['calls', project, query.filter ?? ''],
      find: (piece) => findShownCalls(context.store, { project, filter, ...piece }),
    });
    return { calls: unlessEmpty(page.map(toCall)), nextPageToken };
  },
});

/** Empty lists are left out, as proto3 leaves out every default (VoiceML 4.2). */
export const unlessEmpty = <T>(all: readonly T[]): readonly T[] | undefined => (all.length > 0 ? all : undefined);

export const calls = [createCall, getCall, listCalls];
