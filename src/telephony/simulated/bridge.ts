import type { Bridge, Role } from '../bridge.ts';
import type { Leg, Sound } from '../leg.ts';
import { SimulatedLeg } from './leg.ts';
import { Playing } from './playing.ts';
import type { World } from './world.ts';

const includes = (whom: Role['hears'], leg: SimulatedLeg) =>
  whom === 'all' || (whom !== 'none' && whom.includes(leg.id));

/** Carries what each far side says to those who may hear it. */
export class SimulatedBridge implements Bridge {
  readonly id: string;
  readonly #world: World;
  readonly #members = new Map<SimulatedLeg, Role>();
  #playings: Playing[] = [];
  #closed = false;

  constructor(id: string, world: World) {
    this.id = id;
    this.#world = world;
  }

  enter(leg: Leg, role: Role): void {
    if (this.#closed || !(leg instanceof SimulatedLeg) || leg.ended) return;
    if (leg.bridge !== this) leg.bridge?.leave(leg);
    leg.bridge = this;
    this.#members.set(leg, role);
    this.#hush();
  }

  setRole(leg: Leg, role: Role): void {
    if (leg instanceof SimulatedLeg && this.#members.has(leg)) this.enter(leg, role);
  }

  leave(leg: Leg): void {
    if (!(leg instanceof SimulatedLeg) || !this.#members.has(leg)) return;
    this.#hush(leg);
    this.#members.delete(leg);
    leg.bridge = undefined;
    if (this.#members.size === 0) this.#stopPlaying();
  }

  play(sounds: readonly Sound[]): void {
    if (this.#members.size === 0) return;
    const { post, audio } = this.#world;
    const playing = new Playing(post, audio, sounds, {
      begin: (sound) =>
        [...this.#members.keys()]
          .filter((member) => member.hears)
          .map((member) => member.begin({ channel: 1, sound, bridge: this })),
      done: () => {
        this.#playings = this.#playings.filter((other) => other !== playing);
      },
    });
    this.#playings.push(playing);
    playing.start();
  }

  close(): void {
    this.#closed = true;
    this.#stopPlaying();
    for (const leg of [...this.#members.keys()]) this.leave(leg);
  }

  hearersOf(speaker: SimulatedLeg): SimulatedLeg[] {
    return [...this.#members.keys()].filter((hearer) => hearer.hears && this.#mayHear(hearer, speaker));
  }

  #mayHear(hearer: SimulatedLeg, speaker: SimulatedLeg): boolean {
    const hears = this.#members.get(hearer)?.hears ?? 'none';
    const speaksTo = this.#members.get(speaker)?.speaksTo ?? 'none';
    return hearer !== speaker && includes(hears, speaker) && includes(speaksTo, hearer);
  }

  /** Ends, in the ears of those who may not hear it any more, what is being said. */
  #hush(leaving?: SimulatedLeg): void {
    for (const member of this.#members.keys())
      for (const sounding of [...member.soundings]) {
        const { bridge, speaker } = sounding;
        if (bridge !== this) continue;
        const gone = member === leaving || (speaker !== undefined && speaker === leaving);
        if (gone || (speaker && !this.#mayHear(member, speaker))) member.cease(sounding, false);
      }
  }

  #stopPlaying(): void {
    const playings = this.#playings;
    this.#playings = [];
    for (const playing of playings) playing.stop();
  }
}
