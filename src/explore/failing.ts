import type { VirtualClock } from '../clock.ts';
import type { Transport } from '../http/transport.ts';
import { toReply } from '../replay/answers.ts';
import { arrivalOf } from '../replay/arrival.ts';
import type { FlowReply } from '../replay/flow.ts';
import type { ExploreScript, Failing } from './acts.ts';

/** One request for a document, as it was counted. */
export interface Counted {
  method: string;
  url: string;
}

const replies: Readonly<Record<Failing, FlowReply>> = {
  timeout: { silent: true },
  'status 500': { status: 500 },
  refused: { refused: true },
};

const readsNothing = () => new Uint8Array();

/** Stands before an application: counts the requests for documents, and has those fail that a script says. */
export class Unreliable {
  readonly requests: Counted[] = [];
  readonly #failing: ReadonlyMap<number, Failing>;

  constructor(script: ExploreScript) {
    this.#failing = new Map(script.flatMap((act) => (act.does === 'fail' ? [[act.request, act.how]] : [])));
  }

  before = (own: Transport, clock: VirtualClock): Transport => ({
    send: (request, done) => {
      this.requests.push({ method: request.method, url: request.url });
      const how = this.#failing.get(this.requests.length);
      if (how === undefined) return own.send(request, done);
      const { ms, exchange } = arrivalOf(toReply(replies[how], [], readsNothing), request);
      const timer = clock.setTimeout(() => done(exchange), ms);
      return { abort: () => clock.clearTimeout(timer) };
    },
  });
}
