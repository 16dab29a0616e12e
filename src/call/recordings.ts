import type { Ids } from '../ids.ts';
import type { Steering } from '../journal/act.ts';
import type { Attempt } from '../journal/journal.ts';
import type { RecordingRecord, TranscriptionRecord } from '../records/recording.ts';
import type { LegEvent, RecordedAudio } from '../telephony/leg-event.ts';
import type { Finished, Network } from '../telephony/network.ts';
import type { RecordingOptions } from '../verbs/verb.ts';
import { audioOwed, settled } from './debts.ts';
import { heard } from './heard-audio.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';

type FinishedRecording = Extract<Finished, { type: `recording${string}` }>;

interface Pending {
  record: RecordingRecord;
  family: string;
  /** How long it was until it last began to stand still, and since when it has gone on. */
  ms?: number;
  goesOnSince?: number | undefined;
}

/** A recording, and how long it is by now, before anything is trimmed. */
export type Measure = () => { id: string; ms: number };

/** What is finished later than the command that began it, often after its call: recordings and their texts. */
export class Recordings {
  readonly #ledger: Ledger;
  readonly #ids: Ids;
  readonly #network: Pick<Network, 'discard'>;
  readonly #recordings = new Map<string, Pending>();

  /** Hears of each recording of a conference that is there. */
  ofConference: ((record: RecordingRecord) => void) | undefined;

  constructor(ledger: Ledger, ids: Ids, network: Pick<Network, 'discard'>) {
    this.#ledger = ledger;
    this.#ids = ids;
    this.#network = network;
  }

  /** How many are not finished. */
  get size(): number {
    return this.#recordings.size;
  }

  /** Whether the recording of this id is not finished. */
  has(id: string): boolean {
    return this.#recordings.has(id);
  }

  begin(call: LiveCall, options: RecordingOptions, as?: string): string {
    const { id, channels, trim } = this.note(call, options, { as });
    const { maxMs, silenceMs } = options;
    const track = trackOf(options);
    call.command({
      type: 'record',
      id,
      channels,
      trim,
      ...(track && { track }),
      ...(maxMs !== undefined && { maxMs }),
      ...(silenceMs !== undefined && { silenceMs }),
    });
    return id;
  }

