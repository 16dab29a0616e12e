import { VirtualClock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { createHandler } from '../../src/handler/client.ts';
import { createTills } from '../../src/handler/till.ts';
import type { HttpRequest, Transport } from '../../src/http/transport.ts';
import { createIds, seededRandom } from '../../src/ids.ts';
import type { JournalEntry } from '../../src/journal/journal.ts';
import { memoryStore } from '../../src/store/memory/memory-store.ts';
import type { Store } from '../../src/store/store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import type { OnRing } from '../../src/telephony/simulated/party.ts';
import type { Script } from '../../src/telephony/simulated/script.ts';
import type { StreamServers } from '../../src/telephony/streams.ts';
import { connectorsOf } from '../../src/vendors/index.ts';

/** An engine in virtual time whose application answers at once, or after so many milliseconds. */
export function engineWith(
  answers: (request: HttpRequest) => string,
  options: {
    servers?: StreamServers;
    store?: Store;
    clock?: VirtualClock;
    onRing?: OnRing;
    answersAfterMs?: number;
    nobodyPays?: true;
  } = {},
) {
  const { clock = new VirtualClock(), servers, store = memoryStore(), onRing, answersAfterMs = 0 } = options;
  const asked: HttpRequest[] = [];
  const transport: Transport = {
    send: (request, done) => {
      asked.push(request);
      const body = Buffer.from(answers(request));
      const timer = clock.setTimeout(
        () =>
          done({
            ok: true,
            status: 200,
            headers: { 'content-type': 'text/xml' },
            setCookies: [],
            body,
            ms: answersAfterMs,
          }),
        answersAfterMs,
      );
      return { abort: () => clock.clearTimeout(timer) };
    },
  };
  const key = new Uint8Array(64);
  const network = createSimulatedNetwork({
    clock,
    audio: everyAudioLasts(1_000),
    ...(servers && { servers }),
    ...(onRing && { onRing }),
  });
  const engine = createEngine({
    clock,
    ids: createIds(clock.now, seededRandom(1)),
    network,
    handler: createHandler({ transport, clock, dialects, signingKey: () => key }),
    store,
    ...(!options.nobodyPays && { tills: createTills({ clock, transport, connectorsOf }) }),
    callbacks: transport,
    signingKey: () => key,
    route: () => ({
      project: 'demo',
      dialect: 'laml',
      options: { handlerUrls: [{ url: 'https://app.example/voice', method: 'POST' }], ringMs: 60_000 },
    }),
  });
  const journal: JournalEntry[] = [];
  engine.onEntry((entry) => journal.push(entry));
  const callIn = (script: Script) =>
    network.callIn({ to: '+15555550200', from: '+15555550300', transport: 'PSTN' }, { script });
  return { clock, engine, journal, asked, callIn };
}
