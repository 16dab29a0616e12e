import type { Input, JournalEntry, Output } from '../journal/journal.ts';

interface Turn {
  verb?: string;
  /** What the engine lets the far side of the call hear. */
  playing: Set<string>;
  answered: boolean;
  bridged: boolean;
  ended: boolean;
}

/** Verbs that hear what is pressed or said, and verbs during which a call waits for somebody else. */
const hearing = ['gather', 'record', 'stream', 'receiveFax'];
const waiting = ['dial', 'enqueue'];

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
    const { verb = '', bridged, ended } = this.#turn(call);
    return !ended && (bridged || hearing.includes(verb));
  }

  /** Nothing happens until somebody does something. */
  waits(call: string): boolean {
    const { verb = '', ended, playing } = this.#turn(call);
    if (this.listens(call)) return playing.size === 0;
    return !ended && waiting.includes(verb);
  }

  isAnswered(call: string): boolean {
    return this.#turn(call).answered;
  }

  hasEnded(call: string): boolean {
    return this.#turn(call).ended;
  }

  #turn(call: string): Turn {
    const known = this.#calls.get(call);
    const turn = known ?? { playing: new Set(), answered: false, bridged: false, ended: false };
    if (!known) this.#calls.set(call, turn);
    return turn;
  }
}

type Fact = Input | Output;
type Follow = { readonly [T in Fact['type']]?: (turn: Turn, fact: Extract<Fact, { type: T }>) => void };

const ends = (turn: Turn, { id }: { id: string }) => turn.playing.delete(id);

const follow: Follow = {
  'verb.began': (turn, { verb, activity }) => {
    if (activity === undefined) turn.verb = verb;
  },
  'verb.ended': (turn, { activity }) => {
    if (activity === undefined) delete turn.verb;
  },
  commanded: (turn, { command }) => {
    if (command.type === 'play') turn.playing.add(command.id);
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
