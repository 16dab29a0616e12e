import {
  audioOverHttp,
  realClock as clock,
  createEngine,
  createGuard,
  createHandler,
  createIds,
  createSimulatedNetwork,
  dialects,
  recordingsIn,
  secureRandom,
  sqliteStore,
  transcriptOf,
  undiciTransport,
} from '../../src/index.ts';

const signingKey = Buffer.from(process.env.SIGNING_KEY ?? '', 'base64');
const transport = undiciTransport({ clock, guard: createGuard({ allow: ['loopback'] }) });
const store = sqliteStore({ file: 'data/callflow.sqlite', clock, onFailure: (error) => console.error(error.message) });

const engine = createEngine({
  clock,
  ids: createIds(clock.now, secureRandom),
  network: createSimulatedNetwork({
    clock,
    audio: audioOverHttp({ transport, clock }),
    recordings: recordingsIn('data/recordings'),
  }),
  handler: createHandler({ transport, clock, dialects, signingKey: () => signingKey }),
  store,
  callbacks: transport,
  signingKey: () => signingKey,
  route: () => undefined, // nobody can call in
});
// What was going on when the last process ended is ended, what waited to be placed is placed.
const { queued, ended } = engine.recover();
console.log(`recovered: ${queued} to place, ${ended} ended`);

const id = engine.create({
  project: 'mine',
  dialect: 'voiceml',
  to: '+15555550100',
  from: '+61255501234',
  options: {
    handlerUrls: [{ url: process.env.HANDLER_URL ?? 'http://127.0.0.1:3000/', method: 'POST' }],
    ringMs: 30_000,
  },
});
await engine.committed();

await new Promise<void>((over) => {
  const stop = engine.onEntry(({ subject, output }) => {
    if (subject !== id || output?.type !== 'call.changed' || output.record.endTime === undefined) return;
    stop();
    over();
  });
});
console.log(transcriptOf([...store.journal(id)]));
console.log(store.call(id)?.state);

await engine.close();
await transport.close();
store.close();
