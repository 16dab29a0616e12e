import type { Leg, LegListener } from '../leg.ts';
import type { LegCommand } from '../leg-command.ts';
import type { LegEvent, Length } from '../leg-event.ts';
import type { SimulatedBridge } from './bridge.ts';
import { carryOut } from './commands.ts';
import type { FaxOffer } from './fax.ts';
import type { Sounding } from './heard.ts';
import type { HungUp } from './hung-up.ts';
import { SimulatedParty } from './party.ts';
import { nothingRecorded } from './recording.ts';
import type { Voice } from './voice.ts';
import type { World } from './world.ts';

/** What a command that takes time has begun. */
export interface Activity {
  /** Ends it before its time. What it was doing is undone; `stopped` is told by the leg, with the length given back. */
  stop(): Length;
  /** The leg has ended; timers of the leg are gone already. */
  drop?(ended: HungUp): void;
  /** Of a recording: what it holds by now. */
  length?(): Length;
}

/** Follows the sounds on a leg. */
export interface Tap {
  began(sounding: Sounding): void;
  ceased(sounding: Sounding): void;
}

/** One connection between the engine and somebody at a telephone. */
export class SimulatedLeg implements Leg {
  readonly id: string;
  readonly world: World;
  /** Whether we have called, or have been called. */
  readonly placed: boolean;
  readonly party: SimulatedParty;
  declare readonly sipCallId?: string;
  answered = false;
  /** There is audio although nobody has answered. */
  earlyMedia = false;
  /** The far side has put us on hold. */
  held = false;
  ended = false;
  bridge: SimulatedBridge | undefined;
  /** How many commands let the far side hear itself. */
  echoes = 0;
  soundings: Sounding[] = [];
  /** Who follows them. */
  taps: Tap[] = [];
  /** What the far side is saying. */
  voices: Voice[] = [];
  /** How many commands listen for speech, and how many of them want words masked. */
  listens = 0;
  masks = 0;
  faxOffer: FaxOffer | undefined;
  /** Nobody but us hears which keys are pressed. */
  conceals = false;
  /** A command that waits for the answer, or for a fax, is told of both. */
  onChange: (() => void)[] = [];
  /** Ends the leg when nobody has answered. */
  ringLimit: unknown;
  onEnd: (() => void) | undefined;
  readonly #listener: LegListener;
  readonly #activities = new Map<string, Activity>();
  readonly #timers = new Set<unknown>();

  constructor(id: string, world: World, options: { placed: boolean; listener: LegListener; sipCallId?: string }) {
    this.id = id;
    this.world = world;
    this.placed = options.placed;
    this.#listener = options.listener;
    if (options.sipCallId !== undefined) this.sipCallId = options.sipCallId;
    this.party = new SimulatedParty(this);
    world.legs.add(this);
  }

  send(command: LegCommand): void {
    if (!this.ended) carryOut(this, command);
    else if (command.type === 'record') this.world.finish(nothingRecorded(command));
  }

  tell(event: LegEvent): void {
    if (!this.ended) this.world.post.tell(this.#listener, event);
  }

  /** A timer that goes with the leg. */
  later(ms: number, act: () => void): unknown {
    if (this.ended) return undefined;
    const timer = this.world.post.later(ms, () => {
      this.#timers.delete(timer);
      act();
    });
    this.#timers.add(timer);
    return timer;
  }

  cancel(timer: unknown): void {
    if (timer === undefined) return;
    this.#timers.delete(timer);
    this.world.post.cancel(timer);
  }

  /** Whether there is audio between the far side and us. */
  get hears(): boolean {
    return !this.ended && !this.held && (this.answered || this.earlyMedia);
  }

  activity(id: string): Activity | undefined {
    return this.#activities.get(id);
  }

  start(id: string, activity: Activity): void {
    this.#activities.set(id, activity);
  }

  /** The activity has come to its own end. */
  finish(id: string, event: Extract<LegEvent, { type: 'leg.done' | 'leg.failed' }>): void {
    if (this.#activities.delete(id)) this.tell(event);
  }

  stop(id: string): void {
    const activity = this.#activities.get(id);
    if (!activity) return;
    this.#activities.delete(id);
    this.tell({ type: 'leg.stopped', id, ...activity.stop() });
  }

  answer(): void {
    if (this.ended || this.answered) return;
    this.answered = true;
    this.cancel(this.ringLimit);
    this.tell({ type: 'leg.answered', ...this.#responseHeaders });
    this.party.wasAnswered();
    this.changed();
  }

  changed(): void {
    for (const listener of [...this.onChange]) listener();
  }

  begin(what: Pick<Sounding, 'channel' | 'sound' | 'bridge' | 'speaker' | 'through' | 'everywhere'>): Sounding {
    const sounding: Sounding = { leg: this, began: this.world.post.now(), ended: undefined, ...what };
    this.soundings.push(sounding);
    for (const tap of [...this.taps]) tap.began(sounding);
    if (what.channel === 1) this.party.hears(what.sound, what.through);
    return sounding;
  }

  cease(sounding: Sounding, complete: boolean): void {
    if (sounding.ended !== undefined) return;
    sounding.ended = this.world.post.now();
    this.soundings = this.soundings.filter((other) => other !== sounding);
    for (const tap of [...this.taps]) tap.ceased(sounding);
    if (sounding.channel === 1) this.party.heard(sounding.sound, complete && this.hears);
  }

  end(how: HungUp): void {
    if (this.ended) return;
    this.tell(this.#withRecorded(how));
    this.bridge?.leave(this);
    this.ended = true;
    for (const timer of this.#timers) this.world.post.cancel(timer);
    this.#timers.clear();
    const activities = [...this.#activities.values()];
    this.#activities.clear();
    for (const activity of activities) activity.drop?.(how);
    this.party.over(how);
    this.soundings = [];
    this.taps = [];
    this.voices = [];
    this.onChange = [];
    this.world.legs.delete(this);
    this.onEnd?.();
  }

  /** Of the final response, when we have sent the invitation. */
  get #responseHeaders(): { headers?: Readonly<Record<string, string>> } {
    const { headers } = this.party.phone;
    return headers && this.sipCallId !== undefined ? { headers } : {};
  }

  #withRecorded(how: HungUp): HungUp {
    const recorded = [...this.#activities].flatMap(([id, activity]) =>
      activity.length ? [{ id, ...activity.length() }] : [],
    );
    const { statistics } = this.party.phone;
    return {
      ...how,
      ...(how.by === 'farSide' && !this.answered && this.#responseHeaders),
      ...(recorded.length > 0 && { recorded }),
      ...(statistics && this.answered && { statistics }),
    };
  }
}
