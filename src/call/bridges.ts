import type { Ids } from '../ids.ts';
import { type Bridge, type BridgeListener, type Role, talking } from '../telephony/bridge.ts';
import type { Network } from '../telephony/network.ts';
import type { CallEvent } from './call-event.ts';
import { hasEnded } from './lifecycle.ts';
import type { LiveCall } from './live-call.ts';

interface Room {
  bridge: Bridge;
  members: Set<LiveCall>;
  /** It is there until it is closed, however few are in it. */
  stays: boolean;
}

/** Which calls hear each other. A call is in one bridge at most; one that is left alone in a bridge has left it too. */
export class Bridges {
  readonly #network: Network;
  readonly #ids: Ids;
  readonly #bridges = new Map<string, Room>();

  constructor(network: Network, ids: Ids) {
    this.#network = network;
    this.#ids = ids;
  }

  get size(): number {
    return this.#bridges.size;
  }

  /** Joins calls in a bridge of their own. */
  join(calls: readonly LiveCall[]): string {
    const id = this.#ids.next();
    for (const call of calls) this.enter(call, id, talking);
    return id;
  }

  /** A bridge that stays until it is closed. */
  open(id: string, listener: BridgeListener): void {
    this.#room(id, true, listener);
  }

  /** Nobody is in it any more. */
  close(id: string): void {
    this.#bridges.get(id)?.bridge.close();
    this.#bridges.delete(id);
  }

  find(id: string): Bridge | undefined {
    return this.#bridges.get(id)?.bridge;
  }

  #room(id: string, stays: boolean, listener?: BridgeListener): Room {
    const room = { bridge: this.#network.openBridge(id, listener), members: new Set<LiveCall>(), stays };
    this.#bridges.set(id, room);
    return room;
  }

  /** Does what somebody outside wants. */
  act(call: LiveCall, event: CallEvent): void {
    if (event.type === 'act.bridge') this.enter(call, event.bridge, event.role);
    if (event.type === 'act.role') this.setRole(call, event.role);
    if (event.type === 'act.unbridge') this.leave(call);
  }

  enter(call: LiveCall, id: string, role: Role): void {
    if (!call.leg || hasEnded(call.record)) return;
    if (call.record.bridge !== undefined && call.record.bridge !== id) this.leave(call);
    const room = this.#bridges.get(id) ?? this.#room(id, false);
    const others = [...room.members];
    room.members.add(call);
    room.bridge.enter(call.leg, onLegs(call, role));
    call.update({ bridge: id, role });
    call.output({ type: 'bridge.entered', bridge: id, role, with: others.map((other) => other.id) });
    if (others.length === 0) return;
    for (const member of [call, ...others]) this.#joined(member);
  }

  #joined(call: LiveCall): void {
    if (!call.record.bridged) call.update({ bridged: true });
    if (call.recordingConfig?.trigger === 'bridge') call.startRecording();
  }

  setRole(call: LiveCall, role: Role): void {
    const room = call.record.bridge === undefined ? undefined : this.#bridges.get(call.record.bridge);
    if (!room || !call.leg) return;
    room.bridge.setRole(call.leg, onLegs(call, role));
    call.update({ role });
    call.output({ type: 'bridge.role', bridge: room.bridge.id, role });
  }

  /** @param id the bridge in which it is, by its record unless given */
  leave(call: LiveCall, id = call.record.bridge): void {
    const room = id === undefined ? undefined : this.#bridges.get(id);
    if (id === undefined || !room?.members.has(call)) return;
    this.#part(call, room);
    for (const one of room.stays ? [call] : [call, ...room.members])
      call.around.tell(one.id, { type: 'bridge.left', bridge: id, call: call.id });
    if (room.stays || room.members.size > 1) return;
    for (const other of room.members) this.#part(other, room);
    room.bridge.close();
    this.#bridges.delete(id);
  }

  #part(call: LiveCall, { bridge, members }: Room): void {
    members.delete(call);
    if (call.leg) bridge.leave(call.leg);
    if (this.forget(call) !== undefined) call.update({});
    call.output({ type: 'bridge.left', bridge: bridge.id });
    // There may be nothing left to do.
    call.around.ledger.post(() => {
      if (call.programs.stack.length === 0 && !hasEnded(call.record)) call.send({ type: 'parted' });
    });
  }

  /** Takes the bridge, and the role in it, out of the record; gives what bridge it was. */
  forget(call: LiveCall): string | undefined {
    if (call.record.bridge === undefined) return undefined;
    const { bridge, role: _, ...record } = call.record;
    call.record = record;
    return bridge;
  }
}

/** Roles name calls; the network knows their legs. */
const onLegs = (call: LiveCall, { speaksTo, hears }: Role): Role => ({
  speaksTo: legsOf(call, speaksTo),
  hears: legsOf(call, hears),
});

const legsOf = ({ around }: LiveCall, who: Role['hears']): Role['hears'] =>
  typeof who === 'string' ? who : who.map((id) => around.find(id)?.leg?.id ?? id);
