import { assign, setup } from 'xstate';
import type { Sound } from '../telephony/leg.ts';
import {
  type Attempt,
  attempt,
  cancel,
  decide,
  ended,
  nextTargets,
  obstacle,
  screening,
  statusOfScreened,
  whisper,
} from './dial-attempt.ts';
import type { DialStatus, HandlerUrl, Outcome, Result, VerbEvent, VerbInput, Written } from './verb.ts';

/** Call somebody else and join the two calls. */
export interface Dial extends Written {
  verb: 'dial';
  targets: readonly DialTarget[];
  /**
   * simultaneous: all ring, the first to accept wins · linear: one after the other until one accepts · failover: the
   * next one only when the one before could not be reached.
   */
  strategy: 'simultaneous' | 'linear' | 'failover';
  /** What the called party sees; the call's own caller ID unless given. */
  callerId?: string;
  /** How long a target may ring. */
  ringMs: number;
  /** How long the two may talk. */
  maxMs: number;
  /** What the caller hears instead of ringing, over and over. */
  ringAudio?: Sound;
  next?: HandlerUrl;
  /** Who is asked when nobody was reached: further handlers of the call. */
  otherwise?: readonly HandlerUrl[];
}

export interface DialTarget {
  /** `+` E.164 or a SIP URI. */
  to: string;
  transport: 'PSTN' | 'SIP' | 'CLIENT';
  callerId?: string;
  ringMs?: number;
  /** Heard by the called party, who accepts with `key` within `timeoutMs` after it. */
  screen?: { sounds: readonly Sound[]; key: string; timeoutMs: number };
  /** Heard by the called party before the two are joined. */
  whisper?: readonly Sound[];
}

export interface Context extends VerbInput<Dial> {
  attempts: readonly Attempt[];
  /** The child that has accepted. */
  winner: string;
  /** What the caller hears: the ring audio of this id, ringing when it is empty; undefined: neither yet, or no more. */
  ringing: string | undefined;
  /** The caller is answered for the winner: nobody else is tried any more. */
  reached: boolean;
}

type ChildEnd = { call: string; status: DialStatus };

const silent = { guard: 'isRingAudio', actions: 'ringAfterAll' } as const;

