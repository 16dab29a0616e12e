import { type ErrorCode, errors } from '../errors.ts';
import type { SocketOptions, Track } from '../telephony/streams.ts';
import { instant, waiting } from './logic.ts';
import type { HandlerUrl, Outcome, RecordingOptions, VerbInput, Written } from './verb.ts';

export type { SocketOptions } from '../telephony/streams.ts';

/** The audio of a call or a conference, or part of it, goes elsewhere while that goes on. */
export type ForkWhat =
  /** To a WebSocket server. */
  | { type: 'socket'; socket: SocketOptions }
  /** To a recording server, by SIP. */
  | { type: 'siprec'; connector: string; track: Track; parameters: Readonly<Record<string, string>> }
  | { type: 'transcription'; transcription: TranscriptionOptions }
  | { type: 'recording'; recording: RecordingOptions };

export interface TranscriptionOptions {
  language: string;
  track: Track;
  labels: { received?: string; sent?: string };
  engine: string;
  model: string;
  hints: readonly string[];
  partialResults: boolean;
  profanityFilter: boolean;
  punctuation: boolean;
}

/** What is to go elsewhere. */
export interface Fork {
  /** Unique in the call, or in the conference; its id unless given. */
  name?: string;
  what: ForkWhat;
  /** What comes back is heard: of a stream. */
  bothWays?: boolean;
  callback?: HandlerUrl;
}

/** Audio to a WebSocket server. */
export type StreamFork = Fork & { what: Extract<ForkWhat, { type: 'socket' }> };

/** It has been asked for under this id, or cannot be. */
export type Forked = { id: string; failure?: { code: ErrorCode; reason: string } };

/** Begin to send the audio of the call elsewhere, and go on at once. */
export interface StartFork extends Written, Fork {
  verb: 'startFork';
}

/** End what `startFork` began, by its name. */
export interface StopFork extends Written {
  verb: 'stopFork';
  kind: ForkWhat['type'];
  name: string;
  /** What it would be when the name is none that was given, but that of the thing itself. */
  id?: string;
}

/** Two-way audio with a WebSocket server, until it closes. */
export interface Connect extends Written {
  verb: 'connect';
  name?: string;
  socket: SocketOptions;
  callback?: HandlerUrl;
  next?: HandlerUrl;
}

export const startFork = instant<StartFork>(({ instruction: { name, what, callback }, stage }) => {
  const { failure } = stage.fork({ what, ...(name !== undefined && { name }), ...(callback && { callback }) });
  return failure ? { type: 'failed', ...failure } : { type: 'continue' };
});

export const stopFork = instant<StopFork>(({ instruction: { kind, name, id }, stage }) =>
  stage.stopFork(kind, name) || (id !== undefined && stage.stopFork(kind, id))
    ? { type: 'continue' }
    : { type: 'failed', code: 'FORK_UNKNOWN', reason: `nothing of the name ${JSON.stringify(name)} goes on` },
);

export const connect = waiting<Connect, string>(
  (input) => {
    const { name, socket, callback } = input.instruction;
    const { id, failure } = input.stage.fork({
      what: { type: 'socket', socket },
      bothWays: true,
      waits: true,
      ...(name !== undefined && { name }),
      ...(callback && { callback }),
    });
    return failure ? { outcome: over(input, failure) } : { memory: id };
  },
  (event, id, input) => {
    if (!('id' in event) || event.id !== id) return undefined;
    if (event.type === 'leg.failed') return over(input, { code: codeOf(event.code), reason: event.reason });
    return event.type === 'leg.done' ? over(input) : undefined;
  },
);

/** Whatever has become of the stream, the application is asked what comes next where it says so. */
function over({ instruction: { next }, stage }: VerbInput<Connect>, failure?: Forked['failure']): Outcome {
  const result = { type: 'streamed', parameters: {} } as const;
  if (!next) return failure ? { type: 'failed', ...failure, result } : { type: 'continue', result };
  if (failure) stage.problem(failure.code, failure.reason);
  return { type: 'request', urls: [next], result };
}

/** Networks have codes of their own, too. */
const codeOf = (code: string): ErrorCode => (Object.hasOwn(errors, code) ? (code as ErrorCode) : 'CALL_NETWORK');
