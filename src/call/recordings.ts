import type { Ids } from '../ids.ts';
import type { FaxRecord, RecordingRecord, TranscriptionRecord } from '../records.ts';
import type { RecordedAudio } from '../telephony/leg.ts';
import type { Finished } from '../telephony/network.ts';
import type { HandlerUrl, RecordingOptions } from '../verbs/verb.ts';
import type { Ledger } from './ledger.ts';
import type { LiveCall } from './live-call.ts';

interface Pending<Kind> {
  record: Kind;
  family: string;
  received?: boolean;
}

/** What is finished later than the command that began it, often after its call: recordings, their texts, faxes. */
export class Recordings {
  readonly #ledger: Ledger;
  readonly #ids: Ids;
  readonly #recordings = new Map<string, Pending<RecordingRecord>>();
  readonly #faxes = new Map<string, Pending<Omit<FaxRecord, 'pages' | 'createTime'>>>();

  constructor(ledger: Ledger, ids: Ids) {
    this.#ledger = ledger;
    this.#ids = ids;
  }

  /** How many are not finished. */
  get size(): number {
    return this.#recordings.size;
  }

  /** Whether the recording of this id is not finished. */
  has(id: string): boolean {
    return this.#recordings.has(id);
  }

  begin(call: LiveCall, options: RecordingOptions): string {
    const id = this.#ids.next();
    const { source, channels, trim, transcribe, recordingReady, transcriptionReady, maxMs, silenceMs } = options;
    const now = this.#ledger.now();
    const { id: of, project, dialect, family } = call.record;
    const record: RecordingRecord = {
      id,
      call: of,
      project,
      dialect,
      state: 'pending',
      source,
      channels,
      trim,
      transcribe,
      createTime: now,
      startTime: now,
      ...(recordingReady && { recordingReady }),
      ...(transcriptionReady && { transcriptionReady }),
    };
    this.#recordings.set(id, { record, family });
    this.#ledger.change({ type: 'recording', record });
    call.output({ type: 'recording.began', record });
    call.command({
      type: 'record',
      id,
      channels,
      trim,
      ...(maxMs !== undefined && { maxMs }),
      ...(silenceMs !== undefined && { silenceMs }),
    });
    return id;
  }

  expectFax(id: string, call: LiveCall, ready?: HandlerUrl): void {
    const { id: of, project, dialect, family, to, from } = call.record;
    const record = { id, call: of, project, dialect, to, from, startTime: this.#ledger.now(), ...(ready && { ready }) };
    this.#faxes.set(id, { record, family });
  }

  /** The fax of this id has been received whole: it may be finished after its call. */
  faxReceived(id: string): void {
    const fax = this.#faxes.get(id);
    if (fax) fax.received = true;
  }

  /** The call is over: no fax will come that had not been received whole. */
  forgetFaxes(call: string): void {
    for (const [id, { record, received }] of this.#faxes) if (record.call === call && !received) this.#faxes.delete(id);
  }

  finish = (finished: Finished): void => {
    this.#ledger.turn(() => {
      if (finished.type === 'fax') this.#faxArrived(finished);
      else this.#recorded(finished);
    });
  };

  #recorded(finished: Exclude<Finished, { type: 'fax' }>): void {
    const pending = this.#recordings.get(finished.id);
    if (!pending) return;
    this.#recordings.delete(finished.id);
    const { family } = pending;
    this.#ledger.input(pending.record.call, family, { type: 'finished', finished });
    const record: RecordingRecord =
      finished.type === 'recordingFailed'
        ? { ...pending.record, state: 'failed', error: 'internal' }
        : { ...pending.record, ...heard(finished.audio) };
    this.#ledger.change({ type: 'recording', record });
    this.#ledger.output(record.call, family, { type: 'recording.ended', record });
    if (record.state === 'succeeded' && record.transcribe && finished.type === 'recording')
      this.#transcribe(record, finished.audio, family);
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

  #faxArrived(finished: Extract<Finished, { type: 'fax' }>): void {
    const pending = this.#faxes.get(finished.id);
    if (!pending) return;
    this.#faxes.delete(finished.id);
    const { pages, file } = finished;
    const record: FaxRecord = {
      ...pending.record,
      pages,
      createTime: this.#ledger.now(),
      ...(file !== undefined && { file }),
    };
    this.#ledger.input(record.call, pending.family, { type: 'finished', finished });
    this.#ledger.change({ type: 'fax', record });
    this.#ledger.output(record.call, pending.family, { type: 'fax.received', record });
  }
}

function heard(audio: RecordedAudio): Partial<RecordingRecord> {
  const { channels, file, bytes } = audio;
  if (audio.silent) return { state: 'empty', channels };
  return {
    state: 'succeeded',
    channels,
    ms: audio.ms,
    ...(file !== undefined && { file }),
    ...(bytes !== undefined && { bytes }),
  };
}
