/** A telephone network that consists of data: who calls, who answers and what they do, in any clock. */
import type { Clock } from '../../clock.ts';
import type { BridgeListener } from '../bridge.ts';
import type { LegListener } from '../leg.ts';
import type { Finished, Incoming, Network, Target, TextMessage } from '../network.ts';
import type { StreamServers } from '../streams.ts';
import type { AudioLengths } from './audio-lengths.ts';
import { SimulatedBridge } from './bridge.ts';
import { hungUp } from './hung-up.ts';
import { SimulatedLeg } from './leg.ts';
import { connect } from './line.ts';
import type { OnRing, Party, Person } from './party.ts';
import { ring } from './phone.ts';
import { type Directory, directory } from './phones.ts';
import { Post } from './post.ts';
import { keepsNothing, type RecordingStore } from './recording-store.ts';
import type { Phone, Script } from './script.ts';
import { ScriptRun } from './script-run.ts';
import { noServers } from './streaming.ts';
import { timing } from './timing.ts';
import type { World } from './world.ts';

export interface SimulatedNetworkOptions {
  clock: Clock;
  audio: AudioLengths;
  /** Where the audio of recordings goes; unless given, only its length is worked out. */
  recordings?: RecordingStore;
  /** Who takes audio that is streamed; nobody unless given. */
  servers?: StreamServers;
  /** Phones by exact address, before the magic numbers. */
  phones?: Readonly<Record<string, Phone>>;
  /** Asked first of all who takes a call. */
  onRing?: OnRing;
  /** Whether calls to this address come back to the engine; an address that a phone was given for does not. */
  isOurs?(to: string): boolean;
}

export interface SimulatedNetwork extends Network {
  /** Somebody calls: who does what a script says, or is told what to do through the party, or both. */
  callIn(incoming: Incoming, caller?: { script?: Script; person?: Person }): Party;
  /** Asked for phones of their own that a placed call may find, by the id of the call; the value given back ends that. */
  lend(phones: (call: string) => Directory | undefined): () => void;
  /** The network dies: every leg ends, and every later one at once. */
  fail(): void;
  /** How many legs have not ended. */
  readonly live: number;
}

export function createSimulatedNetwork(options: SimulatedNetworkOptions): SimulatedNetwork {
  return new Simulation(options);
}

type Offer = (incoming: Incoming, leg: SimulatedLeg) => LegListener;

class Simulation implements SimulatedNetwork {
  readonly #world: World;
  readonly #phones: Directory;
  readonly #onRing: OnRing | undefined;
  readonly #isOurs: (to: string) => boolean;
  readonly #finished: ((finished: Finished) => void)[] = [];
  readonly #lenders = new Set<(call: string) => Directory | undefined>();
  #offer: Offer | undefined;
  #incoming = 0;
  #dead = false;

  constructor(options: SimulatedNetworkOptions) {
    const { clock, audio, recordings = keepsNothing, servers, phones = {}, onRing, isOurs } = options;
    this.#phones = directory(phones);
    this.#onRing = onRing;
    this.#isOurs = isOurs ?? (() => false);
    const post = new Post(clock);
    this.#world = {
      post,
      audio,
      recordings,
      servers: servers ?? noServers(post),
      legs: new Set(),
      phoneOf: (address) => this.#phones.find(address),
      finish: (finished) => {
        for (const listener of this.#finished) post.tell(listener, finished);
      },
    };
  }

  get live(): number {
    return this.#world.legs.size;
  }

