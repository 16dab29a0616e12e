import { Admission, type AdmissionOptions } from '../../call/admission.ts';
import type { LiveCall } from '../../call/live-call.ts';
import type { JournalEntry } from '../../journal/journal.ts';

/** Calls that had to wait for their turn get it when the journal says so; any other gets it at once. */
export class RecordedAdmission extends Admission {
  readonly #ledger: AdmissionOptions['ledger'];
  readonly #waited: ReadonlySet<string>;
  readonly #waiting = new Map<string, LiveCall>();

  constructor(options: AdmissionOptions, journal: readonly JournalEntry[]) {
    super(options);
    this.#ledger = options.ledger;
    this.#waited = new Set(journal.flatMap(({ subject, input }) => (input?.type === 'mayPlace' ? [subject] : [])));
  }

  override wait(call: LiveCall): void {
    if (this.#waited.has(call.id)) this.#waiting.set(call.id, call);
    else super.wait(call);
  }

  give(id: string): void {
    const call = this.#waiting.get(id);
    this.#ledger.turn(() => {
      call?.input({ type: 'mayPlace' });
      call?.send({ type: 'mayPlace' });
    });
  }
}
