/** What an engine has around it while a journal is reenacted: nothing of it acts by itself. */
import type { Handler } from '../../handler/handler.ts';
import type { HttpExchange, Transport } from '../../http/transport.ts';
import type { Attempt, Input, JournalEntry } from '../../journal/journal.ts';
import type { Bridge, BridgeEvent, BridgeListener } from '../../telephony/bridge.ts';
import type { Leg, LegListener } from '../../telephony/leg.ts';
import type { LegEvent } from '../../telephony/leg-event.ts';
import type { Finished, Incoming, Network } from '../../telephony/network.ts';
import type { Payer, Till, TillEvent, Tills } from '../../verbs/till.ts';

type Of<Type extends Input['type']> = Extract<Input, { type: Type }>;

const silent = { send: () => {} };

/** A network on which happens what is told to happen. */
export class RecordedNetwork implements Network {
  readonly #legs = new Map<string, LegListener>();
  readonly #bridges = new Map<string, BridgeListener>();
  #offer: ((incoming: Incoming, leg: Leg) => LegListener) | undefined;
  #finished: ((finished: Finished) => void) | undefined;

  /** What the network called each call that it placed. */
  readonly #sipCallIds = new Map<string, string>();

  constructor(journal: readonly JournalEntry[]) {
    for (const { subject, output } of journal)
      if (output?.type === 'call.changed' && output.record.direction === 'outgoing')
        if (output.record.sipCallId !== undefined) this.#sipCallIds.set(subject, output.record.sipCallId);
  }

  place(id: string, _target: unknown, listener: LegListener): Leg {
    this.#legs.set(id, listener);
    const sipCallId = this.#sipCallIds.get(id);
    return { id, ...(sipCallId !== undefined && { sipCallId }), ...silent };
  }

  onIncoming(offer: (incoming: Incoming, leg: Leg) => LegListener): void {
    this.#offer = offer;
  }

  onFinished(listener: (finished: Finished) => void): void {
    this.#finished = listener;
  }

  openBridge(id: string, listener?: BridgeListener): Bridge {
    const nothing = () => {};
    if (listener) this.#bridges.set(id, listener);
    return {
      id,
      enter: nothing,
      setRole: nothing,
      leave: nothing,
      play: nothing,
      record: nothing,
      pauseRecording: nothing,
      resumeRecording: nothing,
      stopRecording: nothing,
      openStream: nothing,
      stopStream: nothing,
      close: () => this.#bridges.delete(id),
    };
  }

  sendText(): void {}

  discard(): void {}

  offer(call: string, incoming: Incoming): void {
    const listener = this.#offer?.(incoming, { id: call, ...silent });
    if (listener) this.#legs.set(call, listener);
  }

  tell(call: string, event: LegEvent): boolean {
    this.#legs.get(call)?.(event);
    return this.#legs.has(call);
  }

  tellOf(bridge: string, event: BridgeEvent): void {
    this.#bridges.get(bridge)?.(event);
  }

  finish(finished: Finished): void {
    this.#finished?.(finished);
  }
}

type Listener = Parameters<Handler['ask']>[1];

/** An application that answers what it has answered. */
export class RecordedHandler implements Handler {
  readonly #asked = new Map<string, Listener>();
  /** The attempts of each request that the journal tells next. */
  readonly #attempts: Map<string, JournalEntry[]>;
  /** Those that were told from within a cancel. */
  readonly told = new Set<JournalEntry>();

  constructor(journal: readonly JournalEntry[]) {
    const attempts = journal.filter(({ input }) => input?.type === 'handler.attempted');
    this.#attempts = Map.groupBy(attempts, ({ input }) => (input as Of<'handler.attempted'>).request);
  }

  ask({ id }: { id: string }, listener: Listener): { cancel(): void } {
    this.#asked.set(id, listener);
    return { cancel: () => this.#cancel(id) };
  }

  forget(): void {}

  attempted(entry: JournalEntry, { request, attempt }: Of<'handler.attempted'>): boolean {
    const left = this.#attempts.get(request) ?? [];
    if (left[0] === entry) left.shift();
    this.#asked.get(request)?.attempted(attempt);
    return this.#asked.has(request);
  }

  answered({ request, answer }: Of<'handler.answered'>): boolean {
    this.#asked.get(request)?.answered(answer);
    return this.#asked.has(request);
  }

  /** What was under way is told at once, as it was. */
  #cancel(request: string): void {
    const entry = this.#attempts.get(request)?.shift();
    if (entry?.input?.type !== 'handler.attempted') return;
    this.told.add(entry);
    this.#asked.get(request)?.attempted(entry.input.attempt);
  }
}

/** Tills that say what they have said. */
export class RecordedTills implements Tills {
  readonly #open = new Map<string, (event: TillEvent) => void>();

  open({ call }: Payer, hear: (event: TillEvent) => void): Till {
    this.#open.set(call, hear);
    const nothing = () => {};
    return {
      collect: nothing,
      press: (digit) => digit,
      check: nothing,
      charge: nothing,
      close: () => this.#open.delete(call),
    };
  }

  tell(call: string, event: TillEvent): void {
    this.#open.get(call)?.(event);
  }
}

/** Whoever hears callbacks: answers what has been answered. */
export class RecordedReceivers implements Transport {
  readonly #sent = new Map<string, (exchange: HttpExchange) => void>();

  send({ headers }: Parameters<Transport['send']>[0], done: (exchange: HttpExchange) => void): { abort(): void } {
    const delivery = headers['x-callflow-delivery'] ?? '';
    this.#sent.set(delivery, done);
    return { abort: () => this.#sent.delete(delivery) };
  }

  attempted({ delivery, attempt }: Of<'callback.attempted'>): boolean {
    const done = this.#sent.get(delivery);
    this.#sent.delete(delivery);
    done?.(toExchange(attempt));
    return done !== undefined;
  }
}

function toExchange({ status, code, reason = '', bytes, ms, responseHeaders, responseBody }: Attempt): HttpExchange {
  if (status === undefined) return { ok: false, code: code ?? 'HANDLER_BROKEN', reason, bytes, ms };
  const body = Buffer.alloc(bytes);
  body.write(responseBody);
  return { ok: true, status, headers: responseHeaders, setCookies: [], body, ms };
}
