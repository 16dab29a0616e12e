/** Recordings whose audio is to be kept elsewhere: committed ones come in, and are sent there. */
import type { Clock } from '../clock.ts';
import type { HttpExchange, HttpRequest, Transport } from '../http/transport.ts';
import { userAgent } from '../http/user-agent.ts';
import type { Attempt, JournalEntry } from '../journal/journal.ts';
import type { RecordingRecord } from '../records/recording.ts';

export interface UploadsOptions {
  clock: Clock;
  transport: Transport;
  /** The audio of a recording as a WAV file; nothing when the network keeps none. */
  audioOf(file: string): Promise<Uint8Array | undefined>;
  /** An attempt is over: `last` when nothing more is tried. */
  attempted(record: RecordingRecord, family: string, number: number, attempt: Attempt, last: boolean): void;
}

/** How long to wait before each further attempt. */
const retryMs = [5_000, 60_000];
const timeoutMs = 60_000;
/** Of the answer, which nobody reads. */
const maxBytes = 64 * 1024;

interface Upload {
  record: RecordingRecord;
  family: string;
  audio: Uint8Array | undefined;
  number: number;
  timer?: unknown;
  sending?: { abort(): void };
}

export class Uploads {
  readonly #options: UploadsOptions;
  readonly #live = new Set<Upload>();
  #closed = false;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  /** How many are not over. */
  get size(): number {
    return this.#live.size;
  }

  /** Something has been committed: perhaps that there is a recording to be kept elsewhere. */
  hear({ family, output }: JournalEntry): void {
    if (this.#closed || output?.type !== 'recording.ended') return;
    const { record } = output;
    if (record.storage && record.state === 'succeeded') this.#begin(record, family);
  }

  /** Owed by a process that has ended. */
  resume(record: RecordingRecord, family: string): void {
    const isKnown = [...this.#live].some((upload) => upload.record.id === record.id);
    if (!this.#closed && !isKnown) this.#begin(record, family);
  }

  #begin(record: RecordingRecord, family: string): void {
    const upload: Upload = { record, family, audio: undefined, number: 0 };
    this.#live.add(upload);
    if (record.file === undefined) this.#send(upload);
    else void this.#read(upload, record.file);
  }

  /** What has not been sent by now stays where it is. */
  close(): void {
    this.#closed = true;
    for (const { timer, sending } of this.#live) {
      sending?.abort();
      this.#options.clock.clearTimeout(timer);
    }
    this.#live.clear();
  }

  async #read(upload: Upload, file: string): Promise<void> {
    try {
      upload.audio = await this.#options.audioOf(file);
    } catch (error) {
      upload.number = retryMs.length;
      this.#over(upload, failed(upload, `the audio could not be read: ${String(error)}`));
      return;
    }
    if (this.#live.has(upload)) this.#send(upload);
  }

  #send(upload: Upload): void {
    const request = requestOf(upload);
    upload.sending = this.#options.transport.send(request, (exchange) =>
      this.#over(upload, attemptOf(request, exchange)),
    );
  }

  #over(upload: Upload, attempt: Attempt): void {
    if (!this.#live.has(upload)) return;
    const delay = retryMs[upload.number++];
    const last = attempt.code === undefined || delay === undefined;
    if (last) this.#live.delete(upload);
    else upload.timer = this.#options.clock.setTimeout(() => this.#send(upload), delay);
    this.#options.attempted(upload.record, upload.family, upload.number, attempt, last);
  }
}

function requestOf({ record, audio }: Upload): HttpRequest {
  const { url, method } = record.storage!;
  const headers = { 'content-type': 'audio/wav', 'user-agent': userAgent, 'x-callflow-delivery': record.id };
  return { method, url, headers, ...(audio && { bytes: audio }), maxBytes, timeoutMs };
}

function attemptOf({ url, method, headers }: HttpRequest, exchange: HttpExchange): Attempt {
  const { status, ms } = exchange;
  const kept = status !== undefined && status >= 200 && status < 300;
  const why = exchange.ok ? { code: 'HANDLER_STATUS' as const, reason: `status ${status}` } : exchange;
  return {
    url,
    method,
    bytes: exchange.ok ? exchange.body.length : exchange.bytes,
    ms,
    ...(status !== undefined && { status }),
    ...(!kept && { code: why.code, reason: why.reason }),
    requestHeaders: headers,
    requestBody: '',
    responseHeaders: exchange.headers ?? {},
    responseBody: '',
  };
}

const failed = ({ record }: Upload, reason: string): Attempt => ({
  url: record.storage!.url,
  method: record.storage!.method,
  bytes: 0,
  ms: 0,
  code: 'RECORDING_NOT_STORED',
  reason,
  requestHeaders: {},
  requestBody: '',
  responseHeaders: {},
  responseBody: '',
});
