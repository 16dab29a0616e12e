import type { Steering } from '../journal/act.ts';
import type { RecordingRecord } from '../records/recording.ts';
import type { RecordingOptions } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';
import type { Surroundings } from './surroundings.ts';

/** What is recorded of a conference: what somebody in it wants from its start, and what is begun from outside. */
export class ConferenceRecordings {
  readonly #conference: string;
  readonly #parts: Pick<Surroundings, 'bridges' | 'recordings'>;
  readonly #began: (recording: string) => void;
  readonly #begun: string[] = [];
  readonly #there: RecordingRecord[] = [];
  /** What is to be recorded once it begins, and for whom: the first who wants it decides how. */
  #wanted: { options: RecordingOptions; of: LiveCall } | undefined;

  constructor(
    conference: string,
    parts: Pick<Surroundings, 'bridges' | 'recordings'>,
    began: (recording: string) => void,
  ) {
    this.#conference = conference;
    this.#parts = parts;
    this.#began = began;
  }

  /** The audio of all of them, or the news that there is none. */
  get areThere(): boolean {
    return this.#there.length === this.#begun.length;
  }

  /** The first that there is audio of, best of which nobody else hears. */
  get first(): RecordingRecord | undefined {
    const kept = this.#there.filter(({ state }) => state === 'succeeded');
    return kept.find(({ recordingReady }) => !recordingReady) ?? kept[0];
  }

  isThere(recording: RecordingRecord): void {
    this.#there.push(recording);
  }

  want(options: RecordingOptions, of: LiveCall): void {
    this.#wanted ??= { options, of };
  }

  /** The conference begins. */
  start(): void {
    if (this.#wanted) this.begin(this.#wanted.options, this.#wanted.of);
  }

  begin(options: RecordingOptions, of: LiveCall, as?: string): void {
    const { bridges, recordings } = this.#parts;
    const { id, trim } = recordings.note(of, options, { conference: this.#conference, as });
    this.#begun.push(id);
    this.#began(id);
    const longest = options.maxMs !== undefined && { maxMs: options.maxMs };
    bridges.find(this.#conference)?.record({ id, trim, ...longest });
  }

  /** The conference ends, and with it whatever is still recorded of it. */
  over(): void {
    for (const id of this.#begun) this.#parts.recordings.steered(id, 'stop');
  }

  steer(recording: string, what: Steering): void {
    const bridge = this.#parts.bridges.find(this.#conference);
    this.#parts.recordings.steered(recording, what);
    if (what === 'pause' || what === 'silence') bridge?.pauseRecording(recording, what === 'silence');
    if (what === 'resume') bridge?.resumeRecording(recording);
    if (what === 'stop') bridge?.stopRecording(recording);
  }
}
