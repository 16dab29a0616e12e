import type { Clock } from '../clock.ts';
import { CallflowError } from '../errors.ts';
import type { HttpExchange, HttpRequest, Transport } from '../http/transport.ts';
import { type AnswerMap, type Answers, type ReadFile, type Reply, toReply } from './answers.ts';
import { arrivalOf } from './arrival.ts';
import { exchangeOf, type FlowExchange } from './exchange.ts';
import type { FlowHandler, FlowReply } from './flow.ts';

/** The application of a flow, one view for each who asks: what is not in its map is answered differently. */
export interface ScriptedApplication {
  forHandlers: Transport;
  forAudio: Transport;
  forCallbacks: Transport;
  /** To connectors for payments: nothing is kept of what goes there. */
  forPayments: Transport;
  close(): Promise<void>;
}

export interface Script {
  clock: Clock;
  answers: AnswerMap;
  /** Files that a function of the flow names in its answer. */
  read: ReadFile;
  /** Hears of every exchange when it begins; the status is filled in later. */
  onExchange(exchange: FlowExchange): void;
}

const empty = { headers: {}, setCookies: [], body: new Uint8Array(), afterMs: 0, dripMs: 0, cut: false, silent: false };
/** Who asks; what is said to a connector for payments is nobody's business. */
type Asker = FlowExchange['for'] | 'payment';

const otherwise: Readonly<Record<Asker, Reply>> = {
  handler: { ...empty, status: 404 },
  audio: { ...empty, status: 404 },
  payment: { ...empty, status: 404 },
  callback: { ...empty, status: 200 },
};

/** Answers requests from the map of a flow: no socket, no time but the clock's. */
export function scriptedApplication({ clock, answers, read, onExchange }: Script): ScriptedApplication {
  const begin = clock.now();
  const counts = new Map<Answers, number>();
  const next = (listed: Answers) => {
    const count = counts.get(listed) ?? 0;
    counts.set(listed, count + 1);
    return listed.replies[Math.min(count, listed.replies.length - 1)];
  };
  const view = (who: Asker): Transport => ({
    send(request, done) {
      const exchange = exchangeOf(who === 'payment' ? 'handler' : who, clock.now() - begin, request);
      if (who !== 'payment') onExchange(exchange);
      const listed = answers(request.method, request.url);
      const reply = (listed && next(listed)) ?? otherwise[who];
      const sending: Sending = { done, timer: undefined };
      const asked = { clock, request, exchange, sending };
      if (typeof reply === 'function') ask(reply, asked, read);
      else answer(reply, asked);
      return {
        abort: () => {
          sending.done = undefined;
          clock.clearTimeout(sending.timer);
        },
      };
    },
  });
  const close = async () => {};
  return {
    forHandlers: view('handler'),
    forAudio: view('audio'),
    forCallbacks: view('callback'),
    forPayments: view('payment'),
    close,
  };
}

interface Sending {
  /** Gone once nobody waits any more. */
  done: ((exchange: HttpExchange) => void) | undefined;
  timer: unknown;
}

interface Asked {
  clock: Clock;
  request: HttpRequest;
  exchange: FlowExchange;
  sending: Sending;
}

/** A function of the flow plays the application: it may take real time, but no virtual time. */
function ask(handler: FlowHandler, asked: Asked, read: ReadFile): void {
  const { clock, request, exchange, sending } = asked;
  const { method, url, headers, body, json } = exchange;
  const answered = Promise.resolve().then(() => handler({ method, url, headers, body, json }));
  const { promise: givenUp, resolve: giveUp } = Promise.withResolvers<FlowReply>();
  // One that never answers must not hold time still for ever.
  const patience = clock.setTimeout(() => giveUp({ silent: true }), request.timeoutMs);
  clock.outside<FlowReply | string>(Promise.race([answered, givenUp]), request.timeoutMs, (settled) => {
    clock.clearTimeout(patience);
    if (!sending.done) return;
    if ('value' in settled) return answer(toReply(settled.value, ['handler'], read), asked);
    const message = `the handler function threw on ${method} ${url}: ${String(settled.error)}`;
    throw new CallflowError('FLOW_NOT_VALID', message, { cause: settled.error });
  });
}

function answer(reply: Reply, { clock, request, exchange, sending }: Asked): void {
  const arrival = arrivalOf(reply, request);
  const { status } = arrival.exchange;
  if (status !== undefined) exchange.status = status;
  sending.timer = clock.setTimeout(() => sending.done?.(arrival.exchange), arrival.ms);
}