  /** A recording begins, for this call, or for the conference that it is in: whoever notes it sees to the audio. */
  note(
    call: LiveCall,
    options: RecordingOptions,
    about: { conference?: string; as?: string | undefined } = {},
  ): RecordingRecord {
    const { conference, as: id = this.#ids.next() } = about;
    const { source, channels, trim, transcribe, recordingReady, transcriptionReady } = options;
    const { track, events, storage } = options;
    const now = this.#ledger.now();
    const { id: of, project, dialect, family } = call.record;
    const record: RecordingRecord = {
      id,
      call: of,
      ...(conference !== undefined && { conference }),
      project,
      dialect,
      state: 'pending',
      source,
      channels,
      trim,
      transcribe,
      createTime: now,
      startTime: now,
      ...(track && { track }),
      ...(events && { events }),
      ...(storage && { storage }),
      ...(recordingReady && { recordingReady }),
      ...(transcriptionReady && { transcriptionReady }),
    };
    this.#recordings.set(id, { record, family, ms: 0, goesOnSince: now });
    this.#ledger.change({ type: 'recording', record });
    call.output({ type: 'recording.began', record });
    return record;
  }

  /** Of this call. */
  steer(call: LiveCall, id: string, what: Steering): void {
    if (this.#recordings.get(id)?.record.call !== call.id) return;
    if (what === 'silence') call.command({ type: 'pauseRecording', id, silence: true });
    else call.command({ type: steps[what], id });
    this.steered(id, what);
  }

  /** What the leg tells of them: nothing more is recorded of what ends there. */
  hear(event: LegEvent): void {
    if (this.#recordings.size === 0) return;
    if (event.type === 'leg.hungUp') for (const { id } of event.recorded ?? []) this.steered(id, 'stop');
    if (event.type === 'leg.done' || event.type === 'leg.stopped') this.steered(event.id, 'stop');
  }

  /** Also when it is finished meanwhile. */
  measure(id: string): Measure {
    const pending = this.#recordings.get(id);
    return () => {
      const { ms = 0, goesOnSince } = pending ?? {};
      return { id, ms: goesOnSince === undefined ? ms : ms + this.#ledger.now() - goesOnSince };
    };
  }

  #standStill(pending: Pending): void {
    const { ms = 0, goesOnSince } = pending;
    if (goesOnSince !== undefined) pending.ms = ms + this.#ledger.now() - goesOnSince;
    pending.goesOnSince = undefined;
  }

  /** How a recording goes on from this moment. */
  steered(id: string, what: Steering): void {
    const pending = this.#recordings.get(id);
    if (!pending || pending.record.endTime !== undefined) return;
    const { paused = false, ...record } = pending.record;
    const now = this.#ledger.now();
    if (what !== 'stop' && paused === (what !== 'resume')) return;
    if (what === 'pause' || what === 'stop') this.#standStill(pending);
    else pending.goesOnSince ??= now;
    const state = what === 'stop' ? { endTime: now } : what !== 'resume' && ({ paused: true } as const);
    pending.record = { ...record, ...state, updateTime: now };
    this.#ledger.change({ type: 'recording', record: pending.record });
  }

  finish(finished: FinishedRecording): void {
    this.#ledger.turn(() => this.#recorded(finished));
  }

  #recorded(finished: FinishedRecording): void {
    const pending = this.#recordings.get(finished.id);
    if (!pending) return;
    this.#recordings.delete(finished.id);
    this.#standStill(pending);
    const { family } = pending;
    this.#ledger.input(pending.record.call, family, { type: 'finished', finished });
    const { paused: _, ...begun } = pending.record;
    const now = this.#ledger.now();
    const record: RecordingRecord = {
      ...begun,
      endTime: begun.endTime ?? now,
      updateTime: now,
      ...(finished.type === 'recordingFailed' ? { state: 'failed', error: 'internal' } : heard(finished.audio)),
    };
    this.#ledger.change({ type: 'recording', record });
    this.#ledger.output(record.call, family, { type: 'recording.ended', record });
    if (record.storage && record.state === 'succeeded') this.#ledger.keep(audioOwed(record, family));
    if (record.conference !== undefined) this.ofConference?.(record);
    if (record.state === 'succeeded' && record.transcribe && finished.type === 'recording')
      this.#transcribe(record, finished.audio, family);
  }

  /** The audio has been sent to where it is to be kept, or could not be: `last` when nothing more is tried. */
  uploaded(record: RecordingRecord, family: string, number: number, attempt: Attempt, last: boolean): void {
    const { id, call } = record;
    this.#ledger.input(call, family, { type: 'callback.attempted', delivery: id, event: 'audio', number, attempt });
    if (!last) return;
    const state = attempt.code === undefined ? 'delivered' : 'givenUp';
    this.#ledger.keep(settled(audioOwed(record, family), state, number));
    if (attempt.code !== undefined) {
      const message = `${attempt.url} does not take ${id}: ${attempt.reason}`;
      this.#ledger.output(call, family, { type: 'problem', code: 'RECORDING_NOT_STORED', message });
      return;
    }
    const { file: _, ...moved } = record;
    this.#ledger.change({ type: 'recording', record: moved });
    this.#ledger.output(call, family, { type: 'recording.moved', record: moved });
    this.#ledger.after(() => this.#network.discard(id));
  }

  #transcribe(recording: RecordingRecord, audio: RecordedAudio, family: string): void {
    const now = this.#ledger.now();
    const { id, call, project, dialect, transcriptionReady } = recording;
    const record: TranscriptionRecord = {
      id: this.#ids.next(),
      recording: id,
      call,
      project,
      dialect,
      state: 'completed',
      ms: audio.ms,
      channels: audio.channels,
      createTime: now,
      updateTime: now,
      utterances: audio.utterances,
      ...(transcriptionReady && { ready: transcriptionReady }),
    };
    this.#ledger.change({ type: 'transcription', record });
    this.#ledger.output(call, family, { type: 'transcription.ended', record });
  }
}

const steps = { pause: 'pauseRecording', resume: 'resumeRecording', stop: 'stop' } as const;

/** One channel is a mix, unless what was asked for is the recording of whoever is on the line. */
const trackOf = ({ track, channels, source }: RecordingOptions): RecordingOptions['track'] =>
  track ?? (channels === 1 && source !== 'record' ? 'both' : undefined);
