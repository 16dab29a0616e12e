import type { Output } from '../../journal/journal.ts';
import type { ForkRecord } from '../../records/fork.ts';
import type { Owed } from '../vendor.ts';
import { iso8601 } from './dates.ts';
import type { Parameters } from './form.ts';
import { toOwed } from './owed.ts';
import { accountSid, sidOf } from './sids.ts';

const streamTracks = { received: 'inbound_track', sent: 'outbound_track', both: 'both_tracks' } as const;

const happenings: Partial<Record<ForkRecord['state'], 'started' | 'stopped' | 'error'>> = {
  started: 'started',
  stopped: 'stopped',
  failed: 'error',
};

/** How a stream, a copy for a recording server or a live transcription goes, told to whoever asked for it (LaML 4.22). */
export function streamCallback(output: Output): Owed | undefined {
  if (output.type === 'fork.transcribed') return transcribed(output);
  if (output.type !== 'fork.changed') return undefined;
  const { record } = output;
  const { callback, kind, state, startTime, project } = record;
  const happened = happenings[state];
  if (!callback || !happened || kind === 'recording') return undefined;
  // Of what never began nobody is told that it has ended.
  if (state === 'stopped' && startTime === undefined) return undefined;
  const event = `${names[kind]}-${happened}`;
  return toOwed(event, project, callback, { ...standard(record), ...spell[kind](record, event) });
}

const names = { socket: 'stream', siprec: 'siprec', transcription: 'transcription' } as const;

const standard = ({ project, call, conference }: ForkRecord): Parameters => ({
  AccountSid: accountSid(project),
  CallSid: call && sidOf(call),
  ConferenceSid: conference && sidOf(conference),
});

const spell: Readonly<Record<keyof typeof names, (record: ForkRecord, event: string) => Parameters>> = {
  socket: (record, event) => ({
    StreamSid: sidOf(record.id),
    StreamName: nameOf(record),
    StreamEvent: event,
    StreamError: streamError(record),
    StreamTrack: streamTracks[record.track],
    Timestamp: iso8601(record.updateTime),
    'Unique-ID': sidOf(record.call ?? record.conference ?? ''),
  }),
  siprec: (record, event) => ({
    SiprecSid: sidOf(record.id),
    SiprecName: nameOf(record),
    SiprecEvent: event,
    SiprecError: record.failure?.reason,
    SiprecErrorCode: record.failure?.code,
    Timestamp: iso8601(record.updateTime),
  }),
  transcription: (record, event) => ({
    ...ofTranscription(record, event),
    TranscriptionError: record.failure?.reason,
    TranscriptionErrorCode: record.failure?.code,
    ...(event === 'transcription-started' && { LanguageCode: record.language, Track: streamTracks[record.track] }),
  }),
};

const ofTranscription = (record: ForkRecord, event: string): Parameters => ({
  TranscriptionSid: sidOf(record.id),
  TranscriptionName: nameOf(record),
  TranscriptionEvent: event,
  SequenceId: String(record.count),
  Timestamp: iso8601(record.updateTime),
});

function transcribed({
  record,
  track,
  text,
  confidence,
  partial,
}: Extract<Output, { type: 'fork.transcribed' }>): Owed | undefined {
  const { callback, project, language, labels } = record;
  if (!callback) return undefined;
  const event = 'transcription-content';
  return toOwed(event, project, callback, {
    ...standard(record),
    ...ofTranscription(record, event),
    LanguageCode: language,
    Track: streamTracks[track],
    TrackLabel: labels?.[track],
    TranscriptionData: JSON.stringify({ transcript: text, confidence }),
    Final: String(!partial),
    // Nothing is known of how much of it will change.
    Stability: partial ? '0.5' : undefined,
  });
}

const nameOf = ({ id, name }: ForkRecord): string => (name === id ? sidOf(id) : name);

const refused = 'connection_refused';
const unreached = 'connection_refused_timeout_or_ssl_error';

/** The vendor's words for why a stream failed. */
const streamErrors: Readonly<Record<string, string>> = {
  STREAM_URL_NOT_VALID: 'invalid_url',
  URL_NOT_VALID: 'invalid_url',
  URL_SCHEME: 'invalid_url',
  STREAM_TRACK: 'invalid_track',
  FORK_NAME_TAKEN: 'Duplicated stream name',
  HANDLER_REFUSED: refused,
  STREAM_REFUSED: refused,
  URL_NOT_ALLOWED: refused,
  HANDLER_NAME_NOT_FOUND: unreached,
  HANDLER_UNREACHABLE: unreached,
  HANDLER_TIMEOUT: unreached,
  HANDLER_TLS: unreached,
  HANDLER_NOT_TLS: unreached,
  HANDLER_PROXY: unreached,
};

function streamError({ url, failure }: ForkRecord): string | undefined {
  if (!failure) return undefined;
  return url === '' ? 'missing_url' : (streamErrors[failure.code] ?? 'general_error');
}
