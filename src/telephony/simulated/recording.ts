import type { DoneReason, LegCommand, Length, RecordedAudio } from '../leg.ts';
import type { Finished } from '../network.ts';
import type { Sounding } from './heard.ts';
import type { HungUp } from './hung-up.ts';
import type { Activity, SimulatedLeg } from './leg.ts';
import { lengthOf, recorded, type Span } from './recorded.ts';
import { timing } from './timing.ts';
import { toWav, wavBytes } from './wav.ts';

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
  #maximum: unknown;
  #silence: unknown;

  constructor(leg: SimulatedLeg, command: Record) {
    this.#leg = leg;
    this.#command = command;
    this.#soundings = [...leg.soundings];
    leg.recordings.push(this);
    this.resume();
  }

  began(sounding: Sounding): void {
    this.#soundings.push(sounding);
    if (sounding.channel === 0) this.#count();
  }

  ceased(sounding: Sounding): void {
    if (sounding.channel === 0) this.#count();
  }

  pause(): void {
    if (this.#from === undefined) return;
    this.#spans.push({ from: this.#from, to: this.#leg.world.post.now() });
    this.#from = undefined;
    this.#leg.cancel(this.#maximum);
    this.#count();
  }

  resume(): void {
    if (this.#from !== undefined) return;
    this.#from = this.#leg.world.post.now();
    const { maxMs } = this.#command;
    if (maxMs !== undefined)
      this.#maximum = this.#leg.later(maxMs - lengthOf(this.#spans), () => this.#done('maximum'));
    this.#count();
  }

  stop(): Length {
    this.#close();
    const { silent } = this.#process();
    return { ms: lengthOf(this.#spans), ...(silent && { silent }) };
  }

  drop({ by, cause }: HungUp): void {
    this.#close();
    if (by === 'network' && cause === 'failed') {
      const { id } = this.#command;
      this.#leg.world.finish({ type: 'recordingFailed', id, reason: 'the telephone network failed' });
    } else this.#process();
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
      this.#from === undefined || heard ? undefined : this.#leg.later(silenceMs, () => this.#done('silence'));
  }

  #close(): void {
    this.pause();
    this.#leg.cancel(this.#silence);
    this.#leg.recordings = this.#leg.recordings.filter((other) => other !== this);
  }

  /** The audio comes a while later, whatever has become of the leg. */
  #process(): RecordedAudio {
    const { post, recordings, finish } = this.#leg.world;
    const { id } = this.#command;
    const { audio, parts } = recorded(this.#spans, this.#soundings, this.#command);
    post.later(timing.processing, () => {
      if (audio.silent) return finish({ type: 'recording', id, audio });
      const bytes = wavBytes(audio.ms, audio.channels);
      try {
        const file = recordings.keep(id, () => toWav(parts, audio.ms, audio.channels), bytes);
        finish({ type: 'recording', id, audio: { ...audio, bytes, ...(file !== undefined && { file }) } });
      } catch (error) {
        finish({ type: 'recordingFailed', id, reason: `the audio could not be kept: ${String(error)}` });
      }
    });
    return audio;
  }
}
