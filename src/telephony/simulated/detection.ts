import type { LegCommand } from '../leg-command.ts';
import type { AnsweredBy } from '../leg-event.ts';
import type { HeardSound, Sounding } from './heard.ts';
import type { Activity, SimulatedLeg } from './leg.ts';
import { timing } from './timing.ts';
import { isVoice } from './voice.ts';

/** Finds out who or what has answered from what is heard first, by the thresholds of the command. */
export class MachineDetection implements Activity {
  readonly #leg: SimulatedLeg;
  readonly #command: Extract<LegCommand, { type: 'detectMachine' }>;
  /** It has been taken for a machine, and its greeting goes on. */
  #isMachine = false;
  /** Words, and milliseconds of speech, that are over. */
  #words = 0;
  #spokenMs = 0;
  #begun = false;
  #timers: unknown[] = [];
  #patience: unknown;

  constructor(leg: SimulatedLeg, command: Extract<LegCommand, { type: 'detectMachine' }>) {
    this.#leg = leg;
    this.#command = command;
    leg.taps.push(this);
    leg.onChange.push(this.#look);
    this.#look();
  }

  readonly #look = (): void => {
    if (this.#begun || !this.#leg.answered) return;
    this.#begun = true;
    const { timeoutMs, silenceMs } = this.#command;
    this.#patience = this.#leg.later(timeoutMs, () => this.#over(this.#isMachine ? 'machineEndOther' : 'unknown'));
    this.#after(silenceMs, () => this.#over('unknown'));
    for (const sounding of this.#leg.soundings) this.began(sounding);
  };

  began({ channel, sound, began }: Sounding): void {
    if (channel !== 0 || !this.#begun) return;
    if (sound.kind === 'fax') this.#only(timing.faxTone, () => this.#over('fax'));
    else if (sound.kind === 'beep') this.#machine();
    else if (isVoice(sound)) this.#voice(sound, this.#leg.world.post.now() - began);
  }

  ceased({ channel, sound, began, ended = began }: Sounding): void {
    if (channel !== 0 || !this.#begun) return;
    if (sound.kind === 'beep') this.#over(this.#command.until === 'greeting' ? 'machineEndBeep' : 'machine');
    if (!isVoice(sound)) return;
    this.#spokenMs += ended - began;
    if (sound.kind === 'speech') this.#words += wordsIn(sound.text);
    this.#only(this.#command.speechEndMs, () => this.#over(this.#isMachine ? 'machineEndSilence' : 'human'));
  }

  stop(): object {
    this.#close();
    return {};
  }

  /** Somebody speaks, since a while ago: for too long, or too many words, for a person. */
  #voice({ kind, text, ms }: HeardSound, agoMs: number): void {
    this.#forget();
    if (this.#isMachine) return;
    const { speechMs, words: most = Number.POSITIVE_INFINITY } = this.#command;
    this.#after(speechMs - this.#spokenMs - agoMs, () => this.#machine());
    const words = kind === 'speech' ? wordsIn(text) : 0;
    const nth = most - this.#words + 1;
    if (nth <= words) this.#after(Math.round((ms * nth) / words) - agoMs, () => this.#machine());
  }

  #machine(): void {
    this.#forget();
    if (this.#command.until === 'answer') this.#over('machine');
    else if (!this.#isMachine) this.#seemsMachine();
  }

  #seemsMachine(): void {
    this.#isMachine = true;
    const { id, partial } = this.#command;
    if (partial) this.#leg.tell({ type: 'leg.machine', id, kind: 'machine', partial });
  }

  #over(kind: AnsweredBy): void {
    this.#close();
    const { id } = this.#command;
    this.#leg.tell({ type: 'leg.machine', id, kind });
    this.#leg.finish(id, { type: 'leg.done', id });
  }

  #after(ms: number, act: () => void): void {
    this.#timers.push(this.#leg.later(Math.max(ms, 0), act));
  }

  /** Whatever else was waited for does not count any more. */
  #only(ms: number, act: () => void): void {
    this.#forget();
    this.#after(ms, act);
  }

  #forget(): void {
    for (const timer of this.#timers) this.#leg.cancel(timer);
    this.#timers = [];
  }

  #close(): void {
    const leg = this.#leg;
    this.#forget();
    leg.cancel(this.#patience);
    leg.taps = leg.taps.filter((tap) => tap !== this);
    leg.onChange = leg.onChange.filter((listener) => listener !== this.#look);
  }
}

const wordsIn = (text: string): number => text.split(/\s+/).filter(Boolean).length;
