import type { Activity, SimulatedLeg } from './leg.ts';
import { timing } from './timing.ts';

/** Somebody sends fax tones on this leg. */
export interface FaxOffer {
  pages: number;
  /** The pages are being received: the tones go on for as long as that takes. */
  take(): void;
  done(): void;
}

/** Receives the fax that the far side sends, or waits for its tones. */
export class FaxReception implements Activity {
  readonly #leg: SimulatedLeg;
  readonly #id: string;
  #timer: unknown;
  #offer: FaxOffer | undefined;

  constructor(leg: SimulatedLeg, id: string, timeoutMs: number) {
    this.#leg = leg;
    this.#id = id;
    this.#timer = leg.later(timeoutMs, () => {
      this.#forget();
      leg.finish(id, { type: 'leg.failed', id, code: 'FAX_NOT_RECEIVED', reason: 'no fax tones were heard' });
    });
    leg.onChange.push(this.#look);
    this.#look();
  }

  stop(): { ms?: number } {
    this.#forget();
    this.#leg.cancel(this.#timer);
    if (this.#offer) this.#leg.later(0, this.#offer.done);
    return {};
  }

  readonly #look = (): void => {
    const offer = this.#leg.faxOffer;
    if (!offer || !this.#leg.hears) return;
    this.#forget();
    this.#leg.cancel(this.#timer);
    this.#offer = offer;
    offer.take();
    this.#timer = this.#leg.later(timing.faxStart + offer.pages * timing.faxPage, () => this.#received(offer));
  };

  #received({ pages, done }: FaxOffer): void {
    const id = this.#id;
    this.#leg.world.finish({ type: 'fax', id, pages }); // first: whoever hears that it is done may ask for it
    this.#leg.finish(id, { type: 'leg.done', id });
    done();
  }

  #forget(): void {
    this.#leg.onChange = this.#leg.onChange.filter((listener) => listener !== this.#look);
  }
}
