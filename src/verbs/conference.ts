import type { Alarm } from '../clock.ts';
import { Aside, type Loop, music } from './aside.ts';
import type { StreamFork } from './fork.ts';
import { type Heard, lasting, type Work } from './logic.ts';
import type { Background } from './rooms.ts';
import type { HandlerUrl, Outcome, Place, RecordingOptions, Result, Stage, VerbInput, Written } from './verb.ts';

/** Be in a room with others until somebody ends it. The first to enter decides what holds for the room. */
export interface Conference extends Written {
  verb: 'conference';
  /** Unique in the project. */
  room: string;
  muted: boolean;
  beep: 'both' | 'enter' | 'exit' | 'none';
  /** The conference may begin once this participant and another one are there. */
  starts: boolean;
  /** It ends when this participant leaves. */
  ends: boolean;
  /** How many may be in it; absent: any number. */
  max?: number;
  /** Who is asked for what is heard until it begins; `none`: silence; absent: the network's own music. */
  waitFrom?: HandlerUrl | 'none';
  /** The call to whom alone this participant speaks. */
  coach?: string;
  recording?: RecordingOptions;
  /** What this participant says and hears is recorded apart from the room, from the beginning. */
  ownRecording?: RecordingOptions & { from: 'ringing' | 'answer' };
  /** What is streamed of the room from when it begins. */
  streams?: readonly ConferenceStream[];
  /** Who hears what happens in the room: the first participant decides. */
  events?: HandlerUrl & { types: readonly ConferenceEvent[] };
  /** Told once, when it has ended, with its recording. */
  ended?: HandlerUrl;
  /** How others may call this participant. */
  label?: string;
  next?: HandlerUrl;
  /** `next` is asked too when the call has been hung up; the answer is ignored. */
  tellsEnd?: true;
  /** The key with which this participant leaves, and goes on. */
  hangUpKey?: string;
  maxMs?: number;
}

/** A server that hears a room, and is heard in it where it goes both ways. */
export type ConferenceStream = StreamFork & {
  at?: Place;
  /** The room may begin with it and one participant. */
  starts: boolean;
};

export type ConferenceEvent =
  | 'start'
  | 'end'
  | 'join'
  | 'leave'
  | 'mute'
  | 'hold'
  | 'speaker'
  | 'modify'
  | 'announcement';

/** The room says what becomes of this participant; the verb lets it hear that, and goes when it is time. */
class Conferring implements Work {
  readonly #instruction: Conference;
  readonly #stage: Stage;
  readonly #maximum: Alarm;
  readonly #aside: Aside;
  #conference: string | undefined;
  #recording: string | undefined;

  constructor({ instruction, stage }: VerbInput<Conference>, maximum: Alarm) {
    this.#instruction = instruction;
    this.#stage = stage;
    this.#maximum = maximum;
    // Whoever waits or is held hears something, whatever the application does.
    this.#aside = new Aside(stage, () => this.#aside.play({ purpose: 'lobby', source: music('lobby') }));
  }

  begin(): Outcome | undefined {
    const { next, tellsEnd, maxMs } = this.#instruction;
    const entered = this.#stage.rooms.confer(this.#instruction);
    if ('code' in entered) {
      this.#stage.problem(entered.code, entered.reason);
      return this.#over();
    }
    this.#conference = entered.conference;
    this.#record();
    if (maxMs !== undefined) this.#maximum.set(maxMs);
    if (next && tellsEnd) this.#stage.ifEnded(() => ({ urls: [next], result: this.#result() }));
    return undefined;
  }

  hear(event: Heard): Outcome | undefined {
    switch (event.type) {
      case 'conference.hears':
        this.#aside.play(event.background && loopOf(event.background));
        return undefined;
      case 'conference.announces':
        this.#aside.announce({
          id: event.announcement,
          source: 'program' in event ? event.program : event.from,
        });
        return undefined;
      case 'ran':
        this.#aside.ran(event);
        return undefined;
      case 'leg.speaking':
      case 'leg.spoke':
        this.#stage.rooms.speaks(event.type === 'leg.speaking');
        return undefined;
      default:
        return this.#isEnd(event) ? this.#over() : undefined;
    }
  }

  #record(): void {
    const { ownRecording } = this.#instruction;
    if (!ownRecording) return;
    const { from: _, ...options } = ownRecording;
    this.#recording = this.#stage.record(options);
  }

  #isEnd(event: Heard): boolean {
    if (event.type === 'woken') return true;
    if (event.type === 'leg.pressed') return event.digit === this.#instruction.hangUpKey;
    if (event.type === 'conference.left') return event.conference === this.#conference;
    // Somebody outside has put this call elsewhere.
    return event.type === 'bridge.left' && event.bridge === this.#conference && event.call === this.#stage.call.id;
  }

  #result(): Result {
    const conference = this.#conference;
    const recording = this.#recording;
    return {
      type: 'conferred',
      joined: conference !== undefined,
      ...(conference !== undefined && { conference }),
      ...(recording !== undefined && { recording }),
    };
  }

  #over(): Outcome {
    const { next } = this.#instruction;
    const result = this.#result();
    return next ? { type: 'request', urls: [next], result } : { type: 'continue', result };
  }
}

const loopOf = ({ purpose, from }: Background): Loop => ({
  purpose,
  source: from === 'music' ? music(purpose) : { from, result: () => ({ type: 'nothing' }) },
});

export const conference = lasting<Conference>((input, maximum) => new Conferring(input, maximum));
