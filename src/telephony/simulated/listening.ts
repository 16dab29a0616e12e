import type { LegCommand } from '../leg-command.ts';
import type { DoneReason } from '../leg-event.ts';
import type { Sounding } from './heard.ts';
import type { Activity, SimulatedLeg } from './leg.ts';
import { timing } from './timing.ts';
import { cutVoices, isVoice, tellPartial } from './voice.ts';

/** Listens for speech, and knows when somebody has said what they wanted to say. */
export class SpeechListening implements Activity {
  readonly #leg: SimulatedLeg;
  readonly #command: Extract<LegCommand, { type: 'listen' }>;
  #maximum: unknown;
  #end: unknown;
  #partial: unknown;

  constructor(leg: SimulatedLeg, command: Extract<LegCommand, { type: 'listen' }>) {
    this.#leg = leg;
    this.#command = command;
    leg.listens++;
    if (command.masks) leg.masks++;
    leg.taps.push(this);
    if (!this.#speaks) return;
    leg.tell({ type: 'leg.speaking' });
    for (const sounding of leg.soundings) this.began(sounding);
  }

  began({ channel, sound }: Sounding): void {
    if (channel !== 0 || !isVoice(sound)) return;
    const { maxMs, partial } = this.#command;
    this.#leg.cancel(this.#end);
    if (maxMs !== undefined) this.#maximum ??= this.#leg.later(maxMs, () => this.#done('maximum'));
    if (partial && this.#partial === undefined) this.#tellPartial();
  }

  ceased({ channel, sound }: Sounding): void {
    if (channel !== 0 || !isVoice(sound) || this.#speaks) return;
    this.#leg.cancel(this.#partial);
    this.#partial = undefined;
    const { endMs } = this.#command;
    if (endMs !== undefined) this.#end = this.#leg.later(endMs, () => this.#done('silence'));
  }

  stop(): object {
    this.#close();
    return {};
  }

  get #speaks(): boolean {
    return this.#leg.soundings.some(({ channel, sound }) => channel === 0 && isVoice(sound));
  }

  #tellPartial(): void {
    this.#partial = this.#leg.later(timing.partial, () => {
      tellPartial(this.#leg);
      this.#tellPartial();
    });
  }

  #done(reason: DoneReason): void {
    if (reason === 'maximum') cutVoices(this.#leg);
    this.#close();
    const { id } = this.#command;
    this.#leg.finish(id, { type: 'leg.done', id, reason });
  }

  #close(): void {
    const leg = this.#leg;
    for (const timer of [this.#maximum, this.#end, this.#partial]) leg.cancel(timer);
    leg.taps = leg.taps.filter((tap) => tap !== this);
    leg.listens--;
    if (this.#command.masks) leg.masks--;
  }
}