export const dial = setup({
  types: {
    input: {} as VerbInput<Dial>,
    context: {} as Context,
    events: {} as VerbEvent,
    output: {} as Outcome,
  },
  delays: { maxDuration: ({ context }) => context.instruction.maxMs },
  guards: {
    someoneRings: ({ context }) => context.attempts.some(({ status }) => status === undefined),
    mayTryNext: ({ context }) => nextTargets(context).length > 0,
    /** The caller hears nothing of a dial that can call nobody. */
    mustRing: ({ context }) => {
      const { instruction, stage, ringing } = context;
      return ringing === undefined && nextTargets(context).some((target) => !obstacle(stage, instruction, target));
    },
    screens: ({ context: { instruction, attempts } }, call: string) => {
      const index = attempts.findIndex((tried) => tried.call === call);
      return instruction.targets[index]?.screen !== undefined;
    },
    accepted: ({ context: { instruction, attempts } }, { call, result }: { call: string; result: Result }) => {
      const index = attempts.findIndex((tried) => tried.call === call && tried.status === undefined);
      const screen = instruction.targets[index]?.screen;
      return screen !== undefined && result.type === 'digits' && result.digits === screen.key;
    },
    isRingAudio: ({ context, event }) => 'id' in event && event.id === context.ringing,
    isWinner: ({ context }, call: string) => context.winner === call,
    whispers: ({ context }) => whisper(context) !== undefined,
    isAnswered: ({ context }) => context.stage.call.answered,
  },
  actions: {
    ring: assign({
      ringing: ({ context: { instruction, stage } }) => {
        if (!instruction.ringAudio) {
          stage.send({ type: 'ring' });
          return '';
        }
        if (!stage.call.answered) stage.send({ type: 'progress' });
        const id = stage.id();
        stage.send({ type: 'play', id, sounds: [{ ...instruction.ringAudio, loops: 0 }] });
        return id;
      },
    }),
    stopRinging: assign({
      ringing: ({ context: { ringing, stage } }) => {
        if (ringing) stage.send({ type: 'stop', id: ringing });
        return undefined;
      },
    }),
    /** Ring audio goes on until it is stopped; there is none if it ends. */
    ringAfterAll: assign({
      ringing: ({ context: { stage } }) => {
        stage.send({ type: 'ring' });
        return '';
      },
    }),
    tryNext: assign({
      attempts: ({ context: { instruction, stage, attempts } }) => {
        const targets = nextTargets({ instruction, attempts });
        return [...attempts, ...targets.map((target) => attempt(stage, instruction, target))];
      },
    }),
    screen: ({ context }, call: string) => {
      const program = screening(context, call);
      if (program) context.stage.run(program, call);
    },
    refuse: assign({
      attempts: ({ context: { attempts, stage } }, { call, result }: { call: string; result: Result }) => {
        stage.hangUp(call, 'normal');
        return ended(attempts, call, statusOfScreened(result));
      },
    }),
    keepStatus: assign({
      attempts: ({ context }, { call, status }: ChildEnd) =>
        ended(context.attempts, call, status === 'completed' ? 'rejected' : status),
    }),
    accept: assign({
      winner: (_, call: string) => call,
      attempts: ({ context: { attempts, stage } }, call: string) => attempts.map((other) => cancel(stage, other, call)),
    }),
    whisper: ({ context }) => {
      const program = whisper(context);
      if (program) context.stage.run(program, context.winner);
    },
    answer: ({ context: { stage } }) => {
      if (!stage.call.answered) stage.answer();
    },
    reach: assign({ reached: true }),
    join: ({ context: { stage, winner } }) => stage.bridge(winner),
    hangUpWinner: ({ context: { stage, winner } }) => stage.hangUp(winner, 'maximum'),
    letGo: ({ context: { stage, winner } }) => stage.letGo(winner),
  },
}).createMachine({
  id: 'dial',
  context: ({ input }) => ({ ...input, attempts: [], winner: '', ringing: undefined, reached: false }),
  initial: 'choosing',
  on: { 'leg.done': silent, 'leg.failed': silent },
  states: {
    choosing: {
      always: [
        { guard: 'someoneRings', target: 'trying' },
        { guard: 'mustRing', actions: 'ring', target: 'choosing', reenter: true },
        { guard: 'mayTryNext', actions: 'tryNext', target: 'choosing', reenter: true },
        { target: 'done' },
      ],
    },
    trying: {
      on: {
        'child.answered': [
          {
            guard: { type: 'screens', params: ({ event }) => event.call },
            actions: { type: 'screen', params: ({ event }) => event.call },
          },
          { actions: { type: 'accept', params: ({ event }) => event.call }, target: 'accepted' },
        ],
        ran: [
          {
            guard: { type: 'accepted', params: ({ event }) => event },
            actions: { type: 'accept', params: ({ event }) => event.call },
            target: 'accepted',
          },
          { guard: ({ event }) => event.finished, actions: { type: 'refuse', params: ({ event }) => event } },
        ],
        'child.ended': { actions: { type: 'keepStatus', params: ({ event }) => event }, target: 'choosing' },
      },
    },
    accepted: { always: [{ guard: 'whispers', target: 'whispering' }, { target: 'joining' }] },
    whispering: {
      entry: 'whisper',
      on: {
        ran: { guard: ({ context, event }) => event.call === context.winner && event.finished, target: 'joining' },
        'child.ended': {
          guard: { type: 'isWinner', params: ({ event }) => event.call },
          actions: { type: 'keepStatus', params: ({ event }) => event },
          target: 'choosing',
        },
      },
    },
    /** The caller is answered first, if nobody has. */
    joining: {
      entry: ['reach', 'stopRinging', 'answer'],
      always: { guard: 'isAnswered', target: 'talking' },
      on: {
        'leg.answered': 'talking',
        'child.ended': { guard: { type: 'isWinner', params: ({ event }) => event.call }, target: 'leftAlone' },
      },
    },
    /** The winner was quicker to hang up than the caller is answered: what comes next finds the call answered. */
    leftAlone: { on: { 'leg.answered': 'done' } },
    talking: {
      entry: 'join',
      after: { maxDuration: { actions: 'hangUpWinner' } },
      on: {
        'child.ended': { guard: { type: 'isWinner', params: ({ event }) => event.call }, target: 'done' },
        'bridge.left': {
          guard: { type: 'isWinner', params: ({ event }) => event.call },
          actions: 'letGo',
          target: 'done',
        },
      },
    },
    done: { type: 'final', entry: 'stopRinging' },
  },
  output: ({ context: { instruction, attempts, reached, winner } }): Outcome => {
    const result = reached ? ({ type: 'dialed', status: 'completed', call: winner } as const) : decide(attempts);
    const { next, otherwise } = instruction;
    if (next) return { type: 'request', urls: [next], result };
    if (otherwise && !reached) return { type: 'request', urls: otherwise, result: { type: 'nothing' } };
    return { type: 'continue', result };
  },
});