  place(id: string, target: Target, listener: LegListener): SimulatedLeg {
    const sip = target.transport === 'SIP' ? { sipCallId: `${id}@callflow.invalid` } : {};
    const leg = new SimulatedLeg(id, this.#world, { placed: true, listener, ...sip });
    this.#limitRinging(leg, target.ringMs);
    leg.later(0, () => {
      if (this.#dead) return leg.end(hungUp('network', 'failed', 503));
      leg.party.person = this.#onRing?.(target, leg.party, id);
      if (leg.ended || leg.answered) return;
      if (leg.party.person) return leg.tell({ type: 'leg.ringing' });
      const phones = this.#directoryOf(id, target.to);
      if (!phones.names(target.to) && this.#isOurs(target.to)) this.#comeBack(leg, comesBack(target, id));
      else ring(leg, phones.call(target.to, leg));
    });
    return leg;
  }

  callIn(incoming: Incoming, { script, person }: { script?: Script; person?: Person } = {}): Party {
    const { leg, offer } = this.#arrive(incoming);
    leg.party.person = person;
    leg.party.phone = this.#phones.find(incoming.from);
    this.#limitRinging(leg, undefined);
    leg.later(0, offer);
    if (script) new ScriptRun(leg, script).begin();
    return leg.party;
  }

  /** What we have placed comes in again: it rings unless it is refused at once. */
  #comeBack(placed: SimulatedLeg, incoming: Incoming): void {
    const { leg, offer } = this.#arrive(incoming);
    connect(placed, leg);
    leg.later(0, () => {
      offer();
      if (!leg.ended) leg.party.rings();
    });
  }

  #arrive(incoming: Incoming): { leg: SimulatedLeg; offer(): void } {
    let listener: LegListener | undefined;
    const leg = new SimulatedLeg(`incoming-${++this.#incoming}`, this.#world, {
      placed: false,
      listener: (event) => listener?.(event),
    });
    const offer = () => {
      if (this.#dead) return leg.end(hungUp('network', 'failed', 503));
      if (!this.#offer) return leg.end(hungUp('network', 'unreachable', 404));
      listener = this.#offer(incoming, leg);
    };
    return { leg, offer };
  }

  onIncoming(offer: Offer): void {
    this.#offer = offer;
  }

  onFinished(listener: (finished: Finished) => void): void {
    this.#finished.push(listener);
  }

  openBridge(id: string, listener?: BridgeListener): SimulatedBridge {
    return new SimulatedBridge(id, this.#world, listener);
  }

  sendText(id: string, { to }: TextMessage): void {
    const { post, finish } = this.#world;
    post.later(timing.message, () => {
      const phone = this.#phones.find(to);
      const reached = !this.#dead && phone.texts !== false && !phone.unreachable && !phone.invalid && !phone.fails;
      const failure = this.#dead ? 'the telephone network failed' : `${to} receives no text messages`;
      finish({ type: 'message', id, ...(!reached && { failure }) });
    });
  }

  discard(recording: string): void {
    this.#world.recordings.discard(recording);
  }

  lend(phones: (call: string) => Directory | undefined): () => void {
    this.#lenders.add(phones);
    return () => this.#lenders.delete(phones);
  }

  fail(): void {
    this.#dead = true;
    for (const leg of [...this.#world.legs]) leg.end(hungUp('network', 'failed', 503));
  }

  /** Phones of the call's own come before the network's. */
  #directoryOf(call: string, address: string): Directory {
    for (const lender of this.#lenders) {
      const lent = lender(call);
      if (lent?.has(address)) return lent;
    }
    return this.#phones;
  }

  #limitRinging(leg: SimulatedLeg, ms: number = timing.longestRing): void {
    leg.ringLimit = leg.later(ms, () => leg.end(hungUp('network', 'noAnswer', 408)));
  }
}

/** How a call that we have placed looks to ourselves. */
function comesBack({ to, from, transport, headers, callerName, hops = 0 }: Target, placed: string): Incoming {
  return {
    to,
    from: transport === 'SIP' ? fromHeader(from, to) : from,
    transport,
    ...(from === '' && { isPrivate: true }),
    ...(headers && { sipHeaders: headers }),
    ...(callerName !== undefined && { callerName }),
    hops: hops + 1,
    placed,
  };
}

/** A caller ID is the user part of a SIP caller; the host is ours, as that of whom is called. */
function fromHeader(from: string, to: string): string {
  if (/^sips?:/i.test(from)) return from;
  return from === '' ? 'sip:anonymous@anonymous.invalid' : `sip:${from}@${/@([^:;?]+)/.exec(to)?.[1] ?? to}`;
}
