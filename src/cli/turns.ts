import type { Input, JournalEntry, Output } from '../journal/journal.ts';

interface Turn {
  /** At work, the innermost last: a queue has a document that is heard meanwhile. */
  verbs: string[];
  /** What the engine lets the far side of the call hear, and whether somebody speaks in it. */
  playing: Map<string, boolean>;
  answered: boolean;
  bridged: boolean;
  ended: boolean;
  /** Speech is being understood. */
  understands: boolean;
  /** What the verb has heard and makes something of, by itself. */
  heard?: 'keys' | 'speech';
}

/** Verbs that hear what is pressed or said, and verbs during which a call waits for somebody else. */
const hearing = ['gather', 'record', 'stream', 'receiveFax', 'echo'];
const waiting = ['dial', 'enqueue', 'conference'];

/** Follows the journal and says whose turn it is: whoever types ahead is heard only while a call listens. */
export class Turns {
  readonly #calls = new Map<string, Turn>();

  follow({ subject, input, output }: JournalEntry): void {
    const fact = input ?? output;
    if (!fact) return;
    const turn = this.#turn(subject);
    follow[fact.type]?.(turn, fact as never);
    if (fact.type === 'bridge.entered') for (const other of fact.with) this.#turn(other).bridged = true;
  }

  /** Something pressed or said now is heard. */
  listens(call: string): boolean {
    const { verbs, bridged, ended, heard } = this.#turn(call);
    if (ended) return false;
    return bridged || verbs.includes('conference') || (hearing.includes(verbs.at(-1) ?? '') && heard !== 'speech');
  }

  /** Nothing happens until somebody does something. */
  waits(call: string): boolean {
    const { verbs, bridged, ended, playing, heard } = this.#turn(call);
    if (ended) return false;
    if (bridged || hearing.includes(verbs.at(-1) ?? '')) return playing.size === 0 && heard === undefined;
    return verbs.some((verb) => waiting.includes(verb)) && ![...playing.values()].includes(true);
  }

  isAnswered(call: string): boolean {
    return this.#turn(call).answered;
  }

  hasEnded(call: string): boolean {
    return this.#turn(call).ended;
  }

  #turn(call: string): Turn {
    const known = this.#calls.get(call);
    const turn = known ?? {
      verbs: [],
      playing: new Map(),
      answered: false,
      bridged: false,
      ended: false,
      understands: false,
    };
    if (!known) this.#calls.set(call, turn);
    return turn;
  }
}

type Fact = Input | Output;
type Follow = { readonly [T in Fact['type']]?: (turn: Turn, fact: Extract<Fact, { type: T }>) => void };

const isSpoken = ({ type }: { type: string }) => type === 'speech';
const ends = (turn: Turn, { id }: { id: string }) => turn.playing.delete(id);

function forget(turn: Turn): void {
  turn.understands = false;
  delete turn.heard;
}

const follow: Follow = {
  'verb.began': (turn, { verb, activity }) => {
    if (activity !== undefined) return;
    turn.verbs.push(verb);
    forget(turn);
  },
  'verb.ended': (turn, { activity }) => {
    if (activity !== undefined) return;
    turn.verbs.pop();
    forget(turn);
  },
  commanded: (turn, { command }) => {
    if (command.type === 'play') turn.playing.set(command.id, command.sounds.some(isSpoken));
    if (command.type === 'listen') turn.understands = true;
  },
  'leg.pressed': (turn) => {
    if (turn.verbs.at(-1) === 'gather') turn.heard ??= 'keys';
  },
  'leg.spoke': (turn) => {
    if (turn.verbs.at(-1) === 'gather' && turn.understands) turn.heard = 'speech';
  },
  'leg.done': ends,
  'leg.stopped': ends,
  'leg.failed': ends,
  'leg.answered': (turn) => {
    turn.answered = true;
  },
  'bridge.entered': (turn, { with: others }) => {
    turn.bridged = others.length > 0;
  },
  'bridge.left': (turn) => {
    turn.bridged = false;
  },
  'call.changed': (turn, { record }) => {
    turn.ended = record.endTime !== undefined;
  },
};
