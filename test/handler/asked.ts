import type { LookupFunction } from 'node:net';
import { VirtualClock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createHandler, type HandlerOptions } from '../../src/handler/client.ts';
import type { Handler, HandlerRequest } from '../../src/handler/handler.ts';
import { createGuard } from '../../src/http/guard.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import type { Answer, Attempt } from '../../src/journal/journal.ts';
import type { CallRecord } from '../../src/records/call.ts';
import type { HandlerUrl } from '../../src/verbs/verb.ts';

export const call: CallRecord = {
  id: '0197f0000000000100000000beef',
  project: 'demo',
  dialect: 'voiceml',
  to: '+61255501234',
  from: '+61491570006',
  transport: 'PSTN',
  direction: 'incoming',
  createMethod: 'incomingCall',
  family: '0197f0000000000100000000beef',
  state: 'starting',
  createTime: Date.UTC(2026, 0, 1),
  startTime: Date.UTC(2026, 0, 1),
  updateTime: Date.UTC(2026, 0, 1),
  labels: {},
  bridged: false,
  mode: 'document',
};

export const signingKey = Uint8Array.from({ length: 64 }, (_, index) => index);

export const post = (url: string): HandlerUrl => ({ url, method: 'POST' });

/** What came of one asking. */
export interface Asked {
  attempts: Attempt[];
  answers: Answer[];
  cancel(): void;
}

export interface Asker {
  clock: VirtualClock;
  handler: Handler;
  /** Begins to ask; time has to be run. */
  begin(urls: readonly string[], request?: Partial<HandlerRequest>): Asked;
  /** Asks and runs until nothing is left to do. */
  ask(urls: readonly string[], request?: Partial<HandlerRequest>): Promise<Asked>;
  close(): Promise<void>;
}

/** Every name leads to this machine. */
const lookup: LookupFunction = (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]);

/** A handler client over real sockets (or another transport) in virtual time. */
export function asker(more: Partial<HandlerOptions> & { patienceMs?: number } = {}): Asker {
  const clock = new VirtualClock(more.patienceMs === undefined ? {} : { patienceMs: more.patienceMs });
  const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }), lookup });
  const handler = createHandler({ transport, clock, dialects, signingKey: () => signingKey, ...more });
  const begin: Asker['begin'] = (urls, request = {}) => {
    const attempts: Attempt[] = [];
    const answers: Answer[] = [];
    const { cancel } = bound(
      handler.ask(
        { id: 'request', call, urls: urls.map(post), result: { type: 'nothing' }, ...request },
        { attempted: (attempt) => attempts.push(attempt), answered: (answer) => answers.push(answer) },
      ),
    );
    return { attempts, answers, cancel };
  };
  return {
    clock,
    handler,
    begin,
    ask: async (urls, request) => {
      const asked = begin(urls, request);
      await clock.run();
      return asked;
    },
    close: () => transport.close(),
  };
}

const bound = (asking: { cancel(): void }) => ({ cancel: () => asking.cancel() });
