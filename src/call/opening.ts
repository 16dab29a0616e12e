import type { LegEvent } from '../telephony/leg-event.ts';
import type { MachineDetection } from '../verbs/verb.ts';
import type { LiveCall } from './live-call.ts';

/**
 * What happens on an outgoing call from its answer on before anything else does: keys are sent, and it is found out who
 * or what has answered, unless that may go on beside the rest.
 */
export class Opening {
  readonly #call: LiveCall;
  /** Called once, when the rest may begin. */
  readonly #over: () => void;
  #keys: string | undefined;
  #detection: string | undefined;
  #begun = 0;
  #open = true;

  constructor(call: LiveCall, over: () => void) {
    this.#call = call;
    this.#over = over;
  }

  begin(): void {
    const { sendDigits, machineDetection } = this.#call.record.options ?? {};
    if (machineDetection?.when === 'beside') this.#detect(machineDetection);
    if (sendDigits) this.#send(sendDigits);
    else this.#afterKeys();
  }

  #send(digits: string): void {
    this.#keys = this.#call.around.ids.next();
    this.#call.command({ type: 'sendDigits', id: this.#keys, digits });
  }

  /** Whether anything of it goes on. */
  hear(event: LegEvent): boolean {
    if (event.type === 'leg.machine' && event.id === this.#detection) this.#recognized(event);
    if ((event.type === 'leg.done' || event.type === 'leg.failed') && event.id === this.#keys) this.#afterKeys();
    if ((event.type === 'leg.done' || event.type === 'leg.failed') && event.id === this.#detection) {
      this.#detection = undefined;
      if (!this.#waitsForKeys) this.#finish();
    }
    return this.#open || this.#detection !== undefined;
  }

  get #waitsForKeys(): boolean {
    return this.#keys !== undefined;
  }

  #afterKeys(): void {
    this.#keys = undefined;
    const { machineDetection } = this.#call.record.options ?? {};
    if (machineDetection?.when === 'before') this.#detect(machineDetection);
    else this.#finish();
  }

  #detect({ when: _, callback: __, partialResults, ...thresholds }: MachineDetection): void {
    const { around } = this.#call;
    this.#begun = around.ledger.now();
    this.#detection = around.ids.next();
    const partial = partialResults ? { partial: true as const } : {};
    this.#call.command({ type: 'detectMachine', id: this.#detection, ...thresholds, ...partial });
  }

  #recognized({ kind, partial }: Extract<LegEvent, { type: 'leg.machine' }>): void {
    const answeredBy = { kind, ms: this.#call.around.ledger.now() - this.#begun };
    if (!partial) this.#call.update({ answeredBy });
    const record = { ...this.#call.record, answeredBy };
    this.#call.output({ type: 'call.recognized', record, ...(partial && { interim: true }) });
  }

  #finish(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#over();
  }
}
