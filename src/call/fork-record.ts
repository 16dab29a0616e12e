import type { ErrorCode } from '../errors.ts';
import type { CallRecord } from '../records/call.ts';
import type { ForkRecord } from '../records/fork.ts';
import type { LegCommand } from '../telephony/leg-command.ts';
import type { AudioStream, SocketOptions } from '../telephony/streams.ts';
import type { Fork, ForkWhat } from '../verbs/fork.ts';

export type ForkFailure = { code: ErrorCode; reason: string };

/** What goes elsewhere by commands of its own; a recording is begun as any other. */
export type Forkable = Exclude<ForkWhat, { type: 'recording' }>;

/** Whose audio goes elsewhere: a call, or a conference. */
export interface ForkSource<What extends Forkable = Forkable> {
  readonly whose: 'call' | 'conference';
  readonly record: Pick<CallRecord, 'id' | 'project' | 'dialect' | 'family'>;
  /** Has it begin. */
  open(record: ForkRecord, what: What): void;
}

export function forkOf(
  { whose, record: { id: of, project, dialect } }: Pick<ForkSource, 'whose' | 'record'>,
  { what, name, callback, bothWays = false }: Fork,
  { id, state, now }: { id: string; state: ForkRecord['state']; now: number },
): ForkRecord {
  return {
    id,
    ...(whose === 'call' ? { call: of } : { conference: of }),
    project,
    dialect,
    kind: what.type,
    name: name ?? id,
    bothWays,
    ...about(what),
    state,
    createTime: now,
    updateTime: now,
    count: 0,
    ...(callback && { callback }),
  };
}

/** The call or the conference that it is journalled with. */
export const ownerOf = ({ call, conference }: Pick<ForkRecord, 'call' | 'conference'>): string =>
  call ?? conference ?? '';

function about(what: ForkWhat): Pick<ForkRecord, 'track'> & Partial<ForkRecord> {
  switch (what.type) {
    case 'socket':
      return { track: what.socket.track, url: what.socket.url };
    case 'siprec':
      return { track: what.track };
    case 'transcription':
      return {
        track: what.transcription.track,
        language: what.transcription.language,
        labels: what.transcription.labels,
      };
    case 'recording':
      return { track: what.recording.track ?? 'both' };
  }
}

/** As the network opens it. */
export function streamOf(record: ForkRecord, socket: SocketOptions): AudioStream {
  const { id, call, conference, project, dialect, bothWays } = record;
  const whose = call === undefined ? conference !== undefined && { conference } : { call };
  return { id, ...whose, project, dialect, bothWays, ...socket };
}

export function commandOf(record: ForkRecord, what: Forkable): LegCommand {
  const { id } = record;
  switch (what.type) {
    case 'socket':
      return { type: 'openStream', ...streamOf(record, what.socket) };
    case 'siprec':
      return { type: 'siprec', id, connector: what.connector, track: what.track, parameters: what.parameters };
    case 'transcription': {
      const { track, language, engine, model, hints, partialResults, profanityFilter, punctuation } =
        what.transcription;
      return {
        type: 'transcribe',
        id,
        track,
        language,
        engine,
        model,
        ...(hints.length > 0 && { hints }),
        ...(partialResults && { partial: true }),
        ...(profanityFilter && { masks: true }),
        ...(punctuation && { punctuates: true }),
      };
    }
  }
}

/** Why it cannot begin, as far as that shows before anybody is asked. */
export function obstacleTo({ what, bothWays = false }: Fork): ForkFailure | undefined {
  if (what.type === 'siprec' && what.connector === '')
    return { code: 'SIPREC_CONNECTOR', reason: 'no recording server is named' };
  if (what.type !== 'socket') return undefined;
  const { url, track } = what.socket;
  if (!isStreamUrl(url))
    return { code: 'STREAM_URL_NOT_VALID', reason: `${JSON.stringify(url)} is no wss:// URL without a query` };
  if (bothWays && track !== 'received')
    return { code: 'STREAM_TRACK', reason: 'a two-way stream carries what comes from the party, and nothing else' };
  return undefined;
}

function isStreamUrl(url: string): boolean {
  const parsed = /\s/.test(url) ? null : URL.parse(url);
  return parsed !== null && /^wss?:$/.test(parsed.protocol) && parsed.search === '';
}
