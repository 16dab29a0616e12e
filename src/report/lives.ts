import type { JournalEntry } from '../journal/journal.ts';
import type { Role } from '../telephony/bridge.ts';
import type { LegCommand } from '../telephony/leg-command.ts';
import type { Sound } from '../telephony/sound.ts';

/** What a call is about. */
export type Doing = 'called' | 'rings' | 'waits' | 'onTheLine' | 'talks' | 'listens' | 'held' | 'queued' | 'hears';

/** Something that a call does for a while: from one entry of the journal to another. */
export interface Span {
  call: string;
  doing: Doing;
  label: string;
  from: number;
  /** The entry with which it is over. */
  to: number;
}

/** What every call does from its beginning to its end, and what it hears meanwhile. */
export function livesOf(entries: readonly JournalEntry[], name: (id: string) => string): Span[] {
  const lives = new Lives(name);
  entries.forEach((entry, index) => {
    lives.hear(entry, index);
  });
  return lives.end(entries.length);
}

interface Life {
  now: (Span & { since: number }) | undefined;
  answered: boolean;
  incoming: boolean;
  bridge?: { id: string; role: Role };
  queue?: string;
  held?: boolean;
}

class Lives {
  readonly #name: (id: string) => string;
  readonly #lives = new Map<string, Life>();
  /** What is heard, by the id of its command. */
  readonly #heard = new Map<string, Span>();
  /** Who is in a bridge. */
  readonly #members = new Map<string, Set<string>>();
  readonly #conferences = new Map<string, string>();
  readonly #spans: Span[] = [];
  #at = 0;

  constructor(name: (id: string) => string) {
    this.#name = name;
  }

  hear(entry: JournalEntry, index: number): void {
    const { subject, input, output } = entry;
    this.#at = entry.at;
    if (input?.type === 'offered' || input?.type === 'created')
      this.#begin(subject, input.type === 'offered', false, index);
    if (output?.type === 'conference.created') this.#conferences.set(output.record.id, output.record.name);
    if (output?.type === 'call.created')
      this.#begin(subject, output.record.direction === 'incoming', output.record.answerTime !== undefined, index);
    const life = this.#lives.get(subject);
    if (!life) return;
    if (input) this.#told(life, subject, input, index);
    if (output?.type === 'commanded') this.#commanded(subject, output.command, index);
    if (output) this.#become(life, subject, output, index);
  }

  end(index: number): Span[] {
    for (const call of this.#lives.keys()) this.#over(call, index);
    return this.#spans.filter(({ from, to }) => to > from);
  }

  #begin(call: string, incoming: boolean, answered: boolean, index: number): void {
    if (this.#lives.has(call)) return;
    this.#lives.set(call, { now: undefined, answered, incoming });
    this.#turn(call, answered ? 'onTheLine' : incoming ? 'waits' : 'called', index);
  }

  #told(life: Life, call: string, input: NonNullable<JournalEntry['input']>, index: number): void {
    if (input.type === 'leg.ringing') this.#turn(call, 'rings', index);
    if (input.type === 'leg.held' || input.type === 'leg.resumed') {
      life.held = input.type === 'leg.held';
      this.#settle(call, index);
    }
    if (input.type === 'leg.done' || input.type === 'leg.stopped' || input.type === 'leg.failed')
      this.#silence(input.id, index);
    if (input.type === 'leg.hungUp') this.#over(call, index);
  }

