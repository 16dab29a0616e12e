import type { LegCommand } from '../leg-command.ts';
import type { Sounding } from './heard.ts';
import type { Activity, SimulatedLeg, Tap } from './leg.ts';
import { timing } from './timing.ts';
import { masked, part } from './voice.ts';

type Transcribe = Extract<LegCommand, { type: 'transcribe' }>;

/** Tells what is said on a leg, sentence by sentence, when it has been said. */
export class LiveTranscribing implements Activity, Tap {
  readonly #leg: SimulatedLeg;
  readonly #command: Transcribe;
  /** What is being said, and the timer that tells how far it is. */
  readonly #voices = new Map<Sounding, unknown>();

  constructor(leg: SimulatedLeg, command: Transcribe) {
    this.#leg = leg;
    this.#command = command;
    leg.taps.push(this);
    leg.tell({ type: 'leg.forked', id: command.id });
    for (const sounding of leg.soundings) this.began(sounding);
  }

  began(sounding: Sounding): void {
    const { track, partial } = this.#command;
    if (sounding.sound.kind !== 'speech') return;
    if (track !== 'both' && track !== sideOf(sounding)) return;
    this.#voices.set(sounding, undefined);
    if (partial) this.#tellPartial(sounding);
  }

  ceased(sounding: Sounding): void {
    if (!this.#voices.has(sounding)) return;
    this.#leg.cancel(this.#voices.get(sounding));
    this.#voices.delete(sounding);
    this.#tell(sounding);
  }

  /** What has been said until now counts. */
  stop(): object {
    this.#leg.taps = this.#leg.taps.filter((tap) => tap !== this);
    for (const sounding of [...this.#voices.keys()]) this.ceased(sounding);
    return {};
  }

  #tellPartial(sounding: Sounding): void {
    const timer = this.#leg.later(timing.partial, () => {
      this.#tell(sounding, true);
      this.#tellPartial(sounding);
    });
    this.#voices.set(sounding, timer);
  }

  #tell(sounding: Sounding, partial = false): void {
    const { sound, began } = sounding;
    const said = part(sound, 0, this.#leg.world.post.now() - began);
    if (said === '') return;
    this.#leg.tell({
      type: 'leg.transcribed',
      id: this.#command.id,
      track: sideOf(sounding),
      text: this.#command.masks ? masked(said) : said,
      confidence: sound.confidence ?? 1,
      ...(partial && { partial }),
    });
  }
}

const sideOf = ({ channel }: Sounding) => (channel === 0 ? 'received' : 'sent');
