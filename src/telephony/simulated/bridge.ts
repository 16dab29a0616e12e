import type { Bridge, BridgeEvent, BridgeListener, Role } from '../bridge.ts';
import type { Leg } from '../leg.ts';
import type { Sound } from '../sound.ts';
import type { AudioStream } from '../streams.ts';
import { BridgeRecording } from './bridge-recording.ts';
import { BridgeStream, type Stage } from './bridge-stream.ts';
import type { HeardSound, Noise, Sounding } from './heard.ts';
import { SimulatedLeg } from './leg.ts';
import { Playing } from './playing.ts';
import type { World } from './world.ts';

const includes = (whom: Role['hears'], leg: SimulatedLeg) =>
  whom === 'all' || (whom !== 'none' && whom.includes(leg.id));

/** Carries what each far side says to those who may hear it. */
export class SimulatedBridge implements Bridge, Stage {
  readonly id: string;
  readonly world: World;
  readonly #listener: BridgeListener | undefined;
  readonly #members = new Map<SimulatedLeg, Role>();
  #playings: Playing[] = [];
  readonly #recordings = new Map<string, BridgeRecording>();
  readonly #streams = new Map<string, BridgeStream>();
  #closed = false;

  constructor(id: string, world: World, listener?: BridgeListener) {
    this.id = id;
    this.world = world;
    this.#listener = listener;
  }

  enter(leg: Leg, role: Role): void {
    if (this.#closed || !(leg instanceof SimulatedLeg) || leg.ended) return;
    if (leg.bridge !== this) leg.bridge?.leave(leg);
    leg.bridge = this;
    this.#members.set(leg, role);
    this.#hush();
    this.#catchUp();
    for (const stream of this.#streams.values()) stream.reach();
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
    const { post, audio } = this.world;
    const playing = new Playing(post, audio, sounds, {
      begin: (sound) => {
        const hearers = [...this.#members.keys()].filter((member) => member.hears);
        const soundings = hearers.map((hearer) => hearer.begin({ channel: 1, sound, bridge: this }));
        if (!soundings[0]) return soundings;
        for (const recording of this.#recordings.values()) recording.plays(soundings[0]);
        for (const stream of this.#streams.values()) stream.plays('sent', soundings[0]);
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
    this.#recordings.set(id, new BridgeRecording(this.world, options, () => this.stopRecording(id)));
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

  openStream(stream: AudioStream): void {
    if (!this.#closed && !this.#streams.has(stream.id)) this.#streams.set(stream.id, new BridgeStream(this, stream));
  }

  stopStream(id: string): void {
    if (!this.#streams.has(id)) return;
    this.#silence(id);
    this.tell({ type: 'bridge.stopped', id });
  }

  close(): void {
    this.#closed = true;
    this.#stopPlaying();
    for (const id of [...this.#streams.keys()]) this.#silence(id);
    for (const id of [...this.#recordings.keys()]) this.stopRecording(id);
    for (const leg of [...this.#members.keys()]) this.leave(leg);
  }

  /** Somebody says something, or may be heard now, or not any more: recordings and streams hear what is said to all. */
  said(): void {
    if (this.#recordings.size + this.#streams.size === 0) return;
    const said = new Set<Sounding>();
    for (const [member, { speaksTo }] of this.#members)
      if (speaksTo === 'all') for (const sounding of member.soundings) if (sounding.channel === 0) said.add(sounding);
    for (const ear of [...this.#recordings.values(), ...this.#streams.values()]) ear.hears(said);
  }

  hearers(): SimulatedLeg[] {
    return [...this.#members].flatMap(([member, { hears }]) => (hears === 'all' && member.hears ? [member] : []));
  }

  hear(leg: SimulatedLeg, sound: HeardSound): Sounding {
    return leg.begin({ channel: 1, sound, bridge: this });
  }

  overhear(noise: Noise, from: BridgeStream): void {
    for (const recording of this.#recordings.values()) recording.plays(noise);
    for (const stream of this.#streams.values()) if (stream !== from) stream.plays('received', noise);
  }

  press(digits: string): void {
    this.play([{ type: 'tones', digits }]);
  }

  tell(event: BridgeEvent): void {
    this.world.post.tell(this.#deliver, event);
  }

  #deliver = (event: BridgeEvent): void => {
    if (!this.#closed) this.#listener?.(event);
  };

  over(id: string): void {
    this.#streams.delete(id);
  }

  #silence(id: string): void {
    const stream = this.#streams.get(id);
    this.#streams.delete(id);
    stream?.close();
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