  #commanded(call: string, command: LegCommand, index: number): void {
    if (command.type === 'answer') this.#silence(ringingOf(call), index);
    if (command.type === 'ring') this.#sound(ringingOf(call), call, 'ringing', index);
    if (command.type === 'play')
      this.#sound(command.id, call, command.sounds.map(soundText).join(', ') || 'nothing', index);
  }

  #sound(id: string, call: string, what: string, index: number): void {
    this.#silence(ringingOf(call), index);
    const span: Span = { call, doing: 'hears', label: `hears ${what}`, from: index, to: index };
    this.#heard.set(id, span);
    this.#spans.push(span);
  }

  #become(life: Life, call: string, output: NonNullable<JournalEntry['output']>, index: number): void {
    if (output.type === 'call.changed' && output.state === 'inProgress') life.answered = true;
    else if (output.type === 'call.changed' && output.record.endTime !== undefined) this.#over(call, index);
    else if (output.type === 'bridge.entered') this.#enter(life, call, output, index);
    else if (output.type === 'bridge.role' && life.bridge) life.bridge.role = output.role;
    else if (output.type === 'bridge.left') this.#leave(life, call, output.bridge, index);
    else if (output.type === 'queue.entered') life.queue = output.queue;
    else if (output.type === 'queue.left') delete life.queue;
    else return;
    this.#settle(call, index);
  }

  #enter(
    life: Life,
    call: string,
    { bridge, role, with: others }: { bridge: string; role: Role; with: readonly string[] },
    index: number,
  ): void {
    const members = this.#members.get(bridge) ?? new Set();
    this.#members.set(bridge, members);
    for (const one of [call, ...others]) members.add(one);
    life.bridge = { id: bridge, role };
    this.#silence(ringingOf(call), index);
    for (const one of others) this.#settle(one, index);
  }

  #leave(life: Life, call: string, bridge: string, index: number): void {
    if (life.bridge?.id === bridge) delete life.bridge;
    const members = this.#members.get(bridge);
    members?.delete(call);
    for (const one of members ?? []) this.#settle(one, index);
  }

  /** Finds out what a call that has been answered does now. */
  #settle(call: string, index: number): void {
    const life = this.#lives.get(call);
    if (!life?.now || !(life.answered || life.bridge)) return;
    if (life.held) this.#turn(call, 'held', index, 'has put us on hold');
    else if (life.bridge) this.#turn(call, ...this.#bridged(call, life.bridge, index));
    else if (life.queue !== undefined) this.#turn(call, 'queued', index, `waits in the queue ${life.queue}`);
    else this.#turn(call, 'onTheLine', index);
  }

  #bridged(call: string, { id, role }: { id: string; role: Role }, index: number): [Doing, number, string] {
    const conference = this.#conferences.get(id);
    const others = [...(this.#members.get(id) ?? [])].filter((one) => one !== call).map(this.#name);
    const whom = conference !== undefined ? `the conference ${conference}` : others.join(' and ') || 'nobody';
    if (role.hears === 'none' && role.speaksTo === 'none') return ['held', index, `is held by ${whom}`];
    if (role.speaksTo === 'none') return ['listens', index, `listens to ${whom}`];
    return ['talks', index, conference !== undefined ? `is in ${whom}` : `talks with ${whom}`];
  }

  #turn(call: string, doing: Doing, index: number, label = usual[doing]): void {
    const life = this.#lives.get(call)!;
    if (life.now?.label === label) return;
    // What lasts no time is not worth a word.
    if (life.now?.since === this.#at) Object.assign(life.now, { doing, label });
    else {
      if (life.now) life.now.to = index;
      life.now = { call, doing, label, from: index, to: index, since: this.#at };
      this.#spans.push(life.now);
    }
  }

  #silence(command: string, index: number): void {
    const span = this.#heard.get(command);
    if (span) span.to = index;
    this.#heard.delete(command);
  }

  #over(call: string, index: number): void {
    const life = this.#lives.get(call);
    if (life?.now) life.now.to = index;
    if (life) life.now = undefined;
    for (const [command, span] of this.#heard) if (span.call === call) this.#silence(command, index);
  }
}

/** Ringing goes on until something else is heard: it is known by its call. */
const ringingOf = (call: string) => `ringing ${call}`;

const usual: Readonly<Record<Doing, string>> = {
  called: 'is called',
  rings: 'rings',
  waits: 'waits for an answer',
  onTheLine: 'is on the line',
  talks: 'talks',
  listens: 'listens',
  held: 'is held',
  queued: 'waits in a queue',
  hears: 'hears',
};

function soundText(sound: Sound): string {
  switch (sound.type) {
    case 'speech':
      return `“${sound.text}”`;
    case 'audio':
      return sound.url.slice(sound.url.lastIndexOf('/') + 1) || sound.url;
    case 'tones':
      return `the keys ${sound.digits}`;
    case 'silence':
      return 'silence';
    case 'beep':
      return 'a beep';
    case 'music':
      return 'music';
    case 'sequence':
      return sound.sounds.map(soundText).join(', ');
  }
}
