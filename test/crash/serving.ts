/**
 * A process that serves some 200 calls at once until it is killed, or that ends what others before it have left. It
 * says on its standard output, line by line, what can no longer be lost.
 */
import { rmSync } from 'node:fs';
import { argv, stdout } from 'node:process';
import type { NewCall } from '../../src/call/route.ts';
import { realClock as clock } from '../../src/clock.ts';
import { dialects } from '../../src/dialects/index.ts';
import { createEngine } from '../../src/engine/create-engine.ts';
import { createHandler } from '../../src/handler/client.ts';
import { createGuard } from '../../src/http/guard.ts';
import { undiciTransport } from '../../src/http/undici.ts';
import { createIds } from '../../src/ids.ts';
import { housekeeping } from '../../src/operations/housekeeping.ts';
import { sqliteStore } from '../../src/store/sqlite/sqlite-store.ts';
import { everyAudioLasts } from '../../src/telephony/simulated/audio-lengths.ts';
import { createSimulatedNetwork } from '../../src/telephony/simulated/network.ts';
import { type RecordingStore, recordingsIn } from '../../src/telephony/simulated/recording-store.ts';
import { caller, type Errand, errands, ours, phones } from './telephones.ts';

export interface Orders {
  file: string;
  /** The folder of recorded audio. */
  recordings: string;
  /** Where the application is. */
  origin: string;
  /** The number of the first call to make; none are made without. */
  first?: number;
  /** The process kills itself when so many recordings are kept, before the last of them is committed. */
  dieKeeping?: number;
  /** Numbers of calls that have been made and are asked for again. */
  again: readonly number[];
}

export type Said =
  | { type: 'recovered'; queued: number; ended: number; recordings: number }
  /** The call of this number is there; `again`: it was asked for again. */
  | { type: 'made'; number: number; call: string; again: boolean }
  /** Another call under the key of this number: refused as this. */
  | { type: 'refused'; number: number; code: unknown }
  | { type: 'ended'; left: object; owed: number };

const orders: Orders = JSON.parse(argv[2]!);
const say = (said: Said) => stdout.write(`${JSON.stringify(said)}\n`);
const fail = (error: unknown) => {
  throw error;
};

const atOnce = 200;
const glanceMs = 10;
const key = new Uint8Array(64);
const guard = createGuard({ allow: ['loopback'] });
const transport = undiciTransport({ clock, guard });
const callbacks = undiciTransport({ clock, guard });
const store = sqliteStore({ file: orders.file, clock, onFailure: fail });
const url = (path: string) => ({ url: `${orders.origin}${path}`, method: 'POST' }) as const;
const files = recordingsIn(orders.recordings);
let kept = 0;
const recordings: RecordingStore = {
  ...files,
  keep: (...one) => {
    const file = files.keep(...one);
    if (++kept === orders.dieKeeping) process.kill(process.pid, 'SIGKILL');
    return file;
  },
};
const network = createSimulatedNetwork({
  clock,
  phones,
  audio: everyAudioLasts(500),
  recordings,
});
const engine = createEngine({
  clock,
  ids: createIds(clock.now, Math.random),
  network,
  handler: createHandler({ transport, clock, dialects, signingKey: () => key }),
  store,
  callbacks,
  signingKey: () => key,
  route: () => ({ project: 'front', dialect: 'voiceml', options: { handlerUrls: [url('/menu')], ringMs: 1_000 } }),
  // Some calls wait for their turn whenever the process ends.
  limitsOf: (project) => (project === 'back' ? { concurrent: 120 } : {}),
});
const keeping = housekeeping({
  clock,
  store,
  retentionDays: () => undefined,
  removeFile: async (file) => rmSync(file, { force: true }),
  forgot: () => {},
  failed: fail,
});

const callFor = (number: number, { to, path, recorded }: Errand): NewCall => ({
  project: 'back',
  dialect: 'voiceml',
  to,
  from: ours,
  labels: { number: String(number) },
  options: {
    handlerUrls: [url(path)],
    stateCallback: url('/state'),
    ringMs: 1_000,
    ...(recorded && {
      recording: {
        trigger: 'answer',
        channels: 2,
        trim: false,
        transcribe: true,
        recordingReady: url('/recording'),
        transcriptionReady: url('/transcription'),
      },
    }),
  },
});

async function make(number: number, again: boolean): Promise<void> {
  const errand = errands[number % errands.length]!;
  const call = engine.create(callFor(number, errand), { key: `key ${number}`, hash: errand.to });
  await engine.committed();
  say({ type: 'made', number, call, again });
}

function askForAnother(number: number): void {
  try {
    engine.create(callFor(number, errands[0]!), { key: `key ${number}`, hash: 'another' });
  } catch (error) {
    say({ type: 'refused', number, code: (error as { code?: unknown }).code });
  }
}

/** Three are made for each that comes in, so that there are always as many. */
function serve(next: number): void {
  let number = next;
  for (let live = engine.live().length; live < atOnce; live++) {
    if (live % 4 === 0) network.callIn({ to: ours, from: '+61491570006', transport: 'PSTN' }, { script: caller });
    else void make(number++, false);
  }
  clock.setTimeout(() => serve(number), glanceMs);
}

async function end(): Promise<void> {
  while (engine.live().length + engine.left().recordings > 0 || !engine.deliveries.settled())
    await new Promise<void>((done) => clock.setTimeout(done, glanceMs));
  await engine.close();
  await engine.committed();
  keeping.end();
  await Promise.all([transport.close(), callbacks.close()]);
  say({ type: 'ended', left: engine.left(), owed: [...store.deliveries('owed')].length });
  store.close();
}

say({ type: 'recovered', ...engine.recover() });
for (const number of orders.again) void make(number, true);
for (const number of orders.again.slice(0, 3)) askForAnother(number);
if (orders.first === undefined) await end();
else serve(orders.first);
