import type { Bridge, Role } from '../bridge.ts';
import type { Leg, Sound } from '../leg.ts';
import { BridgeRecording } from './bridge-recording.ts';
import type { Sounding } from './heard.ts';
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
  #recordings = new Map<string, BridgeRecording>();
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
    this.#catchUp();
    this.said();
  }

  setRole(leg: Leg, role: Role): void {
    if (leg instanceof SimulatedLeg && this.#members.has(leg)) this.enter(leg, role);
  }

  leave(leg: Leg): void {
    if (!(leg instanceof SimulatedLeg) || !this.#members.has(leg)) return;
    this.#hush(leg);
    this.#members.delete(leg);
    leg.bridge = undefined;
    this.said();
    if (this.#members.size === 0) this.#stopPlaying();
  }

  play(sounds: readonly Sound[]): void {
    if (this.#members.size === 0) return;
    const { post, audio } = this.#world;
    const playing = new Playing(post, audio, sounds, {
      begin: (sound) => {
        const hearers = [...this.#members.keys()].filter((member) => member.hears);
        const soundings = hearers.map((hearer) => hearer.begin({ channel: 1, sound, bridge: this }));
        if (soundings[0]) for (const recording of this.#recordings.values()) recording.plays(soundings[0]);
        return soundings;
      },
      done: () => {
        this.#playings = this.#playings.filter((other) => other !== playing);
      },
    });
    this.#playings.push(playing);
    playing.start();
  }

  record(options: { id: string; trim: boolean; maxMs?: number }): void {
    const { id } = options;
    if (this.#recordings.has(id)) return;
    this.#recordings.set(id, new BridgeRecording(this.#world, options, () => this.stopRecording(id)));
    this.said();
  }

  pauseRecording(id: string, silence: boolean): void {
    this.#recordings.get(id)?.pause(silence);
  }

  resumeRecording(id: string): void {
    this.#recordings.get(id)?.resume();
  }

  stopRecording(id: string): void {
    const recording = this.#recordings.get(id);
    this.#recordings.delete(id);
    recording?.finish();
  }

  close(): void {
    this.#closed = true;
    this.#stopPlaying();
    for (const id of [...this.#recordings.keys()]) this.stopRecording(id);
    for (const leg of [...this.#members.keys()]) this.leave(leg);
  }

  /** Somebody says something, or may be heard now, or not any more: recordings hear what is said to all. */
  said(): void {
    if (this.#recordings.size === 0) return;
    const said = new Set<Sounding>();
    for (const [member, { speaksTo }] of this.#members)
      if (speaksTo === 'all') for (const sounding of member.soundings) if (sounding.channel === 0) said.add(sounding);
    for (const recording of this.#recordings.values()) recording.hears(said);
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

  /** Whoever may hear somebody now who is saying something already hears the rest of it. */
  #catchUp(): void {
    for (const speaker of this.#members.keys())
      for (const { sound, through, everywhere } of [...speaker.soundings]) {
        if (!everywhere) continue;
        for (const hearer of this.hearersOf(speaker))
          if (!everywhere.some((one) => one.leg === hearer && one.speaker === speaker && one.ended === undefined))
            everywhere.push(hearer.begin({ channel: 1, sound, bridge: this, speaker, ...(through && { through }) }));
      }
  }

  #stopPlaying(): void {
    const playings = this.#playings;
    this.#playings = [];
    for (const playing of playings) playing.stop();
  }
}
