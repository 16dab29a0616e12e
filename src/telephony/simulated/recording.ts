import type { LegCommand } from '../leg-command.ts';
import type { DoneReason, Length, RecordedAudio } from '../leg-event.ts';
import type { Finished } from '../network.ts';
import type { Sounding } from './heard.ts';
import type { HungUp } from './hung-up.ts';
import { keepAudio } from './kept-audio.ts';
import type { Activity, SimulatedLeg } from './leg.ts';
import { lengthOf, recorded, type Span } from './recorded.ts';

type Record = Extract<LegCommand, { type: 'record' }>;

/** What becomes of a recording that comes too late for its leg. */
export const nothingRecorded = ({ id, channels }: Record): Finished => ({
  type: 'recording',
  id,
  audio: { ms: 0, channels, silent: true, utterances: [] },
});

/** Notes what sounds on a leg, and ends itself at its maximum or when the far side has been silent for long. */
export class Recording implements Activity {
  readonly #leg: SimulatedLeg;
  readonly #command: Record;
  readonly #spans: Span[] = [];
  readonly #soundings: Sounding[];
  /** Since when it has been running; absent while it pauses. */
  #from: number | undefined;
  /** It runs, and nothing is to be heard in it. */
  #isSilent = false;
  #maximum: unknown;
  #silence: unknown;

  constructor(leg: SimulatedLeg, command: Record) {
    this.#leg = leg;
    this.#command = command;
    this.#soundings = [...leg.soundings];
    leg.taps.push(this);
    this.resume();
  }

  began(sounding: Sounding): void {
    this.#soundings.push(sounding);
    if (sounding.channel === 0) this.#count();
  }

  ceased(sounding: Sounding): void {
    if (sounding.channel === 0) this.#count();
  }

  /** @param silence time goes on in it, but nothing is heard */
  pause(silence = false): void {
    if (this.#from === undefined || this.#isSilent) return;
    this.#turn(silence ? 'silent' : 'paused');
  }

  resume(): void {
    if (this.#from === undefined || this.#isSilent) this.#turn('running');
  }

  /** What was until now is a span; its maximum counts as long as there is a next one. */
  #turn(to: 'running' | 'silent' | 'paused'): void {
    this.#spans.push(...this.#current);
    this.#from = to === 'paused' ? undefined : this.#leg.world.post.now();
    this.#isSilent = to === 'silent';
    this.#leg.cancel(this.#maximum);
    const { maxMs } = this.#command;
    if (maxMs !== undefined && to !== 'paused')
      this.#maximum = this.#leg.later(maxMs - lengthOf(this.#spans), () => this.#done('maximum'));
    this.#count();
  }

  stop(): Length {
    this.#close();
    return this.#lengthWith(this.#process());
  }

  length(): Length {
    return this.#lengthWith(recorded(this.#spansUntilNow, this.#soundings, this.#command).audio);
  }

  drop({ by, cause }: HungUp): void {
    this.#close();
    if (by === 'network' && cause === 'failed') {
      const { id } = this.#command;
      this.#leg.world.finish({ type: 'recordingFailed', id, reason: 'the telephone network failed' });
    } else this.#process();
  }

  get #spansUntilNow(): Span[] {
    return [...this.#spans, ...this.#current];
  }

  get #current(): Span[] {
    if (this.#from === undefined) return [];
    return [{ from: this.#from, to: this.#leg.world.post.now(), ...(this.#isSilent && { silent: true }) }];
  }

  #lengthWith({ silent, ms: trimmedMs }: RecordedAudio): Length {
    const ms = lengthOf(this.#spansUntilNow);
    return { ms, ...(trimmedMs !== ms && { trimmedMs }), ...(silent && { silent }) };
  }

  #done(reason: DoneReason): void {
    const { id } = this.#command;
    this.#leg.finish(id, { type: 'leg.done', id, reason, ...this.stop() });
  }

  /** Counts silence from now on, unless the far side is being heard or nothing is recorded. */
  #count(): void {
    const { silenceMs } = this.#command;
    if (silenceMs === undefined) return;
    this.#leg.cancel(this.#silence);
    const heard = this.#leg.soundings.some(({ channel }) => channel === 0);
    this.#silence =
      this.#from === undefined || this.#isSilent || heard
        ? undefined
        : this.#leg.later(silenceMs, () => this.#done('silence'));
  }

  #close(): void {
    this.#turn('paused');
    this.#leg.cancel(this.#silence);
    this.#leg.taps = this.#leg.taps.filter((other) => other !== this);
  }

  /** The audio comes a while later, whatever has become of the leg. */
  #process(): RecordedAudio {
    const { id } = this.#command;
    const { audio, parts } = recorded(this.#spans, this.#soundings, this.#command);
    keepAudio(this.#leg.world, id, { audio, parts });
    return audio;
  }
}
